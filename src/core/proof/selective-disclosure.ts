import type { PublicKey, SecretKey } from '../cryptography.ts';
import type { Finding, FindingCode, Pointer } from '../finding.ts';
import { isJsonObject, type JsonObject, toList } from '../json/json.ts';
import { canonicalize, canonicalizeQuads } from '../json-ld/canonicalize.ts';
import { groupQuads, relabel, splitLines } from './disclosure-quads.ts';
import {
  type BaseProof,
  decodeBaseProof,
  decodeDerivedProof,
  encodeBaseProof,
  encodeDerivedProof,
} from './disclosure-value.ts';
import type { HashOptions } from './hash-data.ts';
import { concat } from './jwk.ts';
import { decodeBase64url, decodeMultibase, encodeBase64url } from './multibase.ts';
import { selectJson } from './select-json.ts';

const encoder = new TextEncoder();
const p256Prefix = Uint8Array.of(0x80, 0x24);
const generationError = 'https://w3id.org/security#PROOF_GENERATION_ERROR';
const verificationError = 'https://w3id.org/security#PROOF_VERIFICATION_ERROR';

/** Keys that are drawn at random for each base proof; given only to compare with published values. */
export interface BaseProofKeys {
  hmacKey: Uint8Array;
  ephemeral: SecretKey;
}

/**
 * The proofValue of an ecdsa-sd-2023 base proof (ECDSA Cryptosuites §3.5.1 to §3.5.5), from issuer to holder. It holds the
 * HMAC key and a signature for every statement: never show it to a verifier. A pointer that selects nothing is a finding.
 */
export async function createBaseProofValue(
  document: JsonObject,
  config: JsonObject,
  key: SecretKey,
  mandatoryPointers: readonly Pointer[],
  options: HashOptions,
  keys?: BaseProofKeys,
): Promise<{ ok: true; proofValue: string } | { ok: false; finding: Finding }> {
  const { cryptography } = options;
  const hmacKey = keys?.hmacKey ?? cryptography.randomBytes(32);
  const ephemeral = keys?.ephemeral ?? (await cryptography.generateKey('P-256'));
  const grouped = await groupQuads(document, [mandatoryPointers], hmacKey, options);
  if (!grouped.ok) return grouped;
  const mandatory = new Set(grouped.groups[0]?.indexes);
  const proofHash = await hashConfig(document, config, options);
  if (!proofHash.ok) return proofHash;
  const signatures: Uint8Array[] = [];
  for (const [index, line] of grouped.nquads.entries())
    if (!mandatory.has(index)) signatures.push(await cryptography.sign(ephemeral, encoder.encode(line)));
  const mandatoryHash = await hashLines(
    grouped.nquads.filter((_, index) => mandatory.has(index)),
    options,
  );
  const publicKey = concat(p256Prefix, ephemeral.publicKey.bytes);
  const baseSignature = await cryptography.sign(key, concat(proofHash.bytes, publicKey, mandatoryHash));
  const proof: BaseProof = { baseSignature, publicKey, hmacKey, signatures, mandatoryPointers: [...mandatoryPointers] };
  return { ok: true, proofValue: encodeBaseProof(proof) };
}

async function hashConfig(document: JsonObject, config: JsonObject, options: HashOptions) {
  const context = document['@context'];
  const canonical = await canonicalize(context === undefined ? config : { ...config, '@context': context }, options);
  if (!canonical.ok) return canonical;
  return { ok: true as const, bytes: await options.cryptography.digest('sha256', canonical.nquads) };
}

function hashLines(lines: readonly string[], { cryptography }: HashOptions) {
  return cryptography.digest('sha256', lines.join(''));
}

/**
 * Derive a credential that reveals only the issuer's mandatory statements and what `selectivePointers` select (ECDSA
 * Cryptosuites §3.5.6 to §3.5.8). `document` carries one ecdsa-sd-2023 base proof. Wrong input is a finding.
 */
