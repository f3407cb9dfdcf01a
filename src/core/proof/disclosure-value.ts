import { decode, encode } from 'cborg';
import { concat } from './jwk.ts';
import { encodeBase64url } from './multibase.ts';

export interface BaseProof {
  baseSignature: Uint8Array;
  /** Multikey bytes of the ephemeral P-256 key, 35 of them. */
  publicKey: Uint8Array;
  hmacKey: Uint8Array;
  signatures: Uint8Array[];
  mandatoryPointers: string[];
}

export interface DerivedProof {
  baseSignature: Uint8Array;
  publicKey: Uint8Array;
  signatures: Uint8Array[];
  /** N of `c14nN` → the 32 bytes of its HMAC label. */
  labelMap: Map<number, Uint8Array>;
  mandatoryIndexes: number[];
}

const baseHeader = Uint8Array.of(0xd9, 0x5d, 0x00);
const derivedHeader = Uint8Array.of(0xd9, 0x5d, 0x01);
const hasHeader = (bytes: Uint8Array, header: Uint8Array) => header.every((byte, index) => bytes[index] === byte);

export function encodeBaseProof(proof: BaseProof): string {
  const { baseSignature, publicKey, hmacKey, signatures, mandatoryPointers } = proof;
  return `u${encodeBase64url(concat(baseHeader, encode([baseSignature, publicKey, hmacKey, signatures, mandatoryPointers])))}`;
}

export function encodeDerivedProof(proof: DerivedProof): string {
  const { baseSignature, publicKey, signatures, labelMap, mandatoryIndexes } = proof;
  return `u${encodeBase64url(concat(derivedHeader, encode([baseSignature, publicKey, signatures, labelMap, mandatoryIndexes])))}`;
}

/** Undefined when the bytes are no base proof of the right shapes and lengths. */
export function decodeBaseProof(bytes: Uint8Array): BaseProof | undefined {
  const parts = hasHeader(bytes, baseHeader) ? decodeList(bytes) : undefined;
  if (parts?.length !== 5) return undefined;
  const [baseSignature, publicKey, hmacKey, signatures, mandatoryPointers] = parts;
  if (!isBytes(baseSignature, 64) || !isKey(publicKey) || !isBytes(hmacKey, 32) || !areSignatures(signatures))
    return undefined;
  if (!Array.isArray(mandatoryPointers) || !mandatoryPointers.every((item) => typeof item === 'string'))
    return undefined;
  return { baseSignature, publicKey, hmacKey, signatures, mandatoryPointers };
}

/** `base` for a base proof; undefined when the bytes are no derived proof of the right shapes and lengths. */
export function decodeDerivedProof(bytes: Uint8Array): DerivedProof | 'base' | undefined {
  if (hasHeader(bytes, baseHeader)) return 'base';
  const parts = hasHeader(bytes, derivedHeader) ? decodeList(bytes) : undefined;
  if (parts?.length !== 5) return undefined;
  const [baseSignature, publicKey, signatures, labelMap, mandatoryIndexes] = parts;
  if (!isBytes(baseSignature, 64) || !isKey(publicKey) || !areSignatures(signatures)) return undefined;
  if (!(labelMap instanceof Map) || ![...labelMap].every(([number, label]) => isIndex(number) && isBytes(label, 32)))
    return undefined;
  if (!Array.isArray(mandatoryIndexes) || !mandatoryIndexes.every(isIndex)) return undefined;
  return { baseSignature, publicKey, signatures, labelMap, mandatoryIndexes };
}

function decodeList(bytes: Uint8Array): unknown[] | undefined {
  try {
    const value: unknown = decode(bytes.subarray(3), { useMaps: true, rejectDuplicateMapKeys: true });
    return Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const isBytes = (value: unknown, length: number): value is Uint8Array =>
  value instanceof Uint8Array && value.length === length;
const isKey = (value: unknown): value is Uint8Array => isBytes(value, 35) && value[0] === 0x80 && value[1] === 0x24;
const isIndex = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
const areSignatures = (value: unknown): value is Uint8Array[] =>
  Array.isArray(value) && value.every((item) => isBytes(item, 64));
