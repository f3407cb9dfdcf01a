import type { PublicKey } from '../cryptography.ts';
import { concat, der } from '../proof/jwk.ts';

const rsaAlgorithm = Uint8Array.of(0x30, 13, 6, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1, 5, 0);

/** An RSA key from PEM, as SubjectPublicKeyInfo or PKCS #1. Undefined for other keys, certificates and malformed text. */
export function publicKeyFromPem(pem: string): PublicKey | undefined {
  const match = /-----BEGIN (RSA )?PUBLIC KEY-----([A-Za-z0-9+/=\s]+)-----END (RSA )?PUBLIC KEY-----/.exec(pem);
  if (match === null || pem.length > 20_000) return undefined;
  let bytes: Uint8Array;
  try {
    bytes = Uint8Array.from(atob((match[2] ?? '').replace(/\s/g, '')), (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
  if (bytes[0] !== 0x30 || bytes.length < 140) return undefined;
  const isPkcs1 = match[1] !== undefined;
  return {
    type: 'RSA',
    bytes: isPkcs1 ? der(0x30, concat(rsaAlgorithm, der(0x03, concat(Uint8Array.of(0), bytes)))) : bytes,
  };
}
