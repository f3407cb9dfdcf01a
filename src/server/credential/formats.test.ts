import { decodeJwt, decodeProtectedHeader, importJWK, jwtVerify } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject, JsonValue } from '../../core/json/json.ts';
import { verifyCredential } from '../../core/verify/verify-credential.ts';
import { nodeCryptography } from '../../node/cryptography.ts';
import { sha256Hex } from '../digest.ts';
import { startDatabases, type TestDatabase } from '../test-databases.ts';
import { approvedAchievement, learner, type Service, startService } from '../test-issuing.ts';
import { findJwt } from './store.ts';

let databases: TestDatabase[];
beforeAll(async () => {
  databases = await startDatabases();
});
afterAll(async () => {
  for (const database of databases) await database.stop();
});

const issuer = '/api/issuers/northfield';
const identifiers = (credential: JsonObject) =>
  (credential.credentialSubject as { identifier: JsonObject[] }).identifier.map(
    ({ identityType, hashed }) => `${identityType} ${hashed}`,
  );

describe.each(['embedded', 'PostgreSQL'])('forms of a credential on %s', (name) => {
  let service: Service;
  let achievement: string;
  beforeAll(async () => {
    service = await startService(databases.find((database) => database.name === name) as TestDatabase);
    achievement = await approvedAchievement(service);
  });
  afterAll(() => service.close());

  const issue = async (more: JsonObject = {}) => {
    const body = { achievement, learner, duplicates: 'allow', ...more };
    const answer = await service.call('POST', `${issuer}/credentials`, { key: service.key, body });
    expect(answer.status, answer.text).toBe(201);
    return answer.body as JsonObject & { id: string; credential: JsonObject };
  };
  const decide = async (change: JsonObject) => {
    const body = { change, reason: 'a test' };
    const answer = await service.call('PUT', `${issuer}/policy`, { key: service.key, body });
    expect(answer.status, answer.text).toBe(200);
  };
  const verify = (document: JsonValue) =>
    verifyCredential(document, { cryptography: nodeCryptography, network: service.network, now: new Date() });
  const publicKey = async (kid: string) => {
    const document = (await service.call('GET', '/issuers/northfield/did.json')).body;
    const methods = document.verificationMethod as JsonObject[];
    expect(document.assertionMethod).toContain(kid);
    return await importJWK(methods.find(({ id }) => id === kid)?.publicKeyJwk as JsonObject, 'ES256');
  };

  it('is a JWT alone, by a key of its own that verifiers of JWTs take', async () => {
    const issued = await issue({ proof: 'vc-jwt' });
    const jwt = issued.jwt as string;
    expect(issued.credential.proof).toBeUndefined();
    const header = decodeProtectedHeader(jwt);
    expect(header).toEqual({ alg: 'ES256', typ: 'JWT', kid: expect.stringMatching(/^did:web:.*#zDn/) });
    const { payload } = await jwtVerify(jwt, await publicKey(header.kid as string));
    expect(payload).toMatchObject({
      iss: 'did:web:assay.example:issuers:northfield',
      jti: issued.url,
      sub: expect.stringMatching(/^urn:uuid:/),
    });
    const report = await verify(jwt);
    expect(report.verdict, JSON.stringify(report.steps)).toBe('verified');
    // It is what is kept, and what is delivered.
    const served = await service.call('GET', `${issuer}/credentials/${issued.id}/document`, { key: service.key });
    expect([served.text, served.headers['content-type']]).toEqual([jwt, 'application/vc+jwt']);
    expect(await findJwt(service.db, issued.id)).toEqual({ jwt, digest: sha256Hex(jwt) });
    expect((await verify(issued.credential)).verdict).toBe('not-verified');
  });

  it('is both: an embedded proof, and the JWT around it', async () => {
    await decide({ proof: 'both' });
    const issued = await issue();
    const jwt = issued.jwt as string;
    const { iss, jti, nbf, sub, exp, ...inside } = decodeJwt(jwt) as JsonObject;
    expect(inside).toEqual(issued.credential);
    for (const form of [issued.credential, jwt]) {
      const report = await verify(form);
      expect(report.verdict, JSON.stringify(report.steps)).toBe('verified');
    }
    expect((await verify(jwt)).securedBy).toEqual(['jwt', 'data-integrity']);
    expect(
      (await service.call('GET', `${issuer}/credentials/${issued.id}/document`, { key: service.key })).body,
    ).toEqual(issued.credential);
    await decide({ proof: null });
    expect((await issue()).jwt).toBeUndefined();
  });

  it('makes the key for JWTs once, and a new one when asked', async () => {
    await Promise.all([1, 2, 3].map(() => issue({ proof: 'vc-jwt' })));
    const keys = async () =>
      (await service.call('GET', `${issuer}/keys`, { key: service.key })).body.items as JsonObject[];
    const uses = (list: JsonObject[]) => list.map(({ use, state }) => `${use} ${state}`).sort();
    expect(uses(await keys())).toEqual(['jwt active', 'proof active']);
    const before = (await issue({ proof: 'vc-jwt' })).jwt as string;
    const body = { use: 'jwt', reason: 'once a year' };
    expect((await service.call('POST', `${issuer}/keys`, { key: service.key, body })).status).toBe(201);
    expect(uses(await keys())).toEqual(['jwt active', 'jwt published', 'proof active']);
    const after = (await issue({ proof: 'vc-jwt' })).jwt as string;
    expect(decodeProtectedHeader(after).kid).not.toBe(decodeProtectedHeader(before).kid);
    for (const jwt of [before, after]) expect((await verify(jwt)).verdict).toBe('verified');
    const wrong = { ...body, type: 'Ed25519' };
    expect((await service.call('POST', `${issuer}/keys`, { key: service.key, body: wrong })).status).toBe(400);
  });

  it('keeps a name to itself unless the issuer decides otherwise', async () => {
    const names = async (more: JsonObject = {}) =>
      identifiers((await issue({ learner: { ...learner, ...more } })).credential)[0];
    expect(await names({ nameConsent: true })).toBe('name true');
    await decide({ learnerName: 'with-consent' });
    expect(await names()).toBe('name true');
    expect(await names({ nameConsent: true })).toBe('name false');
    await decide({ learnerName: 'clear' });
    expect(await names()).toBe('name false');
    expect(await names({ nameConsent: false })).toBe('name true');
    await decide({ learnerName: null });
  });

  it('reads dates without a zone in the issuer’s', async () => {
    await decide({ timeZone: 'Europe/Madrid' });
    const { credential } = await issue({
      validUntil: '2031-05-18',
      learner: { ...learner, awardedDate: '2026-02-01T09:00', activityEndDate: '2026-01-15' },
    });
    expect([credential.validUntil, credential.awardedDate]).toEqual([
      '2031-05-18T00:00:00+02:00',
      '2026-02-01T09:00:00+01:00',
    ]);
    const wrong = { achievement, learner, validUntil: '18/05/2031' };
    const refused = await service.call('POST', `${issuer}/credentials`, { key: service.key, body: wrong });
    expect(refused.body, refused.text).toMatchObject({ code: 'malformed-request' });

    const csv = { 'content-type': 'text/csv' };
    const send = (body: string, query: string) =>
      service.call('POST', `${issuer}/rosters?achievement=${achievement}${query}`, {
        key: service.key,
        body,
        headers: csv,
      });
    const roster = (
      await send(
        'email,name consent,awarded date\na@x.edu,yes,2026-03-29T02:30\nb@x.edu,maybe,2026-02-31\nc@x.edu,,',
        '&validUntil=2031-12-01&proof=both',
      )
    ).body;
    expect(roster).toMatchObject({
      timeZone: 'Europe/Madrid',
      proof: 'both',
      validUntil: '2031-12-01T00:00:00+01:00',
      faulty: 1,
    });
    const rows = await service.call('GET', `${issuer}/rosters/${roster.id}/rows`, { key: service.key });
    expect(rows.body.items).toMatchObject([
      { line: 2, dates: { awardedDate: '2026-03-29T03:30:00+02:00', validUntil: '2031-12-01T00:00:00+01:00' } },
      { line: 3, dates: null, faults: [{ code: 'issue-yes-no-wrong' }, { code: 'issue-date-wrong' }] },
      { line: 4, dates: { validUntil: '2031-12-01T00:00:00+01:00' } },
    ]);
    await service.call('POST', `${issuer}/rosters/${roster.id}/start`, { key: service.key });
    await expect
      .poll(
        async () => (await service.call('GET', `${issuer}/rosters/${roster.id}`, { key: service.key })).body.state,
        { timeout: 20_000 },
      )
      .toBe('done');
    const issued = await service.db
      .selectFrom('credential')
      .selectAll()
      .where('roster_id', '=', roster.id as string)
      .execute();
    expect(issued).toHaveLength(2);
    for (const { jwt, document, valid_until } of issued) {
      expect(valid_until).toEqual(new Date('2031-12-01T00:00:00+01:00'));
      expect((await verify(jwt)).verdict).toBe('verified');
      expect((await verify(JSON.parse(document ?? '') as JsonObject)).verdict).toBe('verified');
    }
    await decide({ timeZone: null });
  });
});
