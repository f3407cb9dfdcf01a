import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import * as jose from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { nodeCryptography } from '../../node/cryptography.ts';
import { parseCredential } from '../credential/parse.ts';
import type { CompactJws } from '../credential/types.ts';
import type { Cryptography, SecretKey } from '../cryptography.ts';
import { toDidKey } from '../did/did-key.ts';
import { findPublishedKey, resolveVerificationMethod } from '../did/resolve-verification-method.ts';
import type { JsonObject } from '../json/json.ts';
import { webCryptography } from '../web-cryptography.ts';
import { addProof, type ProofOptions } from './add-proof.ts';
import { cryptosuites } from './cryptosuites.ts';
import { verifyProofs } from './data-integrity.ts';
import { publicKeyFromJwk, toPublicJwk } from './jwk.ts';
import { decodeCompactJws, signCompactJws, verifyJws } from './jws.ts';
import { decodeBase58, decodeBase64url, decodeMultibase, encodeBase58, encodeBase64url } from './multibase.ts';
import { decodeSecretMultikey, encodeMultikey, encodeSecretMultikey } from './multikey.ts';
import { deriveProof } from './selective-disclosure.ts';
import { signVcJwt, verifyVcJwt } from './vc-jwt.ts';

const now = new Date('2026-06-01T00:00:00Z');
const v2 = 'https://www.w3.org/ns/credentials/v2';
const keys = {} as Record<SecretKey['type'], SecretKey>;
beforeAll(async () => {
  for (const type of ['Ed25519', 'P-256', 'P-384'] as const) keys[type] = await nodeCryptography.generateKey(type);
});

const document = (more: JsonObject = {}): JsonObject => ({
  '@context': [v2, 'https://www.w3.org/ns/credentials/examples/v2'],
  id: 'urn:uuid:0b5f4c1e-0000-4000-8000-000000000009',
  type: ['VerifiableCredential'],
  issuer: 'did:example:issuer',
  validFrom: '2026-01-01T00:00:00Z',
  credentialSubject: { id: 'did:example:subject', level: { name: 'Three', points: '3' } },
  ...more,
});
const methodOf = (key: SecretKey) => `${toDidKey(key.publicKey)}#${encodeMultikey(key.publicKey)}`;

async function sign(
  suite: string,
  type: SecretKey['type'],
  options: Partial<ProofOptions> = {},
  given = document(),
  cryptography: Cryptography = nodeCryptography,
) {
  const key = keys[type];
  const made = await addProof(
    given,
    { cryptosuite: suite, key, verificationMethod: methodOf(key), created: '2026-01-01T00:00:00Z', ...options },
    { cryptography },
  );
  if (!made.ok) throw new Error(made.finding.code);
  return made.document;
}
async function check(
  signed: JsonObject,
  options: { challenge?: string; domain?: string | string[]; purpose?: string } = {},
  cryptography: Cryptography = nodeCryptography,
) {
  const { purpose = 'assertionMethod', ...rest } = options;
  const { proofs } = await verifyProofs(signed, {
    ...rest,
    expectedPurpose: purpose,
    now,
    clockSkewSeconds: 0,
    cryptography,
    resolveKey: (url, wanted) => resolveVerificationMethod(url, wanted, { cryptography, issuerId: null, now }),
  });
  return proofs.map(({ outcome, findings }) => [outcome, ...findings.map(({ code }) => code)].join(' '));
}

const suites: [string, SecretKey['type']][] = cryptosuites
  .filter(({ signs, transform }) => signs && transform !== 'selective-disclosure')
  .flatMap(({ cryptosuite, keyTypes }) =>
    keyTypes.map((type) => [cryptosuite as string, type as SecretKey['type']] as [string, SecretKey['type']]),
  );

