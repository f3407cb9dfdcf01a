import { parseCredential } from '../credential/parse.ts';
import type { CredentialView, ParsedCredential, ParseResult } from '../credential/types.ts';
import type { Finding, Outcome, Pointer } from '../finding.ts';
import { isJsonObject, type JsonObject, type JsonValue, toList } from '../json/json.ts';
import { toPointer } from '../json/pointer.ts';
import { checkContextsInto, findDuplicateIds } from '../json-ld/context-rules.ts';
import { hasOnlyPlainTerms } from '../json-ld/plain-terms.ts';
import { analyseInto, type TermAnalysis, walkTerms } from '../json-ld/terms.ts';
import { checkStatus } from '../status/check-status.ts';
import { askOnce } from './ask-once.ts';
import { limits, verifyEndorsements, verifyNestedCredentials } from './nested.ts';
import type { VerifyOptions } from './options.ts';
import { type CheckedProofs, checkProofs } from './proofs.ts';
import { checkRefresh } from './refresh.ts';
import type { IssuerReport, StatusReport, StepResult, VerificationReport } from './report.ts';
import { checkValidityPeriod } from './validity-period.ts';
import { computeVerdict } from './verdict.ts';

/** How a credential stands in what is being verified. The outermost one has none of this. */
export interface Place {
  pointer: Pointer;
  /** How many credentials stand around this one. */
  depth: number;
  /** `record`: inside a CLR, where an unsigned one is an unsigned inclusion. */
  inside?: 'record' | 'endorsed' | 'status-list' | 'refresh' | 'presentation';
  /** Shared by all parts of one verification. */
  budget: Budget;
}

/** What one verification may still do; `exceeded` once something was left out. */
export interface Budget {
  parts: number;
  exceeded?: 'too-many-parts' | 'nested-too-deep';
}

const outermost = (): Place => ({ pointer: '', depth: 0, budget: { parts: 0 } });

/**
 * Verify one credential: OB 3.0 §5 and CLR 2.0 §6 in their order, VCDM 2.0, Data Integrity, VC-JWT. Takes a JSON document,
 * a compact JWS, or what `parseCredential` made of one. Never throws for a wrong credential: each fault is a finding of a
 * step, and `verified` is earned by every step. Only what the credential's own check needs is fetched.
 */
export async function verifyCredential(
  input: JsonValue | ParseResult,
  options: VerifyOptions,
  place: Place = outermost(),
): Promise<VerificationReport> {
  const result = isParseResult(input) ? input : parseCredential(input);
  if (!result.ok) return unreadable(result, options, place);
  const { parsed } = result;
  const { credential } = parsed;
  const shared: VerifyOptions =
    place.depth === 0 && options.network ? { ...options, network: askOnce(options.network) } : options;

  const document = outcomeOf(parsed.findings);
  const proofs = await checkProofs(parsed, shared, { unsignedInclusion: place.inside === 'record' });
  const terms = checkTerms(parsed, proofs, shared);
  const authentic = [document, proofs.proof, proofs.issuerKey, terms].every(({ outcome }) => outcome !== 'failed');
  const askable =
    authentic &&
    proofs.securedBy !== 'unsigned' &&
    proofs.proof.outcome !== 'cannot-tell' &&
    proofs.issuerKey.outcome !== 'cannot-tell';
  const period = checkValidityPeriod(credential, shared.now.getTime(), shared.clockSkewSeconds ?? 120);
  const { step: status, entries } = await checkStatusEntries(parsed, shared, place, askable, proofs);
  const { step: refresh, refreshed } = await checkRefresh(parsed, shared, place, askable);
  const steps = {
    document,
    terms,
    proof: proofs.proof,
    'issuer-key': proofs.issuerKey,
    'validity-period': period,
    status,
    refresh,
  };
  const verdict = computeVerdict(steps);
  const endorsements = shared.ownWordOnly ? [] : await verifyEndorsements(parsed, shared, place);
  const credentials = await verifyNestedCredentials(parsed, shared, place, proofs);
  const { exceeded } = place.budget;
  if (exceeded !== undefined && place.depth === 0)
    document.findings.push({ code: exceeded, severity: 'warning', pointer: '', params: { limit: limits[exceeded] } });
  return {
    verdict,
    kind: parsed.kind,
    securedBy: proofs.securedBy,
    checkedAt: shared.now.toISOString(),
    steps,
    issuer: describeIssuer(credential, proofs),
    proofs: proofs.reports,
    status: entries,
    endorsements,
    credentials,
    ...(refreshed === undefined ? {} : { refreshed }),
    pointer: place.pointer,
    document: parsed.given,
    ...(verdict === 'verified' ? { verifiedDocument: proofs.verifiedDocument ?? parsed.document } : {}),
    credential,
  };
}

function isParseResult(input: JsonValue | ParseResult): input is ParseResult {
  return isJsonObject(input) && typeof input.ok === 'boolean' && ('parsed' in input || 'findings' in input);
}

/** An error fails a step; warnings and information are shown and do not. */
export function outcomeOf(findings: Finding[]): StepResult {
  return { outcome: findings.some(({ severity }) => severity === 'error') ? 'failed' : 'passed', findings };
}

/**
 * Does every term have an agreed meaning, and only the one that is shown? An RDF signature does not cover undefined terms,
 * and a context that is not known here may give signed text another meaning (Data Integrity, context validation). A JWS
 * covers the bytes, so there the same faults are warnings.
 */
