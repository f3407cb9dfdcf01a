/** Key types that proofs use. Signature hash: none for Ed25519, SHA-256 for P-256 and RSA (PKCS#1 v1.5), SHA-384 for P-384. */
export type KeyType = 'Ed25519' | 'P-256' | 'P-384' | 'RSA';

/**
 * A public key. `bytes`: Ed25519 32 bytes; P-256 33 and P-384 49 bytes, compressed points; RSA the DER of
 * SubjectPublicKeyInfo.
 */
export interface PublicKey {
  type: KeyType;
  bytes: Uint8Array;
}

/** A secret key. `secret`: Ed25519 the 32-byte seed; P-256 the 32-byte and P-384 the 48-byte scalar. RSA keys only verify. */
export interface SecretKey {
  type: Exclude<KeyType, 'RSA'>;
  secret: Uint8Array;
  publicKey: PublicKey;
}

export type Awaitable<T> = T | Promise<T>;

/** Cryptography as an argument: node:crypto in `src/node`, WebCrypto in `web-cryptography.ts`. */
export interface Cryptography {
  /** Text is hashed as UTF-8. */
  digest(algorithm: 'sha256' | 'sha384' | 'md5', data: Uint8Array | string): Awaitable<Uint8Array>;
  /** The same in lower-case hexadecimal, as canonicalization compares digests. */
  digestHex(algorithm: 'sha256' | 'sha384', text: string): Awaitable<string>;
  hmacSha256(key: Uint8Array, bytes: Uint8Array): Awaitable<Uint8Array>;
  randomBytes(length: number): Uint8Array;
  generateKey(type: SecretKey['type']): Awaitable<SecretKey>;
  /** ECDSA signatures are r‖s (IEEE P1363). */
  sign(key: SecretKey, bytes: Uint8Array): Awaitable<Uint8Array>;
  /** False for a signature that does not match and for key bytes that are no valid key. */
  verify(key: PublicKey, bytes: Uint8Array, signature: Uint8Array): Awaitable<boolean>;
}
