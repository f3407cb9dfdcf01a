import { generateKeyPairSync, sign } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nodeCryptography } from '../../node/cryptography.ts';
import { assessDocument } from '../assess.ts';
import { UnavailableError } from '../finding.ts';
import type { JsonObject, JsonValue } from '../json/json.ts';
import type { Network } from '../network.ts';
import type { VerificationReport } from '../verify/report.ts';
import { publicKeyFromPem } from './pem.ts';
import { verifyAssertion } from './verify.ts';

const now = new Date('2026-06-01T00:00:00Z');
const host = 'https://badges.example.org';
const context = 'https://w3id.org/openbadges/v2';

const assertion = (more: JsonObject = {}): JsonObject => ({
  '@context': context,
  id: `${host}/assertions/1`,
  type: 'Assertion',
  recipient: { type: 'email', identity: 'sha256$abc', hashed: true, salt: 's' },
  badge: `${host}/classes/1`,
  verification: { type: 'HostedBadge' },
  issuedOn: '2025-05-01T00:00:00Z',
  ...more,
});
const badge = (more: JsonObject = {}): JsonObject => ({
  '@context': context,
  id: `${host}/classes/1`,
  type: 'BadgeClass',
  name: 'Old Badge',
  description: 'From the older standard.',
  image: `${host}/image.png`,
  criteria: { narrative: 'Do it.' },
  issuer: `${host}/issuer`,
  ...more,
});
const profile = (more: JsonObject = {}): JsonObject => ({
  '@context': context,
  id: `${host}/issuer`,
  type: 'Profile',
  name: 'Old Issuer',
  url: host,
  email: 'a@badges.example.org',
  ...more,
});

type Answers = Record<string, JsonValue | { status: number; body?: JsonValue }>;
const standard = (): Answers => ({
  [`${host}/assertions/1`]: assertion(),
  [`${host}/classes/1`]: badge(),
  [`${host}/issuer`]: profile(),
});

function serving(answers: Answers): Network {
  return {
    async fetch(url) {
      const answer = answers[url];
      if (answer === undefined) throw new UnavailableError(url, 'timeout');
      const given = answer as { status?: number; body?: JsonValue };
      const [status, body] = typeof given.status === 'number' ? [given.status, given.body ?? {}] : [200, answer];
      return { url, status, contentType: 'application/json', bytes: new TextEncoder().encode(JSON.stringify(body)) };
    },
  };
}

const verify = (input: JsonObject | string, answers: Answers) =>
  verifyAssertion(input, { network: serving(answers), cryptography: nodeCryptography, now });
const brief = (report: VerificationReport) =>
  `${report.verdict} ${Object.values(report.steps).flatMap(({ outcome, findings }) => (outcome === 'passed' || outcome === 'inapplicable' ? [] : findings.map(({ code }) => code)))[0] ?? ''}`.trim();

