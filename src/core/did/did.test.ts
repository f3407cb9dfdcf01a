import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { nodeCryptography } from '../../node/cryptography.ts';
import type { SecretKey } from '../cryptography.ts';
import { UnavailableError } from '../finding.ts';
import type { JsonObject, JsonValue } from '../json/json.ts';
import type { Network } from '../network.ts';
import { publicKeyFromJwk, toPublicJwk } from '../proof/jwk.ts';
import { encodeBase58, encodeBase64url } from '../proof/multibase.ts';
import { decodeMultikey, encodeMultikey } from '../proof/multikey.ts';
import { decodeDidKey, toDidKey } from './did-key.ts';
import { didWebUrl, resolveDid } from './resolve-did.ts';
import { findPublishedKey, resolveVerificationMethod } from './resolve-verification-method.ts';

const vectors = resolve(import.meta.dirname, '../../../../shared/data/vectors/did-key');
const hasVectors = existsSync(vectors);
if (!hasVectors) console.warn('skipped: published did:key vectors are not beside this checkout');
const now = new Date('2026-06-01T00:00:00Z');

let key: SecretKey;
let other: SecretKey;
beforeAll(async () => {
  key = await nodeCryptography.generateKey('Ed25519');
  other = await nodeCryptography.generateKey('P-256');
});

function serving(answers: Record<string, JsonValue>): Network {
  return {
    async fetch(url) {
      const answer = answers[url];
      if (answer === undefined) throw new UnavailableError(url, 'timeout');
      return {
        url,
        status: 200,
        contentType: 'application/json',
        bytes: new TextEncoder().encode(JSON.stringify(answer)),
      };
    },
  };
}

/** Most files go from DID to vector; one groups documents under `didDocument`. */
function readVectors(file: string): [string, JsonObject][] {
  const read = JSON.parse(readFileSync(join(vectors, file), 'utf8')) as Record<string, JsonObject>;
  const grouped = read.didDocument as Record<string, JsonObject> | undefined;
  return grouped === undefined
    ? Object.entries(read)
    : Object.entries(grouped).map(([did, didDocument]) => [did, { didDocument }]);
}

describe.skipIf(!hasVectors)('published did:key vectors', () => {
  for (const file of hasVectors ? readdirSync(vectors) : [])
    it.each(readVectors(file))(`${file}: %s`, async (did, vector) => {
      const decoded = decodeDidKey(did);
      if (!decoded.ok) {
        // Curves that no credential here is signed with are named as such, never guessed.
        expect(decoded.error).toBe('unsupportedPublicKeyType');
        expect(file).toBe('nist-curves.json');
        return;
      }
      const document = vector.didDocument as JsonObject;
      expect(document.id).toBe(did);
      const [method] = (document.verificationMethod ?? []) as JsonObject[];
      if (decoded.key !== null && method !== undefined) {
        const jwk = method.publicKeyJwk as JsonObject | undefined;
        if (jwk !== undefined) expect(publicKeyFromJwk(jwk)).toEqual({ ok: true, key: decoded.key });
      }
      expect(await resolveDid(did, {})).toMatchObject({ ok: true, document: { id: did } });
    });
});

describe('did:key', () => {
  it('goes both ways for every key that signs', async () => {
    for (const type of ['Ed25519', 'P-256', 'P-384'] as const) {
      const { publicKey } = await nodeCryptography.generateKey(type);
      expect(decodeDidKey(toDidKey(publicKey))).toMatchObject({ ok: true, type, key: publicKey });
      expect(decodeMultikey(encodeMultikey(publicKey))).toEqual(publicKey);
      const jwk = toPublicJwk(publicKey) as JsonObject;
      expect(publicKeyFromJwk(jwk)).toEqual({ ok: true, key: publicKey });
      expect(publicKeyFromJwk({ ...jwk, d: 'AA' })).toEqual({ ok: false, code: 'key-private-members' });
    }
  });

  it.each([
    ['did:key:', 'invalidDid'],
    ['did:key:u7QEB', 'invalidDid'],
    ['did:key:z0OIl', 'invalidDid'],
    ['did:key:0:z6Mk', 'invalidDid'],
    [`did:key:z${encodeBase58(Uint8Array.of(0xed, 1, 1))}`, 'invalidPublicKeyLength'],
    [`did:key:z${encodeBase58(Uint8Array.of(0x80, 0x24, 2, ...new Uint8Array(32).fill(255)))}`, 'invalidPublicKey'],
    [`did:key:z${encodeBase58(Uint8Array.of(0x80, 0x26, ...new Uint8Array(32)))}`, 'unsupportedPublicKeyType'],
  ])('%s is %s', (did, error) => expect(decodeDidKey(did)).toEqual({ ok: false, error }));
});

