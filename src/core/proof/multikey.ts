import type { PublicKey, SecretKey } from '../cryptography.ts';
import { concat } from './jwk.ts';
import { decodeMultibase, encodeBase58 } from './multibase.ts';

/** Rows of the Multikey table (Controlled Identifiers §2.2.2): the two bytes in front of a key, and its length. */
const rows = [
  { type: 'Ed25519', publicPrefix: [0xed, 0x01], secretPrefix: [0x80, 0x26], publicLength: 32, secretLength: 32 },
  { type: 'P-256', publicPrefix: [0x80, 0x24], secretPrefix: [0x86, 0x26], publicLength: 33, secretLength: 32 },
  { type: 'P-384', publicPrefix: [0x81, 0x24], secretPrefix: [0x87, 0x26], publicLength: 49, secretLength: 48 },
] as const;

const row = (type: SecretKey['type']) => rows.find((entry) => entry.type === type) as (typeof rows)[number];
const startsWith = (bytes: Uint8Array, [first, second]: readonly [number, number]) =>
  bytes[0] === first && bytes[1] === second;

/** `publicKeyMultibase` of a key. Throws a TypeError for RSA, which has no Multikey. */
export function encodeMultikey({ type, bytes }: PublicKey): string {
  if (type === 'RSA') throw new TypeError('RSA keys have no Multikey form');
  return `z${encodeBase58(concat(Uint8Array.from(row(type).publicPrefix), bytes))}`;
}

/** A public key from `publicKeyMultibase`. Undefined for any other prefix, secret ones included, and wrong lengths. */
export function decodeMultikey(text: string): PublicKey | undefined {
  const bytes = text.startsWith('z') ? decodeMultibase(text, 128) : undefined;
  if (bytes === undefined) return undefined;
  const found = rows.find(({ publicPrefix }) => startsWith(bytes, publicPrefix));
  if (found === undefined || bytes.length !== found.publicLength + 2) return undefined;
  return { type: found.type, bytes: bytes.slice(2) };
}

/** `secretKeyMultibase` of a key. */
export function encodeSecretMultikey({ type, secret }: SecretKey): string {
  return `z${encodeBase58(concat(Uint8Array.from(row(type).secretPrefix), secret))}`;
}

/**
 * A secret key from its two Multikeys. Ed25519 secrets come as the 32-byte seed, and as seed and public key together in
 * 1EdTech and some library material. Undefined when they are malformed or of different types.
 */
export function decodeSecretMultikey(secretText: string, publicText: string): SecretKey | undefined {
  const publicKey = decodeMultikey(publicText);
  const bytes = secretText.startsWith('z') ? decodeMultibase(secretText, 128) : undefined;
  if (publicKey === undefined || publicKey.type === 'RSA' || bytes === undefined) return undefined;
  const { secretPrefix, secretLength, type } = row(publicKey.type);
  const secret = bytes.slice(2);
  if (!startsWith(bytes, secretPrefix)) return undefined;
  if (type === 'Ed25519' && secret.length === 64) {
    const matches = publicKey.bytes.every((byte, index) => byte === secret[32 + index]);
    return matches ? { type, secret: secret.slice(0, 32), publicKey } : undefined;
  }
  return secret.length === secretLength ? { type, secret, publicKey } : undefined;
}
