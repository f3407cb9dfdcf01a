import type { ResolveKey } from '../did/resolved-method.ts';
import type { Finding, FindingCode } from '../finding.ts';
import { isJsonObject, type JsonObject, showJson, toList } from '../json/json.ts';
import { toPointer } from '../json/pointer.ts';
import type { ProofReport } from '../verify/report.ts';
import { type Cryptosuite, findCryptosuite } from './cryptosuites.ts';
import { parseDateTimeStamp } from './date-time-stamp.ts';
import { type HashOptions, hashData, proofConfig } from './hash-data.ts';
import { decodeMultibase } from './multibase.ts';
import { verifyDerivedProof } from './selective-disclosure.ts';

export interface VerifyProofsOptions extends HashOptions {
  /** `assertionMethod` for credentials, `authentication` for presentations. */
  expectedPurpose: string;
  /** When given, the proof's domain must be the same set. */
  domain?: string | string[];
  /** When given, the proof's challenge must equal it. */
  challenge?: string;
  now: Date;
  clockSkewSeconds: number;
  resolveKey: ResolveKey;
}

export interface VerifiedProofs {
  /** One report for each proof, in order. */
  proofs: ProofReport[];
  /** The document without proofs that the valid proofs cover; with the proof's own `@context` for the jcs suites. */
  verifiedDocument?: JsonObject;
}

const verificationError = 'https://w3id.org/security#PROOF_VERIFICATION_ERROR';
/** More proofs than any credential needs; each costs a canonicalization. */
const maximumProofs = 16;

/**
 * Verify every proof of a document (Data Integrity §4.4, §4.5): single proofs, sets, and chains by `previousProof`, where
 * each member is signed over the exact previous proofs and these must verify too. Nothing is thrown for a wrong proof.
 */
export async function verifyProofs(document: JsonObject, options: VerifyProofsOptions): Promise<VerifiedProofs> {
  const given = document.proof;
  const list = toList(given);
  const pointerOf = (index: number) => (Array.isArray(given) ? toPointer(['proof', index]) : '/proof');
  if (list.length === 0) return { proofs: [blank('/proof', [fault('proof-malformed', '/proof')])] };
  if (list.length > maximumProofs)
    return {
      proofs: [blank('/proof', [fault('proofs-too-many', '/proof', { count: list.length, limit: maximumProofs })])],
    };
  const run = new Run(document, list.filter(isJsonObject), options);
  const reports: ProofReport[] = [];
  for (const [index, proof] of list.entries()) {
    const pointer = pointerOf(index);
    reports.push(
      isJsonObject(proof) ? await run.verify(proof, pointer) : blank(pointer, [fault('proof-malformed', pointer)]),
    );
  }
  const valid = reports.findIndex(({ outcome }) => outcome === 'passed');
  if (valid < 0) return { proofs: reports };
  const { proof: _, ...unsecured } = document;
  const contexts = list
    .filter((proof, index) => isJsonObject(proof) && reports[index]?.outcome === 'passed')
    .map((proof) => (proof as JsonObject)['@context']);
  // Contexts appended later are covered by no jcs proof: keep those that every valid proof names, the shortest list.
  const [shortest] = contexts
    .filter((context) => context !== undefined)
    .toSorted((a, b) => toList(a).length - toList(b).length);
  return {
    proofs: reports,
    verifiedDocument: shortest === undefined ? unsecured : { ...unsecured, '@context': shortest },
  };
}

function fault(code: FindingCode, pointer: string, params?: Finding['params'], type = verificationError): Finding {
  return { code, severity: 'error', pointer, type, ...(params ? { params } : {}) };
}

function blank(pointer: string, findings: Finding[]): ProofReport {
  return {
    pointer,
    method: null,
    verificationMethod: null,
    proofPurpose: null,
    outcome: 'failed',
    bound: 'cannot-tell',
    findings,
  };
}

/** One verification of a document's proofs. Reports are kept, since members of a chain are needed more than once. */
class Run {
  private readonly unsecured: JsonObject;
  private readonly all: readonly JsonObject[];
  private readonly options: VerifyProofsOptions;
  private readonly known = new Map<JsonObject, ProofReport>();
  private readonly open = new Set<JsonObject>();

  constructor(document: JsonObject, all: readonly JsonObject[], options: VerifyProofsOptions) {
    const { proof: _, ...unsecured } = document;
    this.unsecured = unsecured;
    this.all = all;
    this.options = options;
  }

  async verify(proof: JsonObject, pointer: string): Promise<ProofReport> {
    const known = this.known.get(proof);
    if (known !== undefined) return { ...known, pointer };
    this.open.add(proof);
    const report = await this.check(proof, pointer);
    this.open.delete(proof);
    this.known.set(proof, report);
    return report;
  }