describe('hosted badges', () => {
  it('are proven by their address, in the same report', async () => {
    const report = await verify(assertion(), standard());
    expect(brief(report)).toBe('verified');
    expect(report).toMatchObject({
      kind: 'OpenBadges2Assertion',
      securedBy: ['hosted'],
      issuer: { verifiedAs: { kind: 'domain', value: 'badges.example.org' } },
      credential: { credentialSubject: { achievement: { name: 'Old Badge' } } },
    });
    expect(brief(await verify(`${host}/assertions/1`, standard()))).toBe('verified');
    const { hallmark } = await assessDocument(assertion(), {
      network: serving(standard()),
      cryptography: nodeCryptography,
      now,
    });
    expect(hallmark.stamps.authentic).toMatchObject({ outcome: 'passed', reason: 'authentic-hosted' });
  });

  it('are never taken from the copy that was supplied', async () => {
    const forged = assertion({
      recipient: { type: 'email', identity: 'mallory@example.org', hashed: false },
      badge: 'https://evil.example/class',
    });
    const report = await verify(forged, standard());
    expect(JSON.stringify(report.credential)).not.toContain('mallory');
    expect(JSON.stringify(report.verifiedDocument)).not.toContain('evil.example');
    expect(brief(await verify(forged, {}))).toBe('cannot-tell hosted-unavailable');
  });

  it('stand behind the site that answered when another was asked', async () => {
    const { fetch } = serving(standard());
    for (const part of ['assertions/1', 'issuer']) {
      const network: Network = {
        async fetch(url, purpose) {
          const answer = await fetch(url, purpose);
          return url.endsWith(part) ? { ...answer, url: 'https://elsewhere.example/x' } : answer;
        },
      };
      const report = await verifyAssertion(assertion(), { network, cryptography: nodeCryptography, now });
      expect(report.issuer.verifiedAs).toEqual({ kind: 'domain', value: 'elsewhere.example' });
      expect(report.steps.document.findings).toMatchObject([{ code: 'hosted-redirected', severity: 'warning' }]);
    }
  });

  const cases: [string, Answers, string][] = [
    ['gone', { [`${host}/assertions/1`]: { status: 410 } }, 'not-verified revoked'],
    [
      'revoked in the body',
      { [`${host}/assertions/1`]: { id: `${host}/assertions/1`, revoked: true } },
      'not-verified revoked',
    ],
    [
      'revoked at its address, under another id',
      {
        [`${host}/assertions/1`]: { id: `${host}/assertions/2`, revoked: true },
        [`${host}/assertions/2`]: assertion({ id: `${host}/assertions/2` }),
      },
      'not-verified revoked',
    ],
    [
      'a profile that is gone',
      { [`${host}/issuer`]: { status: 410, body: profile() } },
      'cannot-tell hosted-unavailable',
    ],
    ['expired', { [`${host}/assertions/1`]: assertion({ expires: '2026-01-01T00:00:00Z' }) }, 'not-verified expired'],
    [
      'issued in the future',
      { [`${host}/assertions/1`]: assertion({ issuedOn: '2027-01-01T00:00:00Z' }) },
      'not-verified not-yet-valid',
    ],
    [
      'ending before it begins',
      { [`${host}/assertions/1`]: assertion({ expires: '2020-01-01T00:00:00Z' }) },
      'not-verified expired',
    ],
    [
      'without recipient',
      { [`${host}/assertions/1`]: assertion({ recipient: undefined as unknown as JsonValue }) },
      'not-verified badge-member-malformed',
    ],
    ['a class without name', { [`${host}/classes/1`]: badge({ name: '' }) }, 'not-verified badge-member-malformed'],
    [
      'signed, without its signature',
      { [`${host}/assertions/1`]: assertion({ verification: { type: 'SignedBadge' } }) },
      'not-verified badge-signature-missing',
    ],
    ['a server error', { [`${host}/assertions/1`]: { status: 500 } }, 'cannot-tell hosted-unavailable'],
    ['a class that does not answer', { [`${host}/classes/1`]: { status: 503 } }, 'cannot-tell hosted-unavailable'],
    [
      'a profile on another host',
      {
        [`${host}/classes/1`]: badge({ issuer: 'https://other.example/issuer' }),
        'https://other.example/issuer': profile({ id: 'https://other.example/issuer' }),
      },
      'not-verified hosted-outside-scope',
    ],
    [
      'a profile that calls itself another',
      { [`${host}/issuer`]: profile({ id: 'https://university.example/issuer' }) },
      'not-verified badge-issuer-another-id',
    ],
    [
      'a class on another host',
      {
        [`${host}/assertions/1`]: assertion({ badge: 'https://other.example/class' }),
        'https://other.example/class': badge({ id: 'https://other.example/class' }),
      },
      'not-verified hosted-outside-scope',
    ],
    [
      'an allowed prefix',
      { [`${host}/issuer`]: profile({ verification: { startsWith: `${host}/assertions/` } }) },
      'verified',
    ],
    [
      'another prefix',
      { [`${host}/issuer`]: profile({ verification: { startsWith: `${host}/others/` } }) },
      'not-verified hosted-outside-scope',
    ],
    [
      'another origin',
      { [`${host}/issuer`]: profile({ verification: { allowedOrigins: ['other.example'] } }) },
      'not-verified hosted-outside-scope',
    ],
    [
      'a declared id elsewhere',
      { [`${host}/assertions/1`]: assertion({ id: 'https://other.example/a' }) },
      'cannot-tell hosted-unavailable',
    ],
    [
      'a declared id that leads on',
      {
        [`${host}/assertions/1`]: assertion({ id: `${host}/assertions/2` }),
        [`${host}/assertions/2`]: assertion({ id: `${host}/assertions/2` }),
      },
      'verified',
    ],
    [
      'a declared id that leads on and on',
      {
        [`${host}/assertions/1`]: assertion({ id: `${host}/assertions/2` }),
        [`${host}/assertions/2`]: assertion({ id: `${host}/assertions/3` }),
      },
      'not-verified hosted-declares-another-id',
    ],
  ];
  it.each(cases)('%s', async (_, answers, expected) => {
    const all = JSON.parse(JSON.stringify({ ...standard(), ...answers })) as Answers;
    expect(brief(await verify(assertion(), all))).toBe(expected);
  });

  it('does not believe a profile inside the badge that opens itself to other hosts', async () => {
    const evil = 'https://evil.example/a';
    const embedded = profile({
      id: 'https://university.example/issuer',
      verification: { allowedOrigins: ['evil.example'] },
    });
    const forged = assertion({ id: evil, badge: badge({ issuer: embedded }) });
    expect(brief(await verify(evil, { [evil]: forged }))).toBe('cannot-tell hosted-unavailable');
    const real = profile({ id: 'https://university.example/issuer' });
    expect(brief(await verify(evil, { [evil]: forged, 'https://university.example/issuer': real }))).toBe(
      'not-verified hosted-outside-scope',
    );
  });
});