function checkTerms(parsed: ParsedCredential, proofs: CheckedProofs, options: VerifyOptions): StepResult {
  const analysis: TermAnalysis = { undefinedTerms: [], unknownContexts: [] };
  const rules: Finding[] = [];
  if (!hasOnlyPlainTerms(parsed.document, options.contexts))
    walkTerms(
      parsed.document,
      [analyseInto(analysis, options.contexts), checkContextsInto(rules, options.contexts)],
      options.contexts,
    );
  const findings: Finding[] = [
    ...rules,
    ...(proofs.rdfBased ? findDuplicateIds(parsed.document) : []),
    ...analysis.undefinedTerms.map(
      ({ pointer, term }): Finding => ({ code: 'term-undefined', severity: 'error', pointer, params: { term } }),
    ),
  ];
  if (proofs.bytesSigned)
    return {
      outcome: 'passed',
      findings: findings.map((finding) =>
        finding.severity === 'error' ? { ...finding, severity: 'warning' } : finding,
      ),
    };
  const isUnknown = ({ code }: Finding) => code === 'context-unknown';
  const errors = findings.filter(({ severity }) => severity === 'error');
  if (errors.some((finding) => !isUnknown(finding) && !(finding.code === 'term-undefined' && errors.some(isUnknown))))
    return { outcome: 'failed', findings };
  return { outcome: errors.length > 0 ? 'cannot-tell' : 'passed', findings };
}

async function checkStatusEntries(
  parsed: ParsedCredential,
  options: VerifyOptions,
  place: Place,
  askable: boolean,
  { verifiedAs }: CheckedProofs,
): Promise<{ step: StepResult; entries: StatusReport[] }> {
  const given = parsed.document.credentialStatus;
  const entries = toList(given).filter(isJsonObject);
  // The status of a status list, of an endorsement's list and so on is not asked: OB 3.0 §5, and no endless chains.
  if (entries.length === 0 || place.inside === 'status-list')
    return { step: { outcome: 'inapplicable', findings: [] }, entries: [] };
  if (!askable)
    return {
      step: {
        outcome: 'cannot-tell',
        findings: [{ code: 'status-not-asked', severity: 'information', pointer: '/credentialStatus' }],
      },
      entries: [],
    };
  const reports = await Promise.all(
    entries.map((entry, index) =>
      checkStatus(entry, {
        pointer: Array.isArray(given) ? toPointer(['credentialStatus', index]) : '/credentialStatus',
        credential: parsed.credential,
        issuerDomain: verifiedAs?.kind === 'domain' ? verifiedAs.value : null,
        network: options.network,
        now: options.now,
        verifyList: (list) => verifyStatusList(list, options, place),
      }),
    ),
  );
  return {
    step: {
      outcome: worst(reports.map(({ outcome }) => outcome)),
      findings: reports.flatMap(({ findings }) => findings),
    },
    entries: reports,
  };
}

/** A status list is a credential: its proof, key and dates are checked like any other's, its own status is not. */
async function verifyStatusList(list: JsonValue, options: VerifyOptions, place: Place) {
  const report = await verifyCredential(list, options, {
    ...place,
    pointer: '',
    depth: place.depth + 1,
    inside: 'status-list',
  });
  const outcome: Outcome =
    report.verdict === 'verified' ? 'passed' : report.verdict === 'not-verified' ? 'failed' : 'cannot-tell';
  return {
    outcome,
    issuer: report.issuer.id,
    credential: report.credential,
    findings: Object.values(report.steps).flatMap((step) => (step.outcome === 'passed' ? [] : step.findings)),
  };
}

/** Failed, then cannot-tell, then passed; inapplicable when there is nothing else. */
export function worst(outcomes: readonly Outcome[]): Outcome {
  for (const outcome of ['failed', 'cannot-tell', 'passed'] as const) if (outcomes.includes(outcome)) return outcome;
  return 'inapplicable';
}

function describeIssuer(credential: CredentialView, { verifiedAs, issuerKey, proof }: CheckedProofs): IssuerReport {
  const issuer: JsonObject = isJsonObject(credential.issuer) ? credential.issuer : {};
  const proven = proof.outcome === 'passed' && issuerKey.outcome === 'passed';
  return {
    id: typeof issuer.id === 'string' ? issuer.id : null,
    name: nameOf(issuer),
    verifiedAs: proven ? verifiedAs : null,
  };
}

function nameOf({ name }: JsonObject): string | null {
  const [first] = toList(name);
  if (typeof first === 'string') return first;
  return isJsonObject(first) && typeof first['@value'] === 'string' ? first['@value'] : null;
}

function unreadable(
  { findings, document }: Extract<ParseResult, { ok: false }>,
  options: VerifyOptions,
  place: Place,
): VerificationReport {
  const unknown = (): StepResult => ({ outcome: 'cannot-tell', findings: [] });
  return {
    verdict: 'not-verified',
    kind: 'unknown',
    securedBy: 'unsigned',
    checkedAt: options.now.toISOString(),
    steps: {
      document: { outcome: 'failed', findings },
      terms: unknown(),
      proof: unknown(),
      'issuer-key': unknown(),
      'validity-period': unknown(),
      status: unknown(),
      refresh: unknown(),
    },
    issuer: { id: null, name: null, verifiedAs: null },
    proofs: [],
    status: [],
    endorsements: [],
    credentials: [],
    pointer: place.pointer,
    document,
    credential: null,
  };
}
