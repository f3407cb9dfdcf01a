import type { ParsedCredential } from '../credential/types.ts';
import type { PublicKey } from '../cryptography.ts';
import {
  findPublishedKey,
  type ResolvedMethod,
  resolveVerificationMethod,
} from '../did/resolve-verification-method.ts';
import type { Finding, Outcome } from '../finding.ts';
import { isJsonObject, type JsonObject, type JsonValue, toList } from '../json/json.ts';
import { verifyProofs } from '../proof/data-integrity.ts';
import { verifyVcJwt } from '../proof/vc-jwt.ts';
import type { VerifyOptions } from './options.ts';
import type { IssuerReport, ProofReport, StepResult, VerificationReport } from './report.ts';

/** What the proofs of one credential show. */
export interface CheckedProofs {
  proof: StepResult;
  issuerKey: StepResult;
  reports: ProofReport[];
  securedBy: VerificationReport['securedBy'];
  /** A JWS covers the bytes: the issuer's, or whosever when there is no other proof. */
  bytesSigned: boolean;
  /** Some proof signs the RDF form, which lets a holder rearrange the JSON without breaking it. */
  rdfBased: boolean;
  verifiedAs: IssuerReport['verifiedAs'];
  verifiedDocument?: JsonValue;
}

/**
 * Check every proof of a credential, embedded or a JWS around it, and whose keys made them: OB 3.0 §5 step 2, Data
 * Integrity §4.4, product rule 7. One valid proof by the issuer suffices, as long as none is invalid.
 */
export async function checkProofs(
  parsed: ParsedCredential,
  options: VerifyOptions,
  { unsignedInclusion }: { unsignedInclusion: boolean },
): Promise<CheckedProofs> {
  const issuerId = issuerIdOf(parsed.credential);
  const resolved = new Map<string, ResolvedMethod>();
  const resolving = { network: options.network, cryptography: options.cryptography, issuerId, now: options.now };
  const resolveKey = async (verificationMethod: string, purpose: string) => {
    let method = await resolveVerificationMethod(verificationMethod, purpose, resolving);
    if (isRetired(method)) {
      const heldSince = await askLedger(parsed, options);
      if (heldSince !== undefined)
        method = await resolveVerificationMethod(verificationMethod, purpose, { ...resolving, now: heldSince });
      // Whether it was signed before, nobody can tell: a date inside proves nothing (product rule 8).
      if (isRetired(method)) method = { ...method, outcome: 'cannot-tell' };
    }
    resolved.set(verificationMethod, method);
    return method;
  };
  const findPublished = async (key: PublicKey, purpose: string) => {
    const method = await findPublishedKey(key, purpose, resolving);
    resolved.set('', method);
    return method;
  };
  const shared = {
    cryptography: options.cryptography,
    resolveKey,
    findPublished,
    now: options.now,
    clockSkewSeconds: options.clockSkewSeconds ?? 120,
    contexts: options.contexts,
  };
  const reports: ProofReport[] = [];
  const securedBy: ('data-integrity' | 'jwt')[] = [];
  let verifiedDocument: JsonValue | undefined;
  if (parsed.jws !== undefined) {
    securedBy.push('jwt');
    reports.push(await verifyVcJwt(parsed, shared));
  }
  const embedded = toList(parsed.document.proof).filter(isJsonObject);
  if (parsed.document.proof !== undefined) {
    securedBy.push('data-integrity');
    const checked = await verifyProofs(parsed.document, { ...shared, expectedPurpose: 'assertionMethod' });
    reports.push(...checked.proofs);
    verifiedDocument = checked.verifiedDocument;
  }
  if (securedBy.length === 0)
    return unsigned(unsignedInclusion ? 'inclusion' : options.isPreview ? 'preview' : 'document');
  const isIssuers = ({ outcome, bound }: ProofReport) => outcome === 'passed' && bound === 'passed';
  const bound = reports.find(isIssuers);
  // Anybody can put a token of their own around a document; only the issuer's fixes the bytes of an issuer's RDF proof.
  const bytesSigned =
    parsed.jws !== undefined &&
    (parsed.document.proof === undefined || (reports[0] !== undefined && isIssuers(reports[0])));
  return {
    ...judge(reports),
    reports,
    securedBy,
    bytesSigned,
    rdfBased: !bytesSigned && embedded.some((proof) => !isJcs(proof)),
    verifiedAs: verifiedAs(bound, resolved),
    ...(verifiedDocument === undefined || bytesSigned ? {} : { verifiedDocument }),
  };
}