describe.each(suites)('%s with %s', (suite, type) => {
  it('is made and verified by either provider of cryptography', async () => {
    for (const signer of [nodeCryptography, webCryptography])
      for (const verifier of [nodeCryptography, webCryptography])
        expect(await check(await sign(suite, type, {}, document(), signer), {}, verifier)).toEqual(['passed']);
  });

  it('notices every change', async () => {
    const signed = await sign(suite, type, {
      domain: 'a.example',
      challenge: 'c',
      nonce: 'n',
      expires: '2027-01-01T00:00:00Z',
    });
    const proof = signed.proof as JsonObject;
    const change = (value: unknown): unknown =>
      typeof value === 'string' ? `${value.slice(0, -1)}${value.endsWith('1') ? '2' : '1'}` : 'x';
    const copies: JsonObject[] = [
      ...['id', 'issuer', 'credentialSubject'].map((name) => ({
        ...signed,
        [name]: name === 'credentialSubject' ? { id: 'did:example:other' } : (change(signed[name]) as string),
      })),
      ...['created', 'domain', 'challenge', 'nonce', 'expires', 'proofValue'].map((name) => ({
        ...signed,
        proof: {
          ...proof,
          [name]: name === 'created' || name === 'expires' ? '2027-01-01T00:00:01Z' : (change(proof[name]) as string),
        },
      })),
      { ...signed, proof: { ...proof, id: 'urn:uuid:added' } },
      { ...signed, name: 'added' },
    ];
    for (const copy of copies) expect((await check(copy))[0]).toMatch(/^failed/);
    for (let index = 1; index < 20; index++) {
      const value = String(proof.proofValue);
      const at = 1 + ((index * 7) % (value.length - 1));
      const other = value[at] === 'A' ? 'B' : 'A';
      expect(
        (
          await check({ ...signed, proof: { ...proof, proofValue: value.slice(0, at) + other + value.slice(at + 1) } })
        )[0],
      ).toMatch(/^failed/);
    }
  });

  it('refuses a key that does not fit', async () => {
    const wrong = type === 'Ed25519' ? 'P-256' : 'Ed25519';
    expect(
      await addProof(
        document(),
        { cryptosuite: suite, key: keys[wrong], verificationMethod: 'did:example:1' },
        { cryptography: nodeCryptography },
      ),
    ).toMatchObject({ ok: false, finding: { code: 'key-does-not-fit' } });
    const signed = await sign(suite, type);
    expect(
      await check({ ...signed, proof: { ...(signed.proof as JsonObject), verificationMethod: methodOf(keys[wrong]) } }),
    ).toEqual(['failed key-does-not-fit']);
  });
});

