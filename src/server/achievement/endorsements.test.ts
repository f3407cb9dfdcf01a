import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SecretKey } from '../../core/cryptography.ts';
import { toDidKey } from '../../core/did/did-key.ts';
import { UnavailableError } from '../../core/finding.ts';
import type { JsonObject, JsonValue } from '../../core/json/json.ts';
import type { Network } from '../../core/network.ts';
import { addProof } from '../../core/proof/add-proof.ts';
import { encodeMultikey } from '../../core/proof/multikey.ts';
import { signVcJwt } from '../../core/proof/vc-jwt.ts';
import { verifyCredential } from '../../core/verify/verify-credential.ts';
import { nodeCryptography } from '../../node/cryptography.ts';
import { startDatabases, type TestDatabase } from '../test-databases.ts';
import { accept, achievement, learner, publicUrl, type Service, startService } from '../test-issuing.ts';

let databases: TestDatabase[];
let service: Service;
let ahead = 0;

/** A council with a domain, whose host may stop to answer. */
const council = 'did:web:council.example';
const councilKey = await nodeCryptography.generateKey('Ed25519');
let isSilent = false;
const asked: string[] = [];
const network: Network = {
  fetch: async (url) => {
    asked.push(url);
    if (isSilent && !url.startsWith(publicUrl)) return new Promise(() => undefined);
    if (url !== 'https://council.example/.well-known/did.json') throw new UnavailableError(url, 'no-network');
    const method = `${council}#key`;
    const publicKeyMultibase = encodeMultikey(councilKey.publicKey);
    const document = {
      '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1'],
      id: council,
      verificationMethod: [{ id: method, type: 'Multikey', controller: council, publicKeyMultibase }],
      assertionMethod: [method],
    };
    const bytes = new TextEncoder().encode(JSON.stringify(document));
    return { url, status: 200, contentType: 'application/json', bytes };
  },
};
beforeAll(async () => {
  databases = await startDatabases();
  service = await startService(databases[0] as TestDatabase, undefined, {
    now: () => new Date(Date.now() + ahead),
    network,
  });
});
afterAll(async () => {
  await service?.close();
  for (const database of databases) await database.stop();
});

const at = '/api/issuers/northfield/achievements';
const ask = (method: 'GET' | 'POST' | 'PUT', path: string, body?: unknown) =>
  service.call(method, path, { key: service.key, ...(body === undefined ? {} : { body }) });
const make = async () => (await ask('POST', at, achievement)).body.id as string;
const check = (id: string, document: string) => ask('POST', `${at}/${id}/endorsements/check`, { document });

