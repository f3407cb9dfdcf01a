import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject, JsonValue } from '../../core/json/json.ts';
import { verifyCredential } from '../../core/verify/verify-credential.ts';
import { nodeCryptography } from '../../node/cryptography.ts';
import { startDatabases, type TestDatabase } from '../test-databases.ts';
import { accept, approvedAchievement, learner, type Service, startService } from '../test-issuing.ts';
import { RevocationListPublisher } from './revocation-list.ts';

let databases: TestDatabase[];
beforeAll(async () => {
  databases = await startDatabases();
});
afterAll(async () => {
  for (const database of databases) await database.stop();
});

const issuer = '/api/issuers/northfield';

describe.each(['embedded', 'PostgreSQL'])('what is published of a status on %s', (name) => {
  let service: Service;
  let achievement: string;
  beforeAll(async () => {
    service = await startService(databases.find((database) => database.name === name) as TestDatabase);
    achievement = await approvedAchievement(service);
  });
  afterAll(() => service.close());

  const call = async (path: string, body?: unknown, method: 'POST' | 'PUT' = 'POST') =>
    (await service.call(body === undefined ? 'GET' : method, path, { key: service.key, body })).body;
  const issue = async () =>
    (await call(`${issuer}/credentials`, { achievement, learner, duplicates: 'allow' })) as JsonObject & {
      credential: JsonObject;
    };
  const assess = async (document: JsonValue) => {
    const answer = await service.app.inject({
      method: 'POST',
      url: '/api/verify',
      headers: { 'content-type': 'application/json' },
      payload: typeof document === 'string' ? document : JSON.stringify(document),
    });
    return answer.json() as { hallmark: { stamps: { current: { reason: string }; authentic: { outcome: string } } } };
  };

  it('tells how long a list may be kept', async () => {
    const { credential } = await issue();
    const [entry] = credential.credentialStatus as JsonObject[];
    const { pathname } = new URL(entry?.statusListCredential as string);
    const list = await service.call('GET', pathname);
    expect(list.body.credentialSubject).toMatchObject({ ttl: 5000 });
    expect(list.headers['cache-control']).toBe('public, max-age=5');
    const etag = list.headers.etag as string;
    const same = await service.call('GET', pathname, { headers: { 'if-none-match': etag } });
    expect(same.status).toBe(304);
    // Nothing that whoever keeps the list has already.
    expect(same.headers).toMatchObject({
      etag,
      'cache-control': 'public, max-age=5',
      'x-request-id': expect.anything(),
    });
    expect(same.headers).not.toHaveProperty('content-security-policy');
  });

  it('lists revoked credentials with the reason where the issuer wants it, and no others', async () => {
    const at = '/issuers/northfield/revocations';
    const revoke = (id: unknown, reason: string) => call(`${issuer}/credentials/${id}/revoke`, { reason });
    const private1 = await issue();
    await revoke(private1.id, 'kept to ourselves');
    expect((await call(at)).revokedCredential).toEqual([]);
    await call(`${issuer}/policy`, { change: { revocationList: true }, reason: 'x' }, 'PUT');
    const [one, other] = [await issue(), await issue()];
    expect(one.credential.credentialStatus).toContainEqual({
      id: 'https://assay.example/issuers/northfield/revocations',
      type: '1EdTechRevocationList',
    });
    expect((await assess(one.credential)).hallmark.stamps.current.reason).toBe('current-no-end');
    const before = await service.call('GET', at);
    await revoke(one.id, 'issued by mistake');
    const after = await service.call('GET', at, { headers: { 'if-none-match': before.headers.etag as string } });
    expect(after.status).toBe(200);
    expect(after.headers['cache-control']).toBe('public, max-age=5');
    expect(after.body).toEqual({
      id: 'https://assay.example/issuers/northfield/revocations',
      issuer: 'did:web:assay.example:issuers:northfield',
      revokedCredential: [{ id: one.url, revoked: true, revocationReason: 'issued by mistake' }],
    });
    const same = await service.call('GET', at, { headers: { 'if-none-match': after.headers.etag as string } });
    expect(same.status).toBe(304);
    expect((await assess(one.credential)).hallmark.stamps.current.reason).toBe('current-revoked');
    // Another process, which heard of nothing, shows it too.
    const elsewhere = new RevocationListPublisher({ db: service.db, publicUrl: 'https://assay.example' });
    const seen = async () =>
      JSON.parse((await elsewhere.find('northfield'))?.document ?? '{}').revokedCredential.length;
    expect(await seen()).toBe(1);
    await revoke(other.id, 'this too');
    expect(await seen()).toBe(2);
    await call(`${issuer}/policy`, { change: { revocationList: null }, reason: 'x' }, 'PUT');
    expect((await service.call('GET', '/issuers/nobody/revocations')).status).toBe(404);
  });

  it('still verifies here what a compromised key signed before, and nothing that only looks like it', async () => {
    const issued = await issue();
    const jwt = (await call(`${issuer}/credentials`, { achievement, learner, duplicates: 'allow', proof: 'vc-jwt' }))
      .jwt as string;
    await new Promise((resolve) => setTimeout(resolve, 1100));
    const from = new Date().toISOString();
    const keys = (await call(`${issuer}/keys`)).items as JsonObject[];
    const late = await issue();
    for (const { id } of keys.filter(({ state }) => state === 'active'))
      await call(`${issuer}/keys/${id}/compromise`, { reason: 'stolen', from });
    const authentic = async (document: JsonValue) => (await assess(document)).hallmark.stamps.authentic.outcome;
    expect(await authentic(issued.credential)).toBe('passed');
    expect(await authentic(jwt)).toBe('passed');
    expect(await authentic(late.credential)).toBe('cannot-tell');
    for (const [of, says] of [
      [issued, 'Verified: genuine'],
      [late, 'Cannot tell'],
    ] as const) {
      await accept(service, of.claimUrl as string);
      const page = await service.call('GET', new URL(of.url as string).pathname, { headers: { accept: 'text/html' } });
      expect(page.text).toContain(says);
    }
    expect(
      await authentic({
        ...issued.credential,
        proof: [{ ...(issued.credential.proof as JsonObject[])[0], nonce: '' }],
      }),
    ).not.toBe('passed');
    // The page and the printed sheet say the same.
    for (const [made, says] of [
      [issued, 'authentic passed,'],
      [late, 'authentic cannot tell,'],
    ] as const) {
      const { pathname, search } = new URL(made.claimUrl as string);
      const opened = await service.app.inject({ url: pathname + search, headers: { accept: 'text/html' } });
      const [cookie = ''] = String(opened.headers['set-cookie']).split(';');
      const page = await service.app.inject({ url: pathname, headers: { accept: 'text/html', cookie } });
      expect(page.body).toContain(says);
    }
    const elsewhere = { cryptography: nodeCryptography, network: service.network, now: new Date() };
    expect((await verifyCredential(issued.credential, elsewhere)).verdict).toBe('cannot-tell');
  });
});
