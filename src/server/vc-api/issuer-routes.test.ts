import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../core/json/json.ts';
import { startDatabases, type TestDatabase } from '../test-databases.ts';
import { achievement, approvedAchievement, publicUrl, type Service, startService } from '../test-issuing.ts';

let databases: TestDatabase[];
beforeAll(async () => {
  databases = await startDatabases();
});
afterAll(async () => {
  for (const database of databases) await database.stop();
});

const did = 'did:web:assay.example:issuers:northfield';
const learnerDid = 'did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK';

describe.each(['embedded', 'PostgreSQL'])('the VC-API of an issuer on %s', (name) => {
  let service: Service;
  let id: string;
  beforeAll(async () => {
    service = await startService(databases.find((database) => database.name === name) as TestDatabase);
    id = await approvedAchievement(service);
  });
  afterAll(() => service.close());

  const ask = (path: string, body: unknown) =>
    service.call('POST', `/api/issuers/northfield/vc-api/${path}`, { key: service.key, body });
  const credentialFor = (subject: JsonObject = {}): JsonObject => ({
    '@context': ['https://www.w3.org/ns/credentials/v2', 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json'],
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    issuer: did,
    credentialSubject: {
      id: learnerDid,
      type: ['AchievementSubject'],
      achievement: { id: `${publicUrl}/achievements/${id}`, name: achievement.name as string },
      ...subject,
    },
  });

  it('issues by the way of everything that is issued, verifies, and revokes', async () => {
    const issued = await ask('credentials/issue', { credential: credentialFor(), options: {} });
    expect(issued.status, issued.text).toBe(201);
    const verifiableCredential = issued.body.verifiableCredential as JsonObject;
    expect(verifiableCredential).toMatchObject({ issuer: { id: did }, credentialSubject: { id: learnerDid } });
    expect(verifiableCredential.credentialStatus).toHaveLength(2);
    const kept = await service.db.selectFrom('credential').select(['document', 'achievement_version']).execute();
    expect(kept.map(({ document }) => JSON.parse(document ?? ''))).toEqual([verifiableCredential]);
    const entries = await service.db.selectFrom('audit_entry').select('action').execute();
    expect(entries.filter(({ action }) => action === 'credential.issue')).toHaveLength(1);

    const verify = () => ask('credentials/verify', { verifiableCredential });
    expect((await verify()).body).toEqual({ verified: true, problemDetails: [] });
    const altered = { ...verifiableCredential, name: 'Another' };
    const refused = await ask('credentials/verify', { verifiableCredential: altered });
    expect([refused.status, refused.body.verified]).toEqual([200, false]);
    expect(refused.body.problemDetails).not.toEqual([]);

    const change = (statusPurpose: string, status: boolean, credentialId = verifiableCredential.id) =>
      ask('credentials/status', { credentialId, credentialStatus: { statusPurpose }, status });
    expect((await change('suspension', true)).body.state).toBe('suspended');
    expect((await verify()).body.verified).toBe(false);
    expect((await change('suspension', false)).body.state).toBe('active');
    expect((await change('revocation', true)).body.state).toBe('revoked');
    expect((await verify()).body.verified).toBe(false);
    expect((await change('revocation', false)).status).toBe(409);
    expect((await change('revocation', true, `${publicUrl}/credentials/${'A'.repeat(22)}`)).status).toBe(404);
    expect((await change('revocation', true, 'https://elsewhere.example/credentials/1')).status).toBe(404);
  });

  it('issues once under one Idempotency-Key, for who asked and nobody else, in every form', async () => {
    const { call, key } = service;
    const at = '/api/issuers/northfield';
    const headers = { 'idempotency-key': 'once' };
    const body = { credential: credentialFor({ id: 'did:example:once' }) };
    const issue = (by: string, sent = body) =>
      call('POST', `${at}/vc-api/credentials/issue`, { key: by, body: sent, headers });
    const [first, again] = [await issue(key), await issue(key)];
    expect([first.status, again.status, again.text]).toEqual([201, 201, first.text]);
    expect((await issue(key, { credential: credentialFor({ id: 'did:example:other' }) })).status).toBe(409);
    const made = await call('POST', `${at}/api-keys`, { key, body: { name: 'other', scopes: ['issue'] } });
    expect((await issue(made.body.apiKey as string)).status).toBe(409);

    await call('PUT', `${at}/policy`, { key, body: { change: { proof: 'vc-jwt' }, reason: 'a test' } });
    const jwt = await ask('credentials/issue', { credential: credentialFor({ id: 'did:example:jwt' }) });
    expect(jwt.body.verifiableCredential).toMatchObject({ type: 'EnvelopedVerifiableCredential' });
    const { verifiableCredential } = jwt.body;
    expect((await ask('credentials/verify', { verifiableCredential })).body.verified).toBe(true);
    const status = { credentialStatus: { statusPurpose: 'revocation' }, status: true };
    await ask('credentials/status', { credentialId: jwt.body.credentialId, ...status });
    expect((await ask('credentials/verify', { verifiableCredential })).body.verified).toBe(false);
    await call('PUT', `${at}/policy`, { key, body: { change: { proof: null }, reason: 'a test' } });
  });

  it('asks the ledger where a key is in other hands', async () => {
    const { call, key } = service;
    const at = '/api/issuers/northfield';
    const issued = await ask('credentials/issue', { credential: credentialFor({ id: 'did:example:before' }) });
    const verifiableCredential = issued.body.verifiableCredential as JsonObject;
    const keys = (await call('GET', `${at}/keys`, { key })).body.items as JsonObject[];
    await new Promise((resolve) => setTimeout(resolve, 1100));
    const from = new Date().toISOString();
    const late = await ask('credentials/issue', { credential: credentialFor({ id: 'did:example:late' }) });
    for (const one of keys)
      await call('POST', `${at}/keys/${one.id}/compromise`, { key, body: { reason: 'stolen', from } });
    expect((await ask('credentials/verify', { verifiableCredential })).body).toEqual({
      verified: true,
      problemDetails: [],
    });
    const other = await ask('credentials/verify', { verifiableCredential: late.body.verifiableCredential });
    expect(other.body.verified).toBe(false);
  });

  it('refuses what the issuer does not control, with a pointer', async () => {
    const count = async () => (await service.db.selectFrom('credential').select('id').execute()).length;
    const before = await count();
    const credential = credentialFor({ id: `${learnerDid}x` });
    const subject = credential.credentialSubject as JsonObject;
    const cases: [string, unknown, string][] = [
      ['another issuer', { ...credential, issuer: 'did:web:elsewhere.example' }, '/issuer'],
      ['an id of its own', { ...credential, id: 'urn:uuid:1' }, '/id'],
      ['a status of its own', { ...credential, credentialStatus: {} }, '/credentialStatus'],
      ['a proof', { ...credential, proof: {} }, '/proof'],
      ['another type', { ...credential, type: ['VerifiableCredential', 'EndorsementCredential'] }, '/type'],
      [
        'another achievement under its id',
        credentialFor({ achievement: { id: `${publicUrl}/achievements/${id}`, name: 'Other' } }),
        '/credentialSubject/achievement/name',
      ],
      ['a hash of a name', credentialFor({ identifier: { hashed: true, identityHash: 'x' } }), '/identityHash'],
      [
        'an unknown member of the subject',
        { ...credential, credentialSubject: { ...subject, x: 1 } },
        '/credentialSubject/x',
      ],
      ['no achievement', { ...credential, credentialSubject: { id: learnerDid } }, '/credentialSubject/achievement/id'],
    ];
    for (const [what, sent, pointer] of cases) {
      const refused = await ask('credentials/issue', { credential: sent });
      expect(refused.status, `${what}: ${refused.text}`).toBe(422);
      expect(
        (refused.body.problemDetails as JsonObject[]).map((detail) => detail.pointer),
        what,
      ).toContain(pointer);
    }
    const unknown = credentialFor({ achievement: `${publicUrl}/achievements/00000000-0000-4000-8000-000000000000` });
    expect((await ask('credentials/issue', { credential: unknown })).status).toBe(404);
    expect((await ask('credentials/issue', { credential, options: { credentialId: 'urn:x:1' } })).status).toBe(422);
    expect(await count()).toBe(before);
  });

  it('reads bodies strictly, and answers presentations', async () => {
    const twice = await service.app.inject({
      method: 'POST',
      url: '/api/issuers/northfield/vc-api/credentials/verify',
      headers: { authorization: `Bearer ${service.key}`, 'content-type': 'application/json' },
      payload: '{"verifiableCredential": {"name": "a", "name": "b"}}',
    });
    expect(twice.statusCode).toBe(400);
    const answer = await ask('presentations/verify', {
      verifiablePresentation: {
        '@context': ['https://www.w3.org/ns/credentials/v2'],
        type: ['VerifiablePresentation'],
      },
      options: { challenge: '1', domain: 'verifier.example' },
    });
    expect([answer.status, answer.body.verified]).toEqual([200, false]);
  });
});
