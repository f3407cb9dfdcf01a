import type { SecretKey } from '../cryptography.ts';
import type { Finding } from '../finding.ts';
import { isJsonObject, type JsonObject, showJson, toList } from '../json/json.ts';
import { findCryptosuite } from './cryptosuites.ts';
import { type HashOptions, hashData } from './hash-data.ts';
import { encodeBase58 } from './multibase.ts';
import { createBaseProofValue } from './selective-disclosure.ts';

export interface ProofOptions {
  cryptosuite: string;
  key: SecretKey;
  /** Absolute URL of the verification method that publishes the key. */
  verificationMethod: string;
  /** Default `assertionMethod`. */
  proofPurpose?: string;
  /** ISO 8601 with a zone. Absent: the proof carries no date. */
  created?: string;
  expires?: string;
  domain?: string | string[];
  challenge?: string;
  nonce?: string;
  id?: string;
  /** Ids of proofs of this document that this one is made over: a chain. */
  previousProof?: string | string[];
  /** ecdsa-sd-2023: JSON Pointers of what every derived credential must reveal. */
  mandatoryPointers?: string[];
}

export type SignedDocument = { ok: true; document: JsonObject } | { ok: false; finding: Finding };

const generationError = 'https://w3id.org/security#PROOF_GENERATION_ERROR';

/**
 * Add a Data Integrity proof (Data Integrity §4.2). The document is not changed; the result is a copy with the proof, in a
 * set with the proofs it had. A document that does not canonicalize, an unknown suite, a key that does not fit and a
 * missing `previousProof` are findings.
 */
export async function addProof(
  document: JsonObject,
  options: ProofOptions,
  hashing: HashOptions,
): Promise<SignedDocument> {
  const refuse = (
    code: 'cryptosuite-unsupported' | 'key-does-not-fit' | 'previous-proof-missing',
    name: string,
  ): SignedDocument => ({
    ok: false,
    finding: { code, severity: 'error', type: generationError, params: { name } },
  });
  const suite = findCryptosuite('DataIntegrityProof', options.cryptosuite);
  if (!suite?.signs) return refuse('cryptosuite-unsupported', options.cryptosuite);
  if (!suite.keyTypes.includes(options.key.type)) return refuse('key-does-not-fit', options.key.type);
  const { proof: given, ...unsecured } = document;
  const existing = toList(given).filter(isJsonObject);
  const previous = toList(options.previousProof).map((id) => existing.find((proof) => proof.id === id));
  if (previous.includes(undefined))
    return refuse('previous-proof-missing', showJson(toList(options.previousProof)[previous.indexOf(undefined)]));
  const config = buildConfig(options);
  if (suite.transform === 'jcs' && document['@context'] !== undefined) config['@context'] = document['@context'];
  const toSign = previous.length > 0 ? { ...unsecured, proof: previous as JsonObject[] } : unsecured;

  let proofValue: string;
  if (suite.transform === 'selective-disclosure') {
    const made = await createBaseProofValue(toSign, config, options.key, options.mandatoryPointers ?? [], hashing);
    if (!made.ok) return made;
    proofValue = made.proofValue;
  } else {
    const data = await hashData(toSign, config, suite, options.key.type, hashing);
    if (!data.ok) return data;
    proofValue = `z${encodeBase58(await hashing.cryptography.sign(options.key, data.bytes))}`;
  }
  const proof: JsonObject = { ...config, proofValue };
  return { ok: true, document: { ...document, proof: existing.length > 0 ? [...existing, proof] : proof } };
}

function buildConfig(options: ProofOptions): JsonObject {
  const {
    cryptosuite,
    verificationMethod,
    proofPurpose,
    created,
    expires,
    domain,
    challenge,
    nonce,
    id,
    previousProof,
  } = options;
  const config: Record<string, JsonObject[string] | undefined> = {
    ...(id === undefined ? {} : { id }),
    type: 'DataIntegrityProof',
    cryptosuite,
    created,
    expires,
    verificationMethod,
    proofPurpose: proofPurpose ?? 'assertionMethod',
    domain,
    challenge,
    nonce,
    previousProof,
  };
  return Object.fromEntries(Object.entries(config).filter(([, value]) => value !== undefined)) as JsonObject;
}