describe('did:web', () => {
  it.each([
    ['did:web:example.com', 'https://example.com/.well-known/did.json'],
    ['did:web:example.com:u:a', 'https://example.com/u/a/did.json'],
    ['did:web:example.com%3A3000:u:a', 'https://example.com:3000/u/a/did.json'],
    ['did:web:1.2.3.4', undefined],
    ['did:web:example.com:..:x', undefined],
    ['did:web:example.com/x', undefined],
    ['did:web:user@example.com', undefined],
    ['did:web:', undefined],
    ['did:web:example.com::x', undefined],
    ['did:web:example.com:a:%2e%2e', undefined],
    ['did:web:0x7f000001', undefined],
    ['did:web:1.0x1', undefined],
    ['did:web:EXAMPLE.com:a%2fb', 'https://example.com/a%2fb/did.json'],
  ])('%s → %s', (did, url) => expect(didWebUrl(did)?.href).toBe(url));

  it('wants the document to be about the DID', async () => {
    const network = serving({ 'https://example.com/.well-known/did.json': { id: 'did:web:evil.example' } });
    expect(await resolveDid('did:web:example.com', { network })).toMatchObject({
      ok: false,
      error: 'invalidDidDocument',
    });
    expect(await resolveDid('did:web:silent.example', { network })).toMatchObject({
      ok: false,
      unavailable: expect.any(UnavailableError),
    });
  });

  it.each([
    ['https://example.com/did', true],
    ['https://www.example.com/did', true],
    ['https://ids.example.com/did', true],
    ['https://evil.example/did', false],
    ['https://notexample.com/did', false],
    ['https://example.com:8443/did', false],
    ['https://example.com.evil.example/did', false],
  ])('a redirect to %s speaks for the site: %s', async (url, speaks) => {
    const did = 'did:web:example.com';
    const { fetch } = serving({ 'https://example.com/.well-known/did.json': { id: did } });
    const network: Network = { fetch: async (asked, purpose) => ({ ...(await fetch(asked, purpose)), url }) };
    expect(await resolveDid(did, { network })).toMatchObject(
      speaks ? { ok: true } : { ok: false, unavailable: { reason: 'redirected-elsewhere' } },
    );
  });
});