  private async check(proof: JsonObject, pointer: string): Promise<ProofReport> {
    const text = (member: string) => (typeof proof[member] === 'string' ? (proof[member] as string) : null);
    const report: ProofReport = {
      pointer,
      method: text('cryptosuite') ?? text('type'),
      verificationMethod: text('verificationMethod'),
      proofPurpose: text('proofPurpose'),
      outcome: 'failed',
      bound: 'cannot-tell',
      findings: [],
    };
    const { findings } = report;
    for (const member of ['type', 'verificationMethod', 'proofPurpose'])
      if (text(member) === null) findings.push(fault('proof-member-missing', `${pointer}/${member}`, { name: member }));
    if (findings.length > 0) return report;
    const suite = findCryptosuite(proof.type, proof.cryptosuite);
    if (suite === undefined) {
      findings.push({ ...fault('cryptosuite-unsupported', pointer, { name: report.method ?? '' }) });
      return { ...report, outcome: 'cannot-tell' };
    }
    findings.push(...this.checkOptions(proof, pointer));
    const signature = this.signatureOf(proof, suite);
    if (signature === undefined) findings.push(fault('proof-value-malformed', `${pointer}/proofValue`));
    if (findings.length > 0 || signature === undefined) return report;
    const previous = await this.previous(proof, pointer);
    if (!previous.ok) return { ...report, findings: [previous.finding] };
    const method = await this.options.resolveKey(report.verificationMethod ?? '', this.options.expectedPurpose);
    if (!method.ok)
      return {
        ...report,
        outcome: method.outcome,
        findings: method.findings.map((finding) => ({ ...finding, pointer: `${pointer}/verificationMethod` })),
      };
    report.bound = method.bound;
    findings.push(...method.findings.map((finding) => ({ ...finding, pointer: `${pointer}/verificationMethod` })));
    if (!suite.keyTypes.includes(method.key.type)) {
      findings.push(fault('key-does-not-fit', `${pointer}/verificationMethod`, { name: method.key.type }));
      return report;
    }
    const unsecured = previous.proofs.length > 0 ? { ...this.unsecured, proof: previous.proofs } : this.unsecured;
    const checked =
      suite.transform === 'selective-disclosure'
        ? await verifyDerivedProof(unsecured, proofConfig(proof), signature, method.key, this.options)
        : await this.matches(unsecured, proof, suite, method.key, signature);
    if (checked === null) return { ...report, outcome: 'passed' };
    findings.push({ ...checked, pointer: checked.pointer ?? pointer });
    // A context that is not known here leaves the signature unchecked; it says nothing against it.
    return { ...report, outcome: checked.code === 'context-unknown' ? 'cannot-tell' : 'failed' };
  }

  private async matches(
    unsecured: JsonObject,
    proof: JsonObject,
    suite: Cryptosuite,
    key: Parameters<HashOptions['cryptography']['verify']>[0],
    signature: Uint8Array,
  ): Promise<Finding | null> {
    const data = await hashData(unsecured, proofConfig(proof), suite, key.type, this.options);
    if (!data.ok) return data.finding;
    const matches = await this.options.cryptography.verify(key, data.bytes, signature);
    return matches ? null : { code: 'signature-mismatch', severity: 'error', type: verificationError };
  }

  private signatureOf(proof: JsonObject, suite: Cryptosuite): Uint8Array | undefined {
    const value = proof.proofValue;
    return typeof value === 'string' && value.startsWith(suite.proofValuePrefix) ? decodeMultibase(value) : undefined;
  }

  private checkOptions(proof: JsonObject, pointer: string): Finding[] {
    const { expectedPurpose, domain, challenge, now, clockSkewSeconds } = this.options;
    const findings: Finding[] = [];
    if (proof.proofPurpose !== expectedPurpose)
      findings.push(
        fault('proof-purpose-mismatch', `${pointer}/proofPurpose`, {
          expected: expectedPurpose,
          found: String(proof.proofPurpose),
        }),
      );
    for (const member of ['created', 'expires'] as const)
      if (proof[member] !== undefined && parseDateTimeStamp(proof[member]) === null)
        findings.push(fault('proof-date-malformed', `${pointer}/${member}`, { name: member }));
    const expires = parseDateTimeStamp(proof.expires);
    if (expires !== null && expires < now.getTime() - clockSkewSeconds * 1000)
      findings.push(fault('proof-expired', `${pointer}/expires`, { date: String(proof.expires) }));
    if (domain !== undefined && !sameSet(toList(domain), toList(proof.domain)))
      findings.push(
        fault('domain-mismatch', `${pointer}/domain`, undefined, 'https://w3id.org/security#INVALID_DOMAIN_ERROR'),
      );
    if (challenge !== undefined && proof.challenge !== challenge)
      findings.push(
        fault(
          'challenge-mismatch',
          `${pointer}/challenge`,
          undefined,
          'https://w3id.org/security#INVALID_CHALLENGE_ERROR',
        ),
      );
    return findings;
  }

  /** The proofs that this one names, complete with their values; each must verify, and none may lead back to this one. */
  private async previous(
    proof: JsonObject,
    pointer: string,
  ): Promise<{ ok: true; proofs: JsonObject[] } | { ok: false; finding: Finding }> {
    const proofs: JsonObject[] = [];
    for (const id of toList(proof.previousProof)) {
      const matches = this.all.filter((candidate) => typeof id === 'string' && candidate.id === id);
      const [match] = matches;
      if (match === undefined || matches.length > 1)
        return {
          ok: false,
          finding: fault('previous-proof-missing', `${pointer}/previousProof`, { name: showJson(id) }),
        };
      if (this.open.has(match))
        return { ok: false, finding: fault('previous-proof-loop', `${pointer}/previousProof`, { name: showJson(id) }) };
      const report = await this.verify(match, toPointer(['proof', this.all.indexOf(match)]));
      if (report.outcome !== 'passed')
        return {
          ok: false,
          finding: fault('previous-proof-invalid', `${pointer}/previousProof`, { name: showJson(id) }),
        };
      proofs.push(match);
    }
    return { ok: true, proofs };
  }
}

function sameSet(one: readonly unknown[], two: readonly unknown[]): boolean {
  const first = new Set(one);
  const second = new Set(two);
  return first.size === second.size && [...first].every((item) => second.has(item));
}