describe('signed badges', () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const keyUrl = `${host}/key`;
  const token = (payload: JsonObject, header: JsonObject = { alg: 'RS256' }) => {
    const encode = (value: JsonObject) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const input = `${encode(header)}.${encode(payload)}`;
    return `${input}.${sign('sha256', Buffer.from(input), privateKey).toString('base64url')}`;
  };
  const signed = (more: JsonObject = {}) =>
    assertion({ id: 'urn:uuid:1', verification: { type: 'SignedBadge', creator: keyUrl }, ...more });
  const pem = publicKey.export({ type: 'spki', format: 'pem' }) as string;
  const withKey = (more: Answers = {}): Answers => ({
    ...standard(),
    [`${host}/issuer`]: profile({ publicKey: keyUrl }),
    [keyUrl]: { id: keyUrl, owner: `${host}/issuer`, publicKeyPem: pem },
    ...more,
  });

  it('are proven by a key that the profile links', async () => {
    const report = await verify(token(signed()), withKey());
    expect(brief(report)).toBe('verified');
    expect(report.securedBy).toEqual(['jwt']);
    expect(
      (await assessDocument(token(signed()), { network: serving(withKey()), cryptography: nodeCryptography, now }))
        .verification.verdict,
    ).toBe('verified');
  });

  const list = `${host}/revoked`;
  it.each<[string, Answers, string]>([
    ['a key that the profile does not link', { [`${host}/issuer`]: profile() }, 'not-verified badge-key-not-linked'],
    [
      'a key of somebody else',
      { [keyUrl]: { id: keyUrl, owner: 'https://evil.example/', publicKeyPem: pem } },
      'not-verified badge-key-unusable',
    ],
    [
      'another key',
      {
        [keyUrl]: {
          id: keyUrl,
          owner: `${host}/issuer`,
          publicKeyPem: generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({
            type: 'spki',
            format: 'pem',
          }) as string,
        },
      },
      'not-verified signature-mismatch',
    ],
    ['a key that does not answer', { [keyUrl]: { status: 500 } }, 'cannot-tell hosted-unavailable'],
    [
      'on the revocation list',
      {
        [`${host}/issuer`]: profile({ publicKey: keyUrl, revocationList: list }),
        [list]: { revokedAssertions: ['urn:uuid:1'] },
      },
      'not-verified revoked',
    ],
    [
      'not on the revocation list',
      {
        [`${host}/issuer`]: profile({ publicKey: keyUrl, revocationList: list }),
        [list]: { revokedAssertions: [{ id: 'urn:uuid:1', revoked: false }, 'urn:uuid:2'] },
      },
      'verified',
    ],
    [
      'a revocation list that is none',
      { [`${host}/issuer`]: profile({ publicKey: keyUrl, revocationList: list }), [list]: { type: 'RevocationList' } },
      'cannot-tell status-list-not-valid',
    ],
    [
      'a revocation list that is gone',
      { [`${host}/issuer`]: profile({ publicKey: keyUrl, revocationList: list }), [list]: { status: 410 } },
      'cannot-tell hosted-unavailable',
    ],
    [
      'a key that does not fit beside one that does not answer',
      {
        [`${host}/issuer`]: profile({
          publicKey: [
            {
              id: keyUrl,
              owner: `${host}/issuer`,
              publicKeyPem: generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({
                type: 'spki',
                format: 'pem',
              }) as string,
            },
            keyUrl,
          ],
        }),
        [keyUrl]: { status: 500 },
      },
      'cannot-tell signature-mismatch',
    ],
    [
      'a revocation list that does not answer',
      { [`${host}/issuer`]: profile({ publicKey: keyUrl, revocationList: list }) },
      'cannot-tell hosted-unavailable',
    ],
  ])('%s', async (_, answers, expected) =>
    expect(brief(await verify(token(signed()), withKey(answers)))).toBe(expected),
  );

  it('are not proven by none, HMAC or a changed payload', async () => {
    for (const alg of ['none', 'HS256'])
      expect(brief(await verify(token(signed(), { alg }), withKey()))).toBe('not-verified jws-algorithm-refused');
    const [header, , signature] = token(signed()).split('.');
    const changed = Buffer.from(JSON.stringify(signed({ narrative: 'x' }))).toString('base64url');
    expect(brief(await verify(`${header}.${changed}.${signature}`, withKey()))).toBe('not-verified signature-mismatch');
    expect((await verify(signed(), withKey())).verdict).toBe('not-verified');
  });

  it('take their key as PKCS #1 too', () => {
    const pkcs1 = publicKey.export({ type: 'pkcs1', format: 'pem' }) as string;
    expect(publicKeyFromPem(pkcs1)).toEqual(publicKeyFromPem(pem));
    for (const text of [
      '',
      'x',
      '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----',
      '-----BEGIN PUBLIC KEY-----\n!!\n-----END PUBLIC KEY-----',
    ])
      expect(publicKeyFromPem(text)).toBeUndefined();
  });
});

describe('anything else', () => {
  it('never throws', async () => {
    const names = [
      'id',
      'type',
      'badge',
      'recipient',
      'verification',
      'verify',
      'issuedOn',
      'expires',
      'issuer',
      'evidence',
      '@context',
    ];
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(
          fc.constantFrom(...names),
          fc.oneof(fc.jsonValue({ maxDepth: 3 }), fc.constant(`${host}/assertions/1`)),
        ),
        async (value) => {
          await verify(value as JsonObject, { ...standard(), [`${host}/assertions/1`]: value as JsonObject });
        },
      ),
      { numRuns: 300 },
    );
  });

  const examples = resolve(import.meta.dirname, '../../../../shared/data/examples/ob2');
  it.skipIf(!existsSync(examples))('reads every published example without verifying what nobody serves', async () => {
    for (const name of readdirSync(examples)) {
      const report = await verify(JSON.parse(readFileSync(join(examples, name), 'utf8')) as JsonObject, {});
      expect([name, report.verdict]).not.toEqual([name, 'verified']);
    }
  });
});
