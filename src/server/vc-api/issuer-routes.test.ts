import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../core/json/json.ts';
import { startDatabases, type TestDatabase } from '../test-databases.ts';
import { achievement, approvedAchievement, publicUrl, type Service, startService } from '../test-issuing.ts';

let databases: TestDatabase[];
beforeAll(async () => {
  databases = await startDatabases();
}, 120_000);
afterAll(async () => {
  for (const database of databases) await database.stop();
}, 60_000);

const did = 'did:web:assay.example:issuers:northfield';
const learnerDid = 'did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK';

describe.each(['embedded', 'PostgreSQL'])('the VC-API of an issuer on %s', (name) => {
  let service: Service;
  let id: string;
  beforeAll(async () => {
    service = await startService(databases.find((database) => database.name === name) as TestDatabase);
    id = await approvedAchievement(service);
  }, 60_000);
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
