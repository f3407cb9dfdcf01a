import type { Cryptography, PublicKey, SecretKey } from './cryptography.ts';
import { secretKeyFromJwk, toPublicJwk } from './proof/jwk.ts';
import { encodeBase64url } from './proof/multibase.ts';

const hashes = { sha256: 'SHA-256', sha384: 'SHA-384' } as const;

function parameters(type: PublicKey['type']) {
  if (type === 'Ed25519') return { importing: { name: 'Ed25519' }, signing: { name: 'Ed25519' } };
  if (type === 'RSA')
    return { importing: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }, signing: { name: 'RSASSA-PKCS1-v1_5' } };
  return {
    importing: { name: 'ECDSA', namedCurve: type },
    signing: { name: 'ECDSA', hash: type === 'P-256' ? 'SHA-256' : 'SHA-384' },
  };
}

const copy = (bytes: Uint8Array) => new Uint8Array(bytes);

/** Older browsers have no Ed25519 in WebCrypto; then, and only then, the slower library is loaded. */
let hasEd25519: Promise<boolean> | undefined;
function supportsEd25519(): Promise<boolean> {
  hasEd25519 ??= crypto.subtle.generateKey({ name: 'Ed25519' }, false, ['sign', 'verify']).then(
    () => true,
    () => false,
  );
  return hasEd25519;
}
const loadEd25519 = async () => (await import('@noble/curves/ed25519.js')).ed25519;

async function importPublic(key: PublicKey): Promise<CryptoKey | null> {
  const { importing } = parameters(key.type);
  try {
    if (key.type === 'RSA') return await crypto.subtle.importKey('spki', copy(key.bytes), importing, false, ['verify']);
    const jwk = toPublicJwk(key);
    return jwk ? await crypto.subtle.importKey('jwk', jwk as JsonWebKey, importing, false, ['verify']) : null;
  } catch {
    return null;
  }
}

function secretJwk({ secret, publicKey }: SecretKey): JsonWebKey {
  return { ...(toPublicJwk(publicKey) as JsonWebKey), d: encodeBase64url(secret) };
}

/** Cryptography over WebCrypto, for browsers; runs in Node too. */
export const webCryptography: Cryptography = {
  async digest(algorithm, data) {
    const bytes = typeof data === 'string' ? new TextEncoder().encode(data) : data;
    // Only Open Badges 2.0 recipients were ever hashed with MD5, which WebCrypto leaves out on purpose.
    if (algorithm === 'md5') return (await import('@noble/hashes/legacy.js')).md5(bytes);
    return new Uint8Array(await crypto.subtle.digest(hashes[algorithm], copy(bytes)));
  },
  async digestHex(algorithm, text) {
    const bytes = await this.digest(algorithm, text);
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  },
  async hmacSha256(key, bytes) {
    const imported = await crypto.subtle.importKey('raw', copy(key), { name: 'HMAC', hash: 'SHA-256' }, false, [
      'sign',
    ]);
    return new Uint8Array(await crypto.subtle.sign('HMAC', imported, copy(bytes)));
  },
  randomBytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
  async generateKey(type) {
    if (type === 'Ed25519' && !(await supportsEd25519())) {
      const { secretKey, publicKey } = (await loadEd25519()).keygen();
      return { type, secret: secretKey, publicKey: { type, bytes: publicKey } };
    }
    const pair = (await crypto.subtle.generateKey(parameters(type).importing, true, [
      'sign',
      'verify',
    ])) as CryptoKeyPair;
    return secretKeyFromJwk(type, await crypto.subtle.exportKey('jwk', pair.privateKey));
  },
  async sign(key, bytes) {
    if (key.type === 'Ed25519' && !(await supportsEd25519())) return (await loadEd25519()).sign(bytes, key.secret);
    const { importing, signing } = parameters(key.type);
    const imported = await crypto.subtle.importKey('jwk', secretJwk(key), importing, false, ['sign']);
    return new Uint8Array(await crypto.subtle.sign(signing, imported, copy(bytes)));
  },
  async verify(key, bytes, signature) {
    if (key.type === 'Ed25519' && !(await supportsEd25519())) {
      try {
        // RFC 8032 as WebCrypto and node:crypto check it, not the looser ZIP 215.
        return (await loadEd25519()).verify(signature, bytes, key.bytes, { zip215: false });
      } catch {
        return false;
      }
    }
    const imported = await importPublic(key);
    if (imported === null) return false;
    return crypto.subtle.verify(parameters(key.type).signing, imported, copy(signature), copy(bytes));
  },
};
