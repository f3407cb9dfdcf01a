import type { PublicKey } from '../cryptography.ts';
import type { JsonObject } from '../json/json.ts';
import { decompressPoint } from '../proof/ec-point.ts';
import { concat, der } from '../proof/jwk.ts';
import { decodeMultibase } from '../proof/multibase.ts';
import { encodeMultikey } from '../proof/multikey.ts';
import type { DidErrorCode } from './did-error.ts';

/** Keys that did:key knows. Those without a `type` are recognised, not used: X25519 agrees on keys, it does not sign. */
const codecs = [
  { code: 0xed, type: 'Ed25519', length: 32 },
  { code: 0xec, type: 'X25519', length: 32 },
  { code: 0xe7, type: 'secp256k1', length: 33 },
  { code: 0x1200, type: 'P-256', length: 33 },
  { code: 0x1201, type: 'P-384', length: 49 },
  { code: 0x1205, type: 'RSA', length: null },
] as const;

export type DidKeyType = (typeof codecs)[number]['type'];

export type DecodedDidKey =
  | { ok: true; type: DidKeyType; bytes: Uint8Array; multibase: string; key: PublicKey | null }
  | { ok: false; error: DidErrorCode };

/** `did:key:z…` of a key. */
export function toDidKey(key: PublicKey): string {
  return `did:key:${encodeMultikey(key)}`;
}

/** Take a did:key apart (did:key §3.1): `did:key:[version:]z…`, without fragment. */
export function decodeDidKey(did: string): DecodedDidKey {
  const match = /^did:key:(?:([^:]*):)?([^:#?/]+)$/.exec(did);
  if (match === null) return { ok: false, error: 'invalidDid' };
  const [, version, multibase = ''] = match;
  if (version !== undefined && !/^[1-9]\d*$/.test(version)) return { ok: false, error: 'invalidDid' };
  const bytes = multibase.startsWith('z') ? decodeMultibase(multibase, 1024) : undefined;
  if (bytes === undefined) return { ok: false, error: 'invalidDid' };
  const [first = 0, second = 0] = bytes;
  const oneByte = first < 0x80;
  const code = oneByte ? first : (first & 0x7f) | (second << 7);
  const codec = codecs.find((entry) => entry.code === code);
  if (codec === undefined) return { ok: false, error: 'unsupportedPublicKeyType' };
  const raw = bytes.slice(oneByte ? 1 : 2);
  if (codec.length !== null && raw.length !== codec.length) return { ok: false, error: 'invalidPublicKeyLength' };
  const key = toPublicKey(codec.type, raw);
  return key === 'invalid'
    ? { ok: false, error: 'invalidPublicKey' }
    : { ok: true, type: codec.type, bytes: raw, multibase, key };
}

function toPublicKey(type: DidKeyType, bytes: Uint8Array): PublicKey | null | 'invalid' {
  switch (type) {
    case 'Ed25519':
      return { type, bytes };
    case 'P-256':
    case 'P-384':
      return decompressPoint(type, bytes) === undefined ? 'invalid' : { type, bytes };
    case 'secp256k1':
      return decompressPoint(type, bytes) === undefined ? 'invalid' : null;
    case 'RSA': {
      // The DID carries PKCS #1; keys travel here as SubjectPublicKeyInfo.
      if (bytes[0] !== 0x30 || bytes.length < 140) return 'invalid';
      const algorithm = Uint8Array.of(0x30, 13, 6, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1, 5, 0);
      return { type, bytes: der(0x30, concat(algorithm, der(0x03, concat(Uint8Array.of(0), bytes)))) };
    }
    default:
      return null;
  }
}

/** The DID document of a did:key: one method, for every relationship that its key can serve. */
export function didKeyDocument(did: string, { type, multibase }: Extract<DecodedDidKey, { ok: true }>): JsonObject {
  const id = `${did}#${multibase}`;
  const base: JsonObject = {
    '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1'],
    id: did,
    verificationMethod: [{ id, type: 'Multikey', controller: did, publicKeyMultibase: multibase }],
  };
  return type === 'X25519'
    ? { ...base, keyAgreement: [id] }
    : { ...base, authentication: [id], assertionMethod: [id], capabilityInvocation: [id], capabilityDelegation: [id] };
}