/** An endorsement of something, by a council with a key of its own. */
const unsigned = (about: string, issuer: string, type = 'EndorsementCredential') => ({
  '@context': ['https://www.w3.org/ns/credentials/v2', 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json'],
  id: 'urn:uuid:71b3c2aa-6d0f-4d4e-a5b8-3f0e9c2d1e99',
  type: ['VerifiableCredential', type],
  name: 'Endorsement',
  issuer: { id: issuer, type: ['Profile'], name: 'Employer council' },
  validFrom: '2026-01-15T00:00:00Z',
  validUntil: new Date(Date.now() + 3_600_000).toISOString(),
  credentialSubject: {
    id: about,
    type: ['EndorsementSubject'],
    endorsementComment: 'We **hire** for this. <script>alert(1)</script>',
  },
});

async function endorse(about: string, type?: string): Promise<JsonObject> {
  const key = await nodeCryptography.generateKey('Ed25519');
  const did = toDidKey(key.publicKey);
  return endorseAs(did, key, `${did}#${encodeMultikey(key.publicKey)}`, about, type);
}

async function endorseAs(
  did: string,
  key: SecretKey,
  verificationMethod: string,
  about: string,
  type?: string,
  ofEndorser?: JsonObject,
) {
  const options = { cryptosuite: 'eddsa-rdfc-2022', key, verificationMethod, created: '2026-01-15T00:00:00Z' } as const;
  const plain = unsigned(about, did, type);
  const issuer = { ...plain.issuer, ...(ofEndorser && { endorsement: [ofEndorser] }) };
  const made = await addProof({ ...plain, issuer }, options, { cryptography: nodeCryptography });
  if (!made.ok) throw new Error(JSON.stringify(made.finding));
  return made.document;
}

describe('endorsements of an achievement', () => {
  it('are taken in as they were signed, published with it, and stand in what is issued', async () => {
    const id = await make();
    const endorsement = await endorse(`${publicUrl}/achievements/${id}`);
    const looked = await check(id, JSON.stringify(endorsement, null, 2));
    expect(looked.body).toEqual({ member: 'endorsement', value: endorsement });
    const level = {
      type: ['Alignment'],
      targetName: 'Level',
      targetUrl: 'https://case.example/level',
      targetType: 'CFItem',
    };
    const [exam, practical] = achievement.resultDescription as [JsonObject, JsonObject];
    const [first, ...levels] = practical.rubricCriterionLevel as [JsonObject, ...JsonObject[]];
    const document: JsonObject = {
      ...achievement,
      resultDescription: [exam, { ...practical, rubricCriterionLevel: [{ ...first, alignment: [level] }, ...levels] }],
      creator: { id: 'https://council.example', type: ['Profile'], name: 'Employer council' },
      otherIdentifier: [{ type: 'IdentifierEntry', identifier: 'WQ-41', identifierType: 'identifier' }],
      courseMode: 'blended',
      coursePrerequisites: 'Basic laboratory safety',
      endorsement: [endorsement],
    };
    const saved = await ask('PUT', `${at}/${id}`, document);
    expect(saved.status, saved.text).toBe(200);
    for (const step of ['submit', 'approve']) await ask('POST', `${at}/${id}/${step}`, {});

    const { id: _, ...kept } = document;
    expect((await service.call('GET', `/achievements/${id}`)).body).toMatchObject(kept);
    const headers = { accept: 'text/html' };
    const page = (await service.call('GET', `/achievements/${id}`, { headers })).text;
    for (const said of ['Basic laboratory safety', 'blended', 'Designed by']) expect(page).toContain(said);
    const text = page.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');
    // Whose key it is stands before what they call themselves, and what they write stays text.
    const { id: endorser } = endorsement.issuer as JsonObject;
    expect(text).toContain(`Endorsed by ${endorser} It calls itself Employer council . Dated 15 January 2026.`);
    expect(text).toContain('Checked now: genuine and in force.');
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(page).not.toContain('<script>alert');
    ahead = 7_200_000;
    const later = await service.call('GET', `/achievements/${id}?lang=es`, { headers });
    expect(later.text).toContain('Comprobado ahora: ya no vale. Era auténtico y estaba en vigor cuando se incorporó.');
    ahead = 0;
    const issued = await ask('POST', '/api/issuers/northfield/credentials', { achievement: id, learner });
    expect(issued.status, issued.text).toBe(201);
    const credential = issued.body.credential as JsonObject & { credentialSubject: JsonObject };
    expect(credential.credentialSubject.achievement).toMatchObject(kept);
    const { network } = service;
    const report = await verifyCredential(credential, { cryptography: nodeCryptography, network, now: new Date() });
    expect(report.verdict).toBe('verified');
    expect(report.endorsements).toMatchObject([{ aboutCarrier: 'passed', report: { verdict: 'verified' } }]);
  });

  it('are named by the domain that signed, which is asked once a minute and keeps nobody waiting', async () => {
    const id = await make();
    const other = 'did:web:other.example';
    const ofEndorser = await endorseAs(other, councilKey, `${other}#key`, council);
    const about = `${publicUrl}/achievements/${id}`;
    const endorsement = await endorseAs(council, councilKey, `${council}#key`, about, undefined, ofEndorser);
    const saved = await ask('PUT', `${at}/${id}`, { ...achievement, endorsement: [endorsement] });
    expect(saved.status, saved.text).toBe(200);
    for (const step of ['submit', 'approve']) await ask('POST', `${at}/${id}/${step}`, {});
    const read = async () => {
      const page = await service.call('GET', `/achievements/${id}`, { headers: { accept: 'text/html' } });
      return page.text.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');
    };
    asked.length = 0;
    for (let times = 0; times < 3; times++)
      expect(await read()).toContain('Endorsed by council.example It calls itself Employer council .');
    // Nor is anybody asked whom the endorser names in it.
    expect(asked).toEqual(['https://council.example/.well-known/did.json']);
    isSilent = true;
    ahead = 61_000;
    expect(await read()).toContain('Checked now: whether it still holds cannot be told.');
    const issued = await ask('POST', '/api/issuers/northfield/credentials', { achievement: id, learner });
    const { url } = (await ask('GET', `/api/issuers/northfield/credentials/${issued.body.id}/claim`)).body;
    await accept(service, url as string);
    const shown = await service.call('GET', `/credentials/${issued.body.id}`, { headers: { accept: 'text/html' } });
    expect(shown.status, shown.text).toBe(200);
    isSilent = false;
    ahead = 0;
  });

  it('are refused with the reason, when they are looked at and when the achievement is saved', async () => {
    const id = await make();
    const about = `${publicUrl}/achievements/${id}`;
    const good = await endorse(about);
    const { proof: _, ...bare } = good;
    const refusals: [JsonValue, RegExp][] = [
      [bare, /must be a signed EndorsementCredential/],
      [{ ...(await endorse(about, 'OpenBadgeCredential')) }, /must be a signed EndorsementCredential/],
      [await endorse('https://assay.example/achievements/other'), /endorses "https.*other", not this achievement/],
      [{ ...good, name: 'Forged' }, /is not valid/],
      [
        { ...good, issuer: { ...(good.issuer as JsonObject), id: 'did:web:assay.example:issuers:northfield' } },
        /issuer itself/,
      ],
    ];
    for (const [value, reason] of refusals) {
      for (const answer of [
        await check(id, JSON.stringify(value)),
        await ask('PUT', `${at}/${id}`, { ...achievement, endorsement: [value] }),
      ]) {
        expect(answer.status, answer.text).toBe(422);
        expect(answer.body.detail).toMatch(reason);
      }
    }
    expect((await check(id, 'Employer council')).body.detail).toMatch(/must be a signed/);
    expect((await check(id, 'https://council.example/endorsement')).body.detail).toMatch(/must be a signed/);
    const early = await ask('POST', at, { ...achievement, endorsement: [good] });
    expect(early.body.detail).toMatch(/Nobody can have endorsed this yet/);
    const jwt = await ask('PUT', `${at}/${id}`, { ...achievement, endorsementJwt: [good] });
    expect(jwt.status).toBe(422);
  });

  it('are taken as tokens too, character by character', async () => {
    const id = await make();
    const key = await nodeCryptography.generateKey('P-256');
    const did = toDidKey(key.publicKey);
    const verificationMethod = `${did}#${encodeMultikey(key.publicKey)}`;
    const content = unsigned(`${publicUrl}/achievements/${id}`, did);
    const made = await signVcJwt(content, { key, verificationMethod, profile: 'open-badges' }, nodeCryptography);
    if (!made.ok) throw new Error(made.finding.code);
    const token = made.jwt;
    const looked = await check(id, `\n${token}\n`);
    expect(looked.body).toEqual({ member: 'endorsementJwt', value: token });
    const saved = await ask('PUT', `${at}/${id}`, { ...achievement, endorsementJwt: [token] });
    expect(saved.body).toMatchObject({ achievement: { endorsementJwt: [token] } });
  });
});
