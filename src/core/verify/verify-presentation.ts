import { parsePresentation } from '../credential/parse-presentation.ts';
import type { PublicKey } from '../cryptography.ts';
import { findPublishedKey, resolveVerificationMethod } from '../did/resolve-verification-method.ts';
import type { Finding } from '../finding.ts';
import type { JsonValue } from '../json/json.ts';
import { toPointer } from '../json/pointer.ts';
import { checkContexts } from '../json-ld/context-rules.ts';
import { analyseTerms } from '../json-ld/terms.ts';
import { verifyProofs } from '../proof/data-integrity.ts';
import { verifyVcJwt } from '../proof/vc-jwt.ts';
import { askOnce } from './ask-once.ts';
import type { VerifyOptions } from './options.ts';
import { judge } from './proofs.ts';
import type { ProofReport, StepResult, Verdict, VerificationReport } from './report.ts';
import { outcomeOf, verifyCredential } from './verify-credential.ts';

export interface VerifyPresentationOptions extends VerifyOptions {
  /** What the presentation must answer; compared when given. */
  challenge?: string;
  domain?: string | string[];
}

export interface PresentationReport {
  /** Of the presentation and every credential in it: verified only when all are. */
  verdict: Verdict;
  checkedAt: string;
  holder: string | null;
  steps: Record<'document' | 'terms' | 'proof' | 'holder', StepResult>;
  proofs: ProofReport[];
  credentials: VerificationReport[];
  document: JsonValue;
}

/**
 * Verify a presentation and each credential in it (VCDM 2.0 §4.13, §7.1): its proof with purpose `authentication`, challenge
 * and domain when given, and that the proof is the holder's when it names one. A credential without a proof of its own counts
 * only when the holder is its issuer.
 */
export async function verifyPresentation(
  input: JsonValue,
  options: VerifyPresentationOptions,
): Promise<PresentationReport> {
  const shared: VerifyPresentationOptions = options.network
    ? { ...options, network: askOnce(options.network) }
    : options;
  const result = parsePresentation(input);
  const unknown = (): StepResult => ({ outcome: 'cannot-tell', findings: [] });
  const base = { checkedAt: options.now.toISOString(), document: input };
  if (!result.ok)
    return {
      ...base,
      verdict: 'not-verified',
      holder: null,
      steps: { document: outcomeOf(result.findings), terms: unknown(), proof: unknown(), holder: unknown() },
      proofs: [],
      credentials: [],
    };
  const { parsed } = result;
  const proofs = await checkProofs(parsed, shared);
  const { proof, issuerKey } =
    proofs.length === 0
      ? { proof: outcomeOf([{ code: 'proof-missing', severity: 'error', pointer: '' }]), issuerKey: unknown() }
      : judge(proofs);
  const terms: Finding[] =
    parsed.jws === undefined
      ? [
          ...checkContexts(parsed.document, shared.contexts),
          ...analyseTerms(parsed.document, shared.contexts).undefinedTerms.map(
            ({ pointer, term }): Finding => ({ code: 'term-undefined', severity: 'error', pointer, params: { term } }),
          ),
        ]
      : [];
  const credentials: VerificationReport[] = [];
  const document: Finding[] = [...parsed.findings];
  const budget = { parts: 0 };
  for (const { tokens, value } of parsed.credentials.slice(0, 1000)) {
    const pointer = toPointer(tokens);
    const report = await verifyCredential(value, shared, { pointer, depth: 1, inside: 'presentation', budget });
    const vouched = report.securedBy === 'unsigned' && parsed.holder !== null && report.issuer.id === parsed.holder;
    if (report.securedBy === 'unsigned' && !vouched)
      document.push({ code: 'holder-not-issuer', severity: 'error', pointer });
    else if (report.verdict !== 'verified' && !vouched)
      document.push({ code: 'presentation-credential-not-verified', severity: 'warning', pointer });
    credentials.push(report);
  }
  const steps = {
    document: outcomeOf(document),
    terms: outcomeOf(terms),
    proof,
    // Without a named holder the proof shows only that somebody made this presentation for this request.
    holder: parsed.holder === null ? { outcome: 'inapplicable' as const, findings: [] } : issuerKey,
  };
  return { ...base, verdict: verdictOf(steps, credentials), holder: parsed.holder, steps, proofs, credentials };
}

async function checkProofs(
  parsed: Extract<ReturnType<typeof parsePresentation>, { ok: true }>['parsed'],
  options: VerifyPresentationOptions,
): Promise<ProofReport[]> {
  const resolving = {
    network: options.network,
    cryptography: options.cryptography,
    issuerId: parsed.holder,
    now: options.now,
  };
  const shared = {
    cryptography: options.cryptography,
    contexts: options.contexts,
    now: options.now,
    clockSkewSeconds: options.clockSkewSeconds ?? 120,
    resolveKey: (method: string, purpose: string) => resolveVerificationMethod(method, purpose, resolving),
    findPublished: (key: PublicKey, purpose: string) => findPublishedKey(key, purpose, resolving),
    expectedPurpose: 'authentication',
  };
  const reports: ProofReport[] = [];
  if (parsed.jws !== undefined) {
    const report = await verifyVcJwt({ jws: parsed.jws, document: parsed.document }, { ...shared, presentation: true });
    reports.push(withRequest(report, parsed.jws.payload, options));
  }
  if (parsed.document.proof !== undefined) {
    const { proofs } = await verifyProofs(parsed.document, {
      ...shared,
      challenge: options.challenge,
      domain: options.domain,
    });
    reports.push(...proofs);
  }
  return reports;
}

/** In a JWS the request is answered by `nonce` and `aud`. */
function withRequest(
  report: ProofReport,
  { nonce, aud }: Record<string, JsonValue>,
  { challenge, domain }: VerifyPresentationOptions,
): ProofReport {
  const findings: Finding[] = [];
  if (challenge !== undefined && nonce !== challenge)
    findings.push({ code: 'challenge-mismatch', severity: 'error', pointer: '' });
  const wanted = domain === undefined ? [] : Array.isArray(domain) ? domain : [domain];
  const given = Array.isArray(aud) ? aud : [aud];
  if (wanted.length > 0 && !wanted.every((item) => given.includes(item)))
    findings.push({ code: 'domain-mismatch', severity: 'error', pointer: '' });
  return findings.length === 0 ? report : { ...report, outcome: 'failed', findings: [...report.findings, ...findings] };
}

function verdictOf(steps: PresentationReport['steps'], credentials: readonly VerificationReport[]): Verdict {
  const outcomes = Object.values(steps).map(({ outcome }) => outcome);
  const unsigned = ({ securedBy, steps: inner }: VerificationReport) =>
    securedBy === 'unsigned' &&
    inner.document.outcome === 'passed' &&
    inner.terms.outcome === 'passed' &&
    inner['validity-period'].outcome === 'passed' &&
    inner.status.outcome !== 'failed';
  const verdicts = credentials.map((report) => (unsigned(report) ? 'verified' : report.verdict));
  if (outcomes.includes('failed') || verdicts.includes('not-verified')) return 'not-verified';
  if (outcomes.includes('cannot-tell') || verdicts.includes('cannot-tell')) return 'cannot-tell';
  return 'verified';
}