describe('proof options', () => {
  it('challenge, domain, purpose and expiry are held', async () => {
    const signed = await sign('eddsa-jcs-2022', 'Ed25519', {
      challenge: 'c',
      domain: ['a.example', 'b.example'],
      proofPurpose: 'authentication',
    });
    expect(
      await check(signed, { purpose: 'authentication', challenge: 'c', domain: ['b.example', 'a.example'] }),
    ).toEqual(['passed']);
    expect(await check(signed, { purpose: 'authentication', challenge: 'd' })).toEqual(['failed challenge-mismatch']);
    expect(await check(signed, { purpose: 'authentication', domain: 'a.example' })).toEqual(['failed domain-mismatch']);
    expect(await check(signed)).toEqual(['failed proof-purpose-mismatch']);
    expect(await check(await sign('eddsa-jcs-2022', 'Ed25519', { expires: '2026-05-31T23:59:59Z' }))).toEqual([
      'failed proof-expired',
    ]);
    expect(await check(await sign('eddsa-jcs-2022', 'Ed25519', { created: 'yesterday' }))).toEqual([
      'failed proof-date-malformed',
    ]);
  });

  it('the jcs suites cover the contexts that stood there', async () => {
    const signed = await sign('eddsa-jcs-2022', 'Ed25519');
    const appended = {
      ...signed,
      '@context': [...(signed['@context'] as string[]), { later: 'https://example.org/later' }],
    };
    const { verifiedDocument } = await verifyProofs(appended, {
      expectedPurpose: 'assertionMethod',
      now,
      clockSkewSeconds: 0,
      cryptography: nodeCryptography,
      resolveKey: (url, purpose) =>
        resolveVerificationMethod(url, purpose, { cryptography: nodeCryptography, issuerId: null, now }),
    });
    expect(verifiedDocument?.['@context']).toEqual(signed['@context']);
    expect(
      await check({
        ...signed,
        '@context': [{ first: 'https://example.org/first' }, ...(signed['@context'] as string[])],
      }),
    ).toEqual(['failed proof-context-mismatch']);
  });

  it('chains hold only over the exact earlier proofs', async () => {
    const first = await sign('eddsa-rdfc-2022', 'Ed25519', { id: 'urn:uuid:a' });
    const chained = await sign('ecdsa-rdfc-2019', 'P-256', { previousProof: 'urn:uuid:a', id: 'urn:uuid:b' }, first);
    const [one, two] = chained.proof as [JsonObject, JsonObject];
    expect(await check(chained)).toEqual(['passed', 'passed']);
    expect(await check({ ...chained, proof: [two] })).toEqual(['failed previous-proof-missing']);
    expect(await check({ ...chained, proof: [{ ...one, created: '2026-01-01T00:00:01Z' }, two] })).toEqual([
      'failed signature-mismatch',
      'failed previous-proof-invalid',
    ]);
    expect(await check({ ...chained, proof: [one, one, two] })).toEqual([
      'passed',
      'passed',
      'failed previous-proof-missing',
    ]);
    expect(
      await check({
        ...chained,
        proof: [
          { ...one, previousProof: 'urn:uuid:b' },
          { ...two, previousProof: 'urn:uuid:a' },
        ],
      }),
    ).toEqual([expect.stringMatching(/^failed/), expect.stringMatching(/^failed/)]);
    const { proof: _, ...rest } = two;
    expect(await check({ ...chained, proof: { ...rest, id: 'urn:uuid:b', previousProof: 'urn:uuid:b' } })).toEqual([
      'failed previous-proof-loop',
    ]);
    expect(
      await addProof(
        first,
        {
          cryptosuite: 'eddsa-jcs-2022',
          key: keys.Ed25519,
          verificationMethod: 'did:example:1',
          previousProof: 'urn:uuid:none',
        },
        { cryptography: nodeCryptography },
      ),
    ).toMatchObject({ ok: false, finding: { code: 'previous-proof-missing' } });
  });

  it('more proofs than anybody needs are not checked', async () => {
    const signed = await sign('eddsa-jcs-2022', 'Ed25519');
    expect(await check({ ...signed, proof: new Array(17).fill(signed.proof) })).toEqual(['failed proofs-too-many']);
  });

  it('never throws on any proof', async () => {
    const names = [
      'type',
      'cryptosuite',
      'verificationMethod',
      'proofPurpose',
      'proofValue',
      'created',
      'previousProof',
      '@context',
      'domain',
    ];
    const value = fc.oneof(
      fc.jsonValue({ maxDepth: 2 }),
      fc.constantFrom(
        'DataIntegrityProof',
        'eddsa-rdfc-2022',
        'ecdsa-sd-2023',
        'eddsa-jcs-2022',
        'assertionMethod',
        'z6Mk',
        'u2V0A',
        methodOf(keys.Ed25519),
      ),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.dictionary(fc.constantFrom(...names), value), fc.jsonValue({ maxDepth: 2 })),
        async (proof) => {
          for (const outcome of await check({ ...document(), proof: proof as JsonObject }))
            expect(outcome).not.toBe('passed');
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('ecdsa-sd-2023', () => {
  const options = { cryptography: nodeCryptography };
  const derive = async (pointers: string[]) => {
    const base = await sign('ecdsa-sd-2023', 'P-256', { mandatoryPointers: ['/issuer', '/validFrom'] });
    const derived = await deriveProof(base, pointers, options);
    if (!derived.ok) throw new Error(derived.finding.code);
    return derived.document;
  };

  it('shows what was selected and what the issuer insists on, no more', async () => {
    const shown = await derive(['/credentialSubject/level/name']);
    expect(shown).toMatchObject({
      issuer: 'did:example:issuer',
      validFrom: '2026-01-01T00:00:00Z',
      credentialSubject: { level: { name: 'Three' } },
    });
    expect(JSON.stringify(shown)).not.toContain('points');
    for (const cryptography of [nodeCryptography, webCryptography])
      expect(await check(shown, {}, cryptography)).toEqual(['passed']);
  });

  it('notices a statement left out, added, changed or exchanged', async () => {
    const shown = await derive(['/credentialSubject/level']);
    const { validFrom: _, ...withoutMandatory } = shown;
    const subject = shown.credentialSubject as JsonObject;
    const copies: JsonObject[] = [
      withoutMandatory as JsonObject,
      { ...shown, name: 'added' },
      { ...shown, issuer: 'did:example:other' },
      { ...shown, credentialSubject: { ...subject, level: { name: 'Three' } } },
      { ...shown, credentialSubject: { ...subject, level: { name: '3', points: 'Three' } } },
      { ...shown, proof: (await derive(['/credentialSubject/level/name'])).proof as JsonObject },
    ];
    for (const copy of copies) expect((await check(copy))[0]).toMatch(/^failed/);
    expect(await check(await sign('ecdsa-sd-2023', 'P-256', { mandatoryPointers: ['/issuer'] }))).toEqual([
      'failed base-proof-shown',
    ]);
  });

  it('derives from a base proof only, and from pointers that lead somewhere', async () => {
    const base = await sign('ecdsa-sd-2023', 'P-256', { mandatoryPointers: [] });
    expect(await deriveProof(base, [], options)).toMatchObject({ ok: false, finding: { code: 'nothing-selected' } });
    expect(await deriveProof(base, ['/nothing'], options)).toMatchObject({
      ok: false,
      finding: { code: 'pointer-selects-nothing' },
    });
    expect(await deriveProof(document(), ['/issuer'], options)).toMatchObject({
      ok: false,
      finding: { code: 'base-proof-missing' },
    });
    expect(await deriveProof({ ...base, name: 'changed' }, ['/issuer'], options)).toMatchObject({
      ok: false,
      finding: { code: 'base-proof-does-not-fit' },
    });
  });
});

describe('multibase and multikeys', () => {
  const alphabet = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
  const oracle = (bytes: Uint8Array) => {
    let value = BigInt(`0x${Buffer.from(bytes).toString('hex') || '0'}`);
    let text = '';
    for (; value > 0n; value /= 58n) text = alphabet[Number(value % 58n)] + text;
    return (
      '1'.repeat(bytes.findIndex((byte) => byte !== 0) < 0 ? bytes.length : bytes.findIndex((byte) => byte !== 0)) +
      text
    );
  };

  it('agree with big-number arithmetic and with Buffer', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 120 }), (bytes) => {
        expect(encodeBase58(bytes)).toBe(oracle(bytes));
        expect(decodeBase58(encodeBase58(bytes))).toEqual(bytes);
        expect(encodeBase64url(bytes)).toBe(Buffer.from(bytes).toString('base64url'));
        expect(decodeBase64url(encodeBase64url(bytes))).toEqual(bytes);
      }),
      { numRuns: 1000 },
    );
    for (const text of ['0', 'O', 'I', 'l', '+']) expect(decodeBase58(text)).toBeUndefined();
    for (const text of ['A', 'AB', 'A=', 'A+', 'AA==', 'AAB']) expect(decodeBase64url(text)).toBeUndefined();
    for (const text of ['', 'x', 'mAAAA', 'f00']) expect(decodeMultibase(text)).toBeUndefined();
  });

  it('keep keys, in both forms of an Ed25519 secret', () => {
    for (const key of Object.values(keys))
      expect(decodeSecretMultikey(encodeSecretMultikey(key), encodeMultikey(key.publicKey))).toEqual(key);
    const { secret, publicKey } = keys.Ed25519;
    const long = (tail: Uint8Array) => `z${encodeBase58(Uint8Array.of(0x80, 0x26, ...secret, ...tail))}`;
    expect(decodeSecretMultikey(long(publicKey.bytes), encodeMultikey(publicKey))).toEqual(keys.Ed25519);
    expect(decodeSecretMultikey(long(new Uint8Array(32)), encodeMultikey(publicKey))).toBeUndefined();
  });
});