function isRetired(method: ResolvedMethod): method is Extract<ResolvedMethod, { ok: false }> {
  return !method.ok && method.findings.some(({ code }) => code === 'method-retired');
}

/** Nobody can have put a document into the ledger before its key was in other hands but its issuer. */
async function askLedger(
  { given, credential }: ParsedCredential,
  { ledger }: VerifyOptions,
): Promise<Date | undefined> {
  return typeof credential.id === 'string' ? await ledger?.({ document: given, id: credential.id }) : undefined;
}

export function issuerIdOf({ issuer }: JsonObject): string | null {
  return isJsonObject(issuer) && typeof issuer.id === 'string' ? issuer.id : null;
}

function isJcs({ cryptosuite }: JsonObject): boolean {
  return typeof cryptosuite === 'string' && cryptosuite.includes('-jcs-');
}

/** The two steps that proofs make: is there a valid one and none invalid, and is a valid one by the issuer's key. */
export function judge(reports: readonly ProofReport[]): { proof: StepResult; issuerKey: StepResult } {
  const valid = reports.filter(({ outcome }) => outcome === 'passed');
  const bound = valid.filter((report) => report.bound === 'passed');
  const findings: Finding[] = reports.flatMap((report) =>
    // An unsupported proof beside a valid one is reported, no more.
    report.outcome === 'failed' || bound.length === 0 ? report.findings : report.findings.map(asWarning),
  );
  const outcome: Outcome = reports.some((report) => report.outcome === 'failed')
    ? 'failed'
    : valid.length > 0
      ? 'passed'
      : 'cannot-tell';
  const others = valid.filter((report) => report.bound === 'failed');
  if (bound.length > 0)
    return {
      proof: { outcome, findings },
      issuerKey: {
        outcome: 'passed',
        findings: others.map(
          ({ pointer, verificationMethod }): Finding => ({
            code: 'signed-by-another-too',
            severity: 'warning',
            pointer,
            params: { verificationMethod: verificationMethod ?? '' },
          }),
        ),
      },
    };
  return {
    proof: { outcome, findings },
    issuerKey: {
      outcome: others.length > 0 ? 'failed' : 'cannot-tell',
      findings: [{ code: 'issuer-key-not-proven', severity: others.length > 0 ? 'error' : 'warning' }],
    },
  };
}

function asWarning(finding: Finding): Finding {
  return finding.severity === 'error' ? { ...finding, severity: 'warning' } : finding;
}

function verifiedAs(report: ProofReport | undefined, resolved: ReadonlyMap<string, ResolvedMethod>) {
  const method = resolved.get(report?.verificationMethod ?? '');
  return method?.ok ? (method.verifiedAs ?? null) : null;
}

const noProof = {
  inclusion: { code: 'proof-missing-in-record', severity: 'warning' },
  preview: { code: 'proof-not-yet', severity: 'information' },
  document: { code: 'proof-missing', severity: 'error' },
} as const;

function unsigned(what: keyof typeof noProof): CheckedProofs {
  const inclusion = what === 'inclusion';
  return {
    proof: {
      outcome: what === 'document' ? 'failed' : 'inapplicable',
      findings: [{ ...noProof[what], pointer: '' }],
    },
    // Of an unsigned inclusion nothing can be told; a document that nobody signed is not verified.
    issuerKey: { outcome: inclusion ? 'cannot-tell' : 'inapplicable', findings: [] },
    reports: [],
    securedBy: inclusion ? 'unsigned-inclusion' : 'unsigned',
    bytesSigned: false,
    rdfBased: false,
    verifiedAs: null,
  };
}
