import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { nodeCryptography } from '../../node/cryptography.ts';
import { matchRecipient } from '../credential/identity.ts';
import { parseCredential } from '../credential/parse.ts';
import type { JsonObject } from '../json/json.ts';
import { analyseTerms } from '../json-ld/terms.ts';
import { buildFromAchievement, checkAchievement } from './build-from-achievement.ts';
import { type Learner, parseLearner } from './learner.ts';
import { prepareSigning } from './prepare-signing.ts';

const read = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../../fixtures/cli/${name}`, import.meta.url), 'utf8')) as JsonObject;
const achievement = read('achievement.json');
const issuer = { id: 'https://northfield.example.edu/issuers/main', ...read('issuer.json') };
const parsed = parseLearner(read('learner.json'));
const learner: Learner = parsed.ok ? parsed.learner : {};
const options = { cryptography: nodeCryptography, now: new Date('2026-05-20T09:00:00.500Z') };

const build = async (who: Learner, more: object = {}, what: JsonObject = achievement) => {
  const built = await buildFromAchievement({ achievement: what, issuer, learner: who }, { ...options, ...more });
  if (!built.ok) throw new Error(JSON.stringify(built.findings));
  return built.credential;
};
const faults = async (who: Learner, what: JsonObject = achievement) => {
  const built = await buildFromAchievement({ achievement: what, issuer, learner: who }, options);
  return built.ok ? [] : built.findings.map(({ code, pointer }) => [code, pointer]);
};

describe('buildFromAchievement', () => {
  it('builds a credential that conforms, with every term defined', async () => {
    const credential = await build(learner);
    const result = parseCredential(credential);
    expect(result.ok && result.parsed.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(analyseTerms(credential).undefinedTerms).toEqual([]);
    expect(credential['@context']).toHaveLength(3);
    expect(credential.validFrom).toBe('2026-05-20T09:00:00Z');
    expect(credential.awardedDate).toBe('2026-05-20T09:00:00Z');
  });

  it('hashes the e-mail with a salt of its own and never writes it', async () => {
    const [one, other] = [await build(learner), await build(learner)];
    expect(JSON.stringify(one)).not.toContain('robin@');
    const salt = (credential: JsonObject) => JSON.stringify(credential).match(/"salt":"([^"]+)"/)?.[1];
    expect(salt(one)).toMatch(/^[0-9a-f]{32}$/);
    expect(salt(one)).not.toBe(salt(other));
    const result = parseCredential(one);
    if (!result.ok) throw new Error('unreadable');
    const recipient = { type: 'emailAddress', value: 'robin@northfield.example.edu' };
    expect(await matchRecipient(result.parsed.credential, recipient, nodeCryptography)).toBeTruthy();
  });

  it('gives each learner only their own results and evidence', async () => {
    await build(learner);
    const credential = await build({ name: 'Ana' });
    expect(credential.evidence).toBeUndefined();
    expect((credential.credentialSubject as JsonObject).result).toBeUndefined();
    expect(achievement).toEqual(read('achievement.json'));
  });

  it('gives a subject an id where a VC-JWT needs one', async () => {
    expect(((await build({ name: 'Ana' })).credentialSubject as JsonObject).id).toBeUndefined();
    expect(((await build({ name: 'Ana' }, { subjectId: true })).credentialSubject as JsonObject).id).toMatch(
      /^urn:uuid:/,
    );
    expect(((await build({ id: 'did:x:1' }, { subjectId: true })).credentialSubject as JsonObject).id).toBe('did:x:1');
  });

  it('lists the contexts that parts bring and that extensions need, once each', async () => {
    const own = 'https://example.edu/context';
    const what = { ...achievement, '@context': [own, own] };
    const credential = await build({ name: 'Ana' }, {}, what);
    expect((credential['@context'] as unknown[]).slice(2)).toEqual([
      own,
      { timeRequired: 'https://schema.org/timeRequired' },
    ]);
    expect(JSON.stringify(credential.credentialSubject)).not.toContain('@context');
  });

  it.each([
    [
      { result: [{ resultDescription: 'urn:x', value: '1' }], name: 'A' },
      [['issue-result-link-unknown', '/result/0/resultDescription']],
    ],
    [{ result: [{ value: '1' }], name: 'A' }, [['issue-result-link-unknown', '/result/0/resultDescription']]],
    [{}, [['issue-learner-unidentified', '']]],
  ])('refuses %j', async (who, expected) => {
    expect(await faults(who as Learner)).toEqual(expected);
  });

  it('refuses a level that the scale does not have and a value outside it', async () => {
    const [examination, practical] = achievement.resultDescription as [JsonObject, JsonObject];
    const result: Learner['result'] = [
      { resultDescription: String(practical.id), achievedLevel: 'urn:x' },
      { resultDescription: String(examination.id), value: '51' },
    ];
    expect(await faults({ name: 'A', result })).toEqual([
      ['issue-level-unknown', '/result/0/achievedLevel'],
      ['issue-value-out-of-range', '/result/1/value'],
    ]);
  });
});

describe('checkAchievement', () => {
  it('refuses what belongs to one learner, and whole credentials', () => {
    expect(checkAchievement({ ...achievement, evidence: [], result: [] }).map(({ pointer }) => pointer)).toEqual([
      '/result',
      '/evidence',
    ]);
    expect(checkAchievement({ type: ['VerifiableCredential'] })[0]?.code).toBe('issue-achievement-is-credential');
    expect(checkAchievement([])[0]?.code).toBe('issue-file-not-object');
    expect(checkAchievement(achievement)).toEqual([]);
  });
});

describe('prepareSigning', () => {
  it('joins issuer and key, or says why they cannot belong together', async () => {
    const key = await nodeCryptography.generateKey('Ed25519');
    const own = prepareSigning({ name: 'N' }, key);
    if (!own.ok) throw new Error('refused');
    expect(own.issuer.id).toMatch(/^did:key:z6Mk/);
    expect(own.signing).toMatchObject({
      cryptosuite: 'eddsa-rdfc-2022',
      verificationMethod: `${own.issuer.id}#${String(own.issuer.id).slice(8)}`,
    });
    const code = (profile: JsonObject, wishes = {}) => {
      const result = prepareSigning(profile, key, wishes);
      return result.ok ? result.signing.verificationMethod : result.findings[0]?.code;
    };
    expect(code(issuer)).toBe(`${issuer.id}#${String(own.issuer.id).slice(8)}`);
    expect(code(issuer, { verificationMethod: 'https://northfield.example.edu/keys/1' })).toBe(
      'https://northfield.example.edu/keys/1',
    );
    expect(code({ id: 'did:key:z6MkOther' })).toBe('issue-key-not-issuers');
    expect(code(issuer, { verificationMethod: 'https://evil.example/keys/1' })).toBe(
      'issue-verification-method-not-issuers',
    );
    expect(code({ id: 'did:web:a.example' }, { verificationMethod: 'did:web:a.example.evil#1' })).toBe(
      'issue-verification-method-not-issuers',
    );
    expect(code(issuer, { cryptosuite: 'ecdsa-rdfc-2019' })).toBe('issue-cryptosuite-not-for-key');
  });
});