describe('resolveVerificationMethod', () => {
  const multikey = () => encodeMultikey(key.publicKey);
  const method = (id: string, controller: string, more: JsonObject = {}): JsonObject => ({
    id,
    type: 'Multikey',
    controller,
    publicKeyMultibase: multikey(),
    ...more,
  });
  const resolveIt = async (
    url: string,
    issuerId: string | null,
    answers: Record<string, JsonValue> = {},
    purpose = 'assertionMethod',
  ) => {
    const result = await resolveVerificationMethod(url, purpose, {
      network: serving(answers),
      cryptography: nodeCryptography,
      issuerId,
      now,
    });
    return result.ok
      ? `bound ${result.bound}${result.verifiedAs ? ` ${result.verifiedAs.kind} ${result.verifiedAs.value}` : ''}`
      : `${result.outcome} ${result.findings[0]?.code}`;
  };
  const web = 'did:web:example.edu';
  const webUrl = 'https://example.edu/.well-known/did.json';
  const webDocument = (more: JsonObject = {}): JsonObject => ({
    id: web,
    verificationMethod: [method(`${web}#k`, web)],
    assertionMethod: [`${web}#k`],
    ...more,
  });
  const profile = 'https://example.edu/issuer';

  it('did:key is bound to itself and to nobody else', async () => {
    const did = toDidKey(key.publicKey);
    expect(await resolveIt(`${did}#${multikey()}`, did)).toBe(`bound passed key ${did}`);
    expect(await resolveIt(did, did)).toBe(`bound passed key ${did}`);
    expect(await resolveIt(did, 'did:example:other')).toBe('bound failed');
    expect(await resolveIt(`${did}#other`, did)).toBe('failed method-not-found');
    expect(await resolveIt(did, profile)).toBe('bound cannot-tell');
    expect(
      await resolveIt(did, profile, {
        [profile]: { id: profile, verificationMethod: [method(did, profile)], assertionMethod: [did] },
      }),
    ).toBe('bound passed domain example.edu');
    expect(await resolveIt(did, profile, { [profile]: { id: profile } })).toBe('bound failed');
  });

  it('did:jwk has one method, #0, and no secrets', async () => {
    const jwk = toPublicJwk(key.publicKey) as JsonObject;
    const did = (value: JsonObject) => `did:jwk:${encodeBase64url(new TextEncoder().encode(JSON.stringify(value)))}`;
    expect(await resolveIt(`${did(jwk)}#0`, did(jwk))).toBe(`bound passed key ${did(jwk)}`);
    expect(await resolveIt(`${did(jwk)}#1`, did(jwk))).toBe('failed method-not-listed');
    expect(await resolveIt(`${did({ ...jwk, use: 'enc' })}#0`, did({ ...jwk, use: 'enc' }))).toBe(
      'failed method-not-listed',
    );
    expect(await resolveIt(`${did({ ...jwk, d: 'AA' })}#0`, did({ ...jwk, d: 'AA' }))).toMatch(/^failed/);
  });

  it('did:web must list the method for the purpose', async () => {
    const at = (document: JsonObject, url = `${web}#k`) => resolveIt(url, web, { [webUrl]: document });
    expect(await at(webDocument())).toBe('bound passed domain example.edu');
    expect(await at(webDocument({ assertionMethod: [method(`${web}#k`, web)] }))).toBe(
      'bound passed domain example.edu',
    );
    expect(await at(webDocument({ verificationMethod: [method('#k', web)], assertionMethod: ['#k'] }))).toBe(
      'bound passed domain example.edu',
    );
    expect(await at(webDocument({ assertionMethod: [] }))).toBe('failed method-not-listed');
    expect(await at(webDocument(), `${web}#other`)).toBe('failed method-not-listed');
    expect(await at(webDocument(), web)).toBe('failed method-not-listed');
    expect(await at(webDocument({ verificationMethod: [method(`${web}#k`, 'did:web:evil.example')] }))).toBe(
      'failed controller-not-issuer',
    );
    expect(
      await at(webDocument({ verificationMethod: [method(`${web}#k`, web, { revoked: '2026-05-01T00:00:00Z' })] })),
    ).toBe('failed method-retired');
    expect(
      await at(webDocument({ verificationMethod: [method(`${web}#k`, web, { expires: '2027-05-01T00:00:00Z' })] })),
    ).toBe('bound passed domain example.edu');
    expect(
      await at(webDocument({ verificationMethod: [method(`${web}#k`, web, { publicKeyMultibase: 'z42tw' })] })),
    ).toBe('failed key-malformed');
    expect(await resolveIt(`${web}#k`, web)).toBe('cannot-tell controller-unavailable');
    expect(await resolveIt(`${web}#k`, 'did:web:other.example', { [webUrl]: webDocument() })).toBe('bound cannot-tell');
  });

  it('a key in the fragment counts when the issuer publishes it', async () => {
    const url = `${profile}#${multikey()}`;
    expect(await resolveIt(url, profile)).toBe('bound cannot-tell');
    expect(
      await resolveIt(url, profile, {
        [profile]: {
          id: profile,
          verificationMethod: [method(`${profile}#1`, profile)],
          assertionMethod: [`${profile}#1`],
        },
      }),
    ).toBe('bound passed domain example.edu');
    expect(await resolveIt(url, profile, { [profile]: { id: profile } })).toBe('bound cannot-tell');
    expect(
      await resolveIt(url, profile, {
        [profile]: { id: 'https://evil.example/', assertionMethod: [method(url, profile)] },
      }),
    ).toBe('bound cannot-tell');
    const foreign = encodeMultikey(other.publicKey);
    expect(
      await resolveIt(`${profile}#${foreign}`, profile, {
        [profile]: { id: profile, assertionMethod: [method(`${profile}#${foreign}`, profile)] },
      }),
    ).toBe('bound cannot-tell');
    expect(await resolveIt(`https://elsewhere.example/#${multikey()}`, profile)).toBe('bound cannot-tell');
  });

  it('a key document anywhere cannot make itself the issuer’s', async () => {
    const url = 'https://evil.example/key';
    const claim = { [url]: method(url, profile) };
    expect(await resolveIt(url, profile, claim)).toBe('bound cannot-tell');
    expect(await resolveIt(url, profile, { ...claim, [profile]: { id: profile } })).toBe('bound cannot-tell');
    expect(
      await resolveIt(url, profile, { ...claim, [profile]: { id: profile, assertionMethod: [method(url, profile)] } }),
    ).toBe('bound passed domain example.edu');
    expect(await resolveIt(url, profile, { [url]: { ...method('https://evil.example/another', profile) } })).toBe(
      'failed method-not-found',
    );
  });

  it('a key document anywhere cannot make itself a DID’s', async () => {
    const url = 'https://evil.example/key';
    const stranger = toDidKey(other.publicKey);
    for (const issuer of [web, stranger, 'did:jwk:e30']) {
      expect(await resolveIt(url, issuer, { [url]: method(url, issuer), [webUrl]: webDocument() })).toBe(
        'bound cannot-tell',
      );
      expect(await resolveIt(url, issuer, { [url]: method(url, issuer) })).toBe('bound cannot-tell');
    }
    const listed = webDocument({ assertionMethod: [method(url, web)] });
    expect(await resolveIt(url, web, { [url]: method(url, web), [webUrl]: listed })).toBe(
      'bound passed domain example.edu',
    );
  });

  it('an issuer id that is no address proves nothing and throws nothing', async () => {
    for (const issuerId of ['https://[bad', 'https://', 'https://exa mple', 'did:web:', 'x'])
      expect(
        await findPublishedKey(key.publicKey, 'assertionMethod', {
          network: serving({}),
          cryptography: nodeCryptography,
          issuerId,
          now,
        }),
      ).toMatchObject({ ok: true, verifiedAs: null });
  });

  it('JWK sets are picked by kid', async () => {
    const url = 'https://example.edu/jwks#one';
    const jwk = toPublicJwk(key.publicKey) as JsonObject;
    expect(
      await resolveIt(url, null, {
        'https://example.edu/jwks': {
          keys: [
            { ...jwk, kid: 'two' },
            { ...jwk, kid: 'one' },
          ],
        },
      }),
    ).toBe('bound cannot-tell');
    expect(
      await resolveIt(url, null, {
        'https://example.edu/jwks': {
          keys: [
            { ...jwk, kid: 'two' },
            { ...jwk, kid: 'three' },
          ],
        },
      }),
    ).toBe('failed method-not-found');
  });

  it.each(['http://example.edu/key', 'ftp://x', 'key', '', 'https://exa mple/', 'did:'])('refuses %j', async (url) => {
    expect(await resolveIt(url, profile)).toMatch(/^(failed|cannot-tell) method-(malformed|unknown)/);
  });

  it('finds a key that a token carries among those the issuer publishes', async () => {
    const find = async (secret: SecretKey) => {
      const found = await findPublishedKey(secret.publicKey, 'assertionMethod', {
        network: serving({ [webUrl]: webDocument() }),
        cryptography: nodeCryptography,
        issuerId: web,
        now,
      });
      return found.ok && found.bound;
    };
    expect(await find(key)).toBe('passed');
    expect(await find(other)).toBe('failed');
  });
});