export async function deriveProof(
  document: JsonObject,
  selectivePointers: readonly Pointer[],
  options: HashOptions,
): Promise<{ ok: true; document: JsonObject } | { ok: false; finding: Finding }> {
  const refuse = (code: FindingCode) => ({
    ok: false as const,
    finding: { code, severity: 'error' as const, type: generationError, pointer: '/proof' },
  });
  const { proof: given, ...unsecured } = document;
  const proof = toList(given).find((candidate) => isJsonObject(candidate) && candidate.cryptosuite === 'ecdsa-sd-2023');
  if (!isJsonObject(proof) || typeof proof.proofValue !== 'string') return refuse('base-proof-missing');
  const base = decodeBaseProof(decodeMultibase(proof.proofValue) ?? new Uint8Array());
  if (base === undefined) return refuse('base-proof-missing');
  const combined = [...base.mandatoryPointers, ...selectivePointers];
  if (combined.length === 0) return refuse('nothing-selected');
  const grouped = await groupQuads(
    unsecured,
    [base.mandatoryPointers, selectivePointers, combined],
    base.hmacKey,
    options,
  );
  if (!grouped.ok) return grouped;
  const [mandatory, selective, revealed] = grouped.groups as [
    (typeof grouped.groups)[0],
    (typeof grouped.groups)[0],
    (typeof grouped.groups)[0],
  ];
  const isMandatory = new Set(mandatory.indexes);
  const isSelective = new Set(selective.indexes);
  const nonMandatory = grouped.nquads.map((_, index) => index).filter((index) => !isMandatory.has(index));
  if (nonMandatory.length !== base.signatures.length) return refuse('base-proof-does-not-fit');
  const signatures = base.signatures.filter((_, position) => isSelective.has(nonMandatory[position] as number));
  const mandatoryIndexes = revealed.indexes.flatMap((index, position) => (isMandatory.has(index) ? [position] : []));
  const canonical = await canonicalizeQuads(revealed.deskolemized, options);
  if (!canonical.ok) return canonical;
  const labelMap = new Map<number, Uint8Array>();
  for (const node of canonical.nodes) {
    const label = grouped.labels.get(node.label);
    if (label !== undefined)
      labelMap.set(Number(node.canonical.slice('_:c14n'.length)), decodeBase64url(label.slice(1)) as Uint8Array);
  }
  const selected = selectJson(unsecured, combined);
  if (!selected.ok || selected.selection === null) return refuse('nothing-selected');
  const proofValue = encodeDerivedProof({
    baseSignature: base.baseSignature,
    publicKey: base.publicKey,
    signatures,
    labelMap: new Map([...labelMap].sort(([a], [b]) => a - b)),
    mandatoryIndexes,
  });
  return { ok: true, document: { ...selected.selection, proof: { ...proof, proofValue } } };
}

/**
 * Verify an ecdsa-sd-2023 derived proof (ECDSA Cryptosuites §3.5.9, §3.6.7). Null when it is valid. A base proof shown to a
 * verifier is refused: it would reveal everything and belongs to the holder.
 */
export async function verifyDerivedProof(
  unsecured: JsonObject,
  config: JsonObject,
  proofValue: Uint8Array,
  key: PublicKey,
  options: HashOptions,
): Promise<Finding | null> {
  const fault = (code: FindingCode): Finding => ({ code, severity: 'error', type: verificationError });
  const decoded = decodeDerivedProof(proofValue);
  if (decoded === 'base') return fault('base-proof-shown');
  if (decoded === undefined) return fault('proof-value-malformed');
  const { cryptography } = options;
  const proofHash = await hashConfig(unsecured, config, options);
  if (!proofHash.ok) return proofHash.finding;
  const canonical = await canonicalize(unsecured, options);
  if (!canonical.ok) return canonical.finding;
  const labels = new Map(
    [...decoded.labelMap].map(([number, label]) => [`c14n${number}`, `u${encodeBase64url(label)}`]),
  );
  if (new Set(labels.values()).size !== labels.size) return fault('label-map-does-not-fit');
  for (const node of canonical.nodes) if (!labels.has(node.canonical.slice(2))) return fault('label-map-does-not-fit');
  const lines = splitLines(canonical.nquads)
    .map((line) => relabel(line, labels))
    .sort();
  const mandatory = new Set(decoded.mandatoryIndexes);
  if ([...mandatory].some((index) => index >= lines.length)) return fault('proof-value-malformed');
  const others = lines.filter((_, index) => !mandatory.has(index));
  if (others.length !== decoded.signatures.length) return fault('signature-count-mismatch');
  const mandatoryHash = await hashLines(
    lines.filter((_, index) => mandatory.has(index)),
    options,
  );
  const ephemeral: PublicKey = { type: 'P-256', bytes: decoded.publicKey.slice(2) };
  const signed = concat(proofHash.bytes, decoded.publicKey, mandatoryHash);
  if (!(await cryptography.verify(key, signed, decoded.baseSignature))) return fault('signature-mismatch');
  for (const [index, line] of others.entries())
    if (!(await cryptography.verify(ephemeral, encoder.encode(line), decoded.signatures[index] as Uint8Array)))
      return fault('signature-mismatch');
  return null;
}
