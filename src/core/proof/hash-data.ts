import type { Cryptography, KeyType } from '../cryptography.ts';
import type { Finding } from '../finding.ts';
import { canonicalJson } from '../json/canonical-json.ts';
import { type JsonObject, toList } from '../json/json.ts';
import { canonicalize } from '../json-ld/canonicalize.ts';
import type { ContextRegistry } from '../json-ld/contexts.ts';
import type { Cryptosuite } from './cryptosuites.ts';
import { concat } from './jwk.ts';

export interface HashOptions {
  cryptography: Cryptography;
  contexts?: ContextRegistry;
}

export type HashData =
  | { ok: true; bytes: Uint8Array; config: string; document: string }
  | { ok: false; finding: Finding };

/** A proof without its value, as it is canonicalized. */
export function proofConfig(proof: JsonObject): JsonObject {
  const { proofValue: _, ...config } = proof;
  return config;
}

/**
 * What a signature of the rdfc and jcs suites covers: hash of the canonical proof configuration, then hash of the canonical
 * document (Data Integrity EdDSA §3.2, §3.3; ECDSA §3.2, §3.3). P-384 keys hash with SHA-384, inside RDFC-1.0 too.
 * `unsecured` is the document without its proof, or with only the previous proofs of a chain.
 */
export async function hashData(
  unsecured: JsonObject,
  config: JsonObject,
  suite: Cryptosuite,
  keyType: KeyType,
  options: HashOptions,
): Promise<HashData> {
  const hash = keyType === 'P-384' ? 'sha384' : 'sha256';
  const forms =
    suite.transform === 'jcs' ? jcsForms(unsecured, config) : await rdfcForms(unsecured, config, hash, options);
  if (!forms.ok) return forms;
  const bytes = concat(
    await options.cryptography.digest(hash, forms.config),
    await options.cryptography.digest(hash, forms.document),
  );
  return { ...forms, bytes };
}

type Forms = { ok: true; config: string; document: string } | { ok: false; finding: Finding };

async function rdfcForms(
  unsecured: JsonObject,
  config: JsonObject,
  hash: 'sha256' | 'sha384',
  { contexts, cryptography }: HashOptions,
): Promise<Forms> {
  const context = unsecured['@context'];
  const options = { hash, contexts, cryptography };
  const document = await canonicalize(unsecured, options);
  if (!document.ok) return document;
  const proof = await canonicalize(context === undefined ? config : { ...config, '@context': context }, options);
  return proof.ok ? { ok: true, config: proof.nquads, document: document.nquads } : proof;
}

function jcsForms(unsecured: JsonObject, config: JsonObject): Forms {
  const context = config['@context'];
  if (context === undefined) return { ok: true, config: canonicalJson(config), document: canonicalJson(unsecured) };
  const given = toList(unsecured['@context']);
  const signed = toList(context);
  if (!signed.every((item, index) => canonicalJson(item) === canonicalJson(given[index] ?? null)))
    return {
      ok: false,
      finding: {
        code: 'proof-context-mismatch',
        severity: 'error',
        type: 'https://w3id.org/security#PROOF_VERIFICATION_ERROR',
      },
    };
  return { ok: true, config: canonicalJson(config), document: canonicalJson({ ...unsecured, '@context': context }) };
}