describe('compact JWS', () => {
  const decode = (text: string): CompactJws => {
    const decoded = decodeCompactJws(text);
    if (!decoded.ok) throw new Error(decoded.finding.code);
    return decoded.jws;
  };
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

  it('goes both ways with another implementation', async () => {
    for (const [type, alg] of [
      ['Ed25519', 'EdDSA'],
      ['P-256', 'ES256'],
      ['P-384', 'ES384'],
    ] as const) {
      const key = keys[type];
      const publicJwk = toPublicJwk(key.publicKey) as jose.JWK;
      const theirs = await jose.importJWK({ ...publicJwk, d: encodeBase64url(key.secret) } as jose.JWK, alg);
      const ours = await signCompactJws({ a: 1 }, { typ: 'JWT' }, key, nodeCryptography);
      expect((await jose.compactVerify(ours, await jose.importJWK(publicJwk, alg))).protectedHeader.alg).toBe(alg);
      const made = await new jose.CompactSign(new TextEncoder().encode('{"a":1}'))
        .setProtectedHeader({ alg })
        .sign(theirs);
      for (const cryptography of [nodeCryptography, webCryptography])
        expect(await verifyJws(decode(made), key.publicKey, cryptography)).toBeNull();
    }
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const read = publicKeyFromJwk(rsa.publicKey.export({ format: 'jwk' }) as JsonObject);
    const made = await new jose.CompactSign(new TextEncoder().encode('{"a":1}'))
      .setProtectedHeader({ alg: 'RS256' })
      .sign(rsa.privateKey);
    for (const cryptography of [nodeCryptography, webCryptography])
      expect(read.ok && (await verifyJws(decode(made), read.key, cryptography))).toBeNull();
  });

  it.each([
    ['none', { alg: 'none' }, 'jws-algorithm-refused'],
    ['None', { alg: 'None' }, 'jws-algorithm-refused'],
    ['HMAC', { alg: 'HS256' }, 'jws-algorithm-refused'],
    ['no algorithm', {}, 'jws-algorithm-refused'],
    ['an unknown algorithm', { alg: 'PS256' }, 'jws-algorithm-unsupported'],
    ['a critical extension', { alg: 'EdDSA', crit: ['x'], x: 1 }, 'jws-critical-unknown'],
    ['an unencoded payload', { alg: 'EdDSA', b64: false }, 'jws-critical-unknown'],
    ['another key type', { alg: 'ES256' }, 'key-does-not-fit'],
    ['a signature over something else', { alg: 'EdDSA' }, 'signature-mismatch'],
  ])('refuses %s', async (_, header, code) => {
    const jws = decode(`${encode(header)}.${encode({ a: 1 })}.${Buffer.alloc(64).toString('base64url')}`);
    expect(await verifyJws(jws, keys.Ed25519.publicKey, nodeCryptography)).toMatchObject({ code });
  });

  it.each(['', 'a', 'a.b', 'a.b.c.d', 'e30.e30', '!.e30.AA', 'W10.e30.AA', 'e30.W10.AA', 'e30.e30=.AA'])(
    'does not decode %j',
    (text) => {
      expect(decodeCompactJws(text).ok).toBe(false);
    },
  );
});

