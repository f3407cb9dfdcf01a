import type { KeyType } from '../cryptography.ts';

/** How a suite turns a document into what is signed. */
export type Transform = 'rdfc' | 'jcs' | 'selective-disclosure';

export interface Cryptosuite {
  /** Undefined for proof types older than Data Integrity. */
  cryptosuite?: string;
  type: 'DataIntegrityProof' | 'Ed25519Signature2020';
  keyTypes: readonly KeyType[];
  transform: Transform;
  /** Multibase header of proofValue. */
  proofValuePrefix: 'z' | 'u';
  /** False: verified for old credentials, never made. */
  signs: boolean;
}

const dataIntegrity = { type: 'DataIntegrityProof', proofValuePrefix: 'z', signs: true } as const;

/** Every Data Integrity cryptosuite that Assay knows: Data Integrity EdDSA and ECDSA Cryptosuites 1.0. */
export const cryptosuites: readonly Cryptosuite[] = [
  { ...dataIntegrity, cryptosuite: 'eddsa-rdfc-2022', keyTypes: ['Ed25519'], transform: 'rdfc' },
  // The name that early 1EdTech material used for the same algorithm.
  { ...dataIntegrity, cryptosuite: 'eddsa-2022', keyTypes: ['Ed25519'], transform: 'rdfc', signs: false },
  { ...dataIntegrity, cryptosuite: 'eddsa-jcs-2022', keyTypes: ['Ed25519'], transform: 'jcs' },
  { ...dataIntegrity, cryptosuite: 'ecdsa-rdfc-2019', keyTypes: ['P-256', 'P-384'], transform: 'rdfc' },
  { ...dataIntegrity, cryptosuite: 'ecdsa-jcs-2019', keyTypes: ['P-256', 'P-384'], transform: 'jcs' },
  {
    ...dataIntegrity,
    cryptosuite: 'ecdsa-sd-2023',
    keyTypes: ['P-256'],
    transform: 'selective-disclosure',
    proofValuePrefix: 'u',
  },
  { type: 'Ed25519Signature2020', keyTypes: ['Ed25519'], transform: 'rdfc', proofValuePrefix: 'z', signs: false },
];

/** The row for a proof's type and cryptosuite; undefined when Assay does not know it. */
export function findCryptosuite(type: unknown, cryptosuite: unknown): Cryptosuite | undefined {
  return cryptosuites.find((row) => row.type === type && row.cryptosuite === cryptosuite);
}