describe('the name of a learner', () => {
  const nameOf = async (who: Learner, learnerName?: 'clear' | 'hashed' | 'with-consent') => {
    const credential = await build(who, learnerName === undefined ? {} : { learnerName });
    const { identifier } = credential.credentialSubject as { identifier: JsonObject[] };
    const [name] = identifier.filter(({ identityType }) => identityType === 'name');
    return name?.hashed === false ? name.identityHash : name?.salt === undefined ? 'none' : 'hashed';
  };

  it.each([
    [undefined, undefined, 'Ana'],
    [undefined, false, 'hashed'],
    ['clear', undefined, 'Ana'],
    ['clear', false, 'hashed'],
    ['with-consent', undefined, 'hashed'],
    ['with-consent', false, 'hashed'],
    ['with-consent', true, 'Ana'],
    ['hashed', undefined, 'hashed'],
    ['hashed', true, 'hashed'],
  ] as const)('by %s and a consent that is %s stands as %s', async (learnerName, nameConsent, expected) => {
    const who = { name: 'Ana', email: 'ana@example.edu', ...(nameConsent === undefined ? {} : { nameConsent }) };
    expect(await nameOf(who, learnerName)).toBe(expected);
    if (expected === 'hashed') expect(JSON.stringify(await build(who, { learnerName }))).not.toMatch(/\bAna\b/);
  });

  it('can be found again from its hash, and identifiers of an earlier edition stay', async () => {
    const earlier = {
      type: 'IdentityObject',
      hashed: true,
      identityHash: 'sha256$00',
      identityType: 'systemId',
      salt: 'x',
    };
    const kept = [earlier, { ...earlier, identityType: 'name' }];
    const credential = await build({ name: 'Ana' }, { learnerName: 'hashed', identifiers: kept });
    const { identifier } = credential.credentialSubject as { identifier: JsonObject[] };
    expect(identifier.map(({ identityType }) => identityType)).toEqual(['name', 'systemId']);
    const result = parseCredential(credential);
    if (!result.ok) throw new Error('unreadable');
    expect(
      await matchRecipient(result.parsed.credential, { type: 'name', value: 'Ana' }, nodeCryptography),
    ).toBeTruthy();
  });
});