describe('credentials as JWT', () => {
  const issuer = () => toDidKey(keys['P-256'].publicKey);
  const credential = () => document({ issuer: issuer(), validUntil: '2027-01-01T00:00:00Z' });
  const options = () => ({ key: keys['P-256'], verificationMethod: methodOf(keys['P-256']) });

  async function outcome(jwt: string) {
    const result = parseCredential(jwt);
    if (!result.ok) return result.findings[0]?.code;
    const resolving = { cryptography: nodeCryptography, issuerId: issuer(), now };
    const report = await verifyVcJwt(result.parsed, {
      cryptography: nodeCryptography,
      now,
      clockSkewSeconds: 0,
      resolveKey: (url, purpose) => resolveVerificationMethod(url, purpose, resolving),
      findPublished: (key, purpose) => findPublishedKey(key, purpose, resolving),
    });
    return [
      report.outcome,
      report.bound,
      ...report.findings.map(({ code, params }) => `${code}${params?.name ? ` ${params.name}` : ''}`),
    ].join(' ');
  }
  const made = async (payload: JsonObject, header: JsonObject = { kid: methodOf(keys['P-256']) }) =>
    outcome(await signCompactJws(payload, header, keys['P-256'], nodeCryptography));
  const claims = () => ({
    iss: issuer(),
    jti: credential().id as string,
    nbf: Date.parse('2026-01-01T00:00:00Z') / 1000,
    sub: 'did:example:subject',
    exp: Date.parse('2027-01-01T00:00:00Z') / 1000,
  });

  it('are made and verified in both profiles', async () => {
    for (const profile of ['open-badges', 'vc-jose-cose'] as const) {
      const signed = await signVcJwt(credential(), { ...options(), profile }, nodeCryptography);
      expect(signed.ok && (await outcome(signed.jwt))).toBe('passed passed');
    }
    const { id: _, ...withoutId } = credential();
    expect(await signVcJwt(withoutId, { ...options(), profile: 'open-badges' }, nodeCryptography)).toMatchObject({
      ok: false,
      finding: { code: 'claim-missing', pointer: '/id' },
    });
  });

  it.each<[string, JsonObject, string]>([
    ['another issuer', { iss: 'did:example:other' }, 'failed passed claim-mismatch iss'],
    ['another subject', { sub: 'did:example:other' }, 'failed passed claim-mismatch sub'],
    ['another id', { jti: 'urn:uuid:other' }, 'failed passed claim-mismatch jti'],
    ['another beginning', { nbf: 1 }, 'failed passed claim-mismatch nbf'],
    ['a beginning in words', { nbf: '2026' }, 'failed passed claim-mismatch nbf'],
    ['an end in the past', { exp: Date.parse('2026-05-01T00:00:00Z') / 1000 }, 'failed passed claim-expired exp'],
    ['an end before time', { exp: -9e15 }, 'failed passed claim-expired exp'],
  ])('refuses %s', async (_, change, expected) => {
    expect(await made({ ...credential(), ...claims(), ...change })).toBe(expected);
    expect(await made({ vc: credential(), ...claims(), ...change })).toContain(expected);
  });

  it.each(['iss', 'sub', 'jti', 'nbf'])('misses the claim %s of the Open Badges profile', async (name) => {
    const { [name as 'iss']: _, ...rest } = claims();
    expect(await made({ vc: credential(), ...rest })).toContain(`claim-missing ${name}`);
  });

  it('tells integrity from who signed', async () => {
    const jwk = toPublicJwk(keys['P-256'].publicKey) as JsonObject;
    expect(await made({ ...credential() }, { jwk })).toBe('passed passed');
    expect(await made({ ...credential() }, {})).toBe('failed cannot-tell jws-key-missing');
    expect(await made({ ...credential() }, { jwk: { ...jwk, d: 'AA' } })).toBe(
      'failed cannot-tell key-private-members',
    );
    expect(
      await made(
        { ...credential() },
        { jwk: toPublicJwk(keys['P-384'].publicKey) as JsonObject, kid: methodOf(keys['P-256']) },
      ),
    ).toBe('failed cannot-tell jws-keys-disagree');
    const stranger = { ...credential(), issuer: 'https://silent.example/issuer' };
    const parsed = parseCredential(await signCompactJws(stranger, { jwk }, keys['P-256'], nodeCryptography));
    const resolving = { cryptography: nodeCryptography, issuerId: 'https://silent.example/issuer', now };
    const report =
      parsed.ok &&
      (await verifyVcJwt(parsed.parsed, {
        cryptography: nodeCryptography,
        now,
        clockSkewSeconds: 0,
        resolveKey: (url, purpose) => resolveVerificationMethod(url, purpose, resolving),
        findPublished: (key, purpose) => findPublishedKey(key, purpose, resolving),
      }));
    expect(report).toMatchObject({
      outcome: 'passed',
      bound: 'cannot-tell',
      findings: [{ code: 'jws-key-only-inside' }],
    });
  });
});
