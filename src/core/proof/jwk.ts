import type { PublicKey, SecretKey } from '../cryptography.ts';
import type { JsonObject } from '../json/json.ts';
import { compressPoint, decompressPoint } from './ec-point.ts';
import { decodeBase64url, encodeBase64url } from './multibase.ts';

const privateMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];
const minimumRsaBytes = 256;

export type JwkFault = 'key-private-members' | 'key-type-unsupported' | 'key-malformed';

/** A public key from a JWK (RFC 7517, RFC 7518 §6, RFC 8037). Private members are refused: such a key is burnt. */
export function publicKeyFromJwk(jwk: JsonObject): { ok: true; key: PublicKey } | { ok: false; code: JwkFault } {
  if (privateMembers.some((member) => Object.hasOwn(jwk, member))) return { ok: false, code: 'key-private-members' };
  const malformed = { ok: false, code: 'key-malformed' } as const;
  const { kty, crv } = jwk;
  if (kty === 'OKP' && crv === 'Ed25519') {
    const bytes = decodeMember(jwk.x);
    return bytes?.length === 32 ? { ok: true, key: { type: 'Ed25519', bytes } } : malformed;
  }
  if (kty === 'EC' && (crv === 'P-256' || crv === 'P-384')) {
    const [x, y] = [decodeMember(jwk.x), decodeMember(jwk.y)];
    const bytes = x && y ? compressPoint(crv, x, y) : undefined;
    return bytes ? { ok: true, key: { type: crv, bytes } } : malformed;
  }
  if (kty === 'RSA') {
    const [n, e] = [decodeMember(jwk.n), decodeMember(jwk.e)];
    if (!n || !e || n.length < minimumRsaBytes || n.length > 2048 || e.length > 8) return malformed;
    return { ok: true, key: { type: 'RSA', bytes: rsaDer(n, e) } };
  }
  return { ok: false, code: 'key-type-unsupported' };
}

function decodeMember(value: unknown): Uint8Array | undefined {
  return typeof value === 'string' ? decodeBase64url(value) : undefined;
}

/** DER SubjectPublicKeyInfo of an RSA key. */
function rsaDer(n: Uint8Array, e: Uint8Array): Uint8Array {
  const integer = (bytes: Uint8Array) => {
    const start = bytes.findIndex((byte) => byte !== 0);
    const trimmed = bytes.subarray(Math.max(0, start));
    return der(0x02, (trimmed[0] ?? 0) & 0x80 ? concat(Uint8Array.of(0), trimmed) : trimmed);
  };
  const algorithm = Uint8Array.of(0x30, 13, 6, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1, 5, 0);
  const bits = concat(Uint8Array.of(0), der(0x30, concat(integer(n), integer(e))));
  return der(0x30, concat(algorithm, der(0x03, bits)));
}

/** One DER value: tag, length, content. */
export function der(tag: number, content: Uint8Array): Uint8Array {
  const { length } = content;
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return concat(Uint8Array.of(tag, ...size), content);
}

export function concat(...parts: Uint8Array[]): Uint8Array {
  const result = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    result.set(part, at);
    at += part.length;
  }
  return result;
}

/** A public JWK of an Ed25519, P-256 or P-384 key. Undefined when the bytes are no point of the curve. */
export function toPublicJwk(key: PublicKey): JsonObject | undefined {
  if (key.type === 'RSA') return undefined;
  if (key.type === 'Ed25519') return { kty: 'OKP', crv: 'Ed25519', x: encodeBase64url(key.bytes) };
  const point = decompressPoint(key.type, key.bytes);
  return point && { kty: 'EC', crv: key.type, x: encodeBase64url(point.x), y: encodeBase64url(point.y) };
}

/** A secret key from the JWK that a cryptography library exports. Throws a TypeError for anything else. */
export function secretKeyFromJwk(type: SecretKey['type'], jwk: JsonWebKey): SecretKey {
  const { d, ...publicJwk } = jwk;
  const secret = decodeMember(d);
  const { kty, crv, x, y } = publicJwk;
  const result = publicKeyFromJwk({ kty, crv, x, ...(y === undefined ? {} : { y }) } as JsonObject);
  if (!secret || !result.ok || result.key.type !== type) throw new TypeError('not a secret key of this type');
  return { type, secret, publicKey: result.key };
}
