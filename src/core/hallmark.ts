import type { StampReason } from './catalogue/en/hallmark.ts';
import type { Outcome } from './finding.ts';
import type { ClassReport, FrameworkReport, MasteryStatement } from './framework/report.ts';
import type { TrustAnswer } from './trust/types.ts';
import { type StepId, stampOfStep, type VerificationReport } from './verify/report.ts';

export type StampId = 'authentic' | 'current' | 'issuer' | 'class' | 'level';

export interface Stamp {
  outcome: Outcome;
  /** Why, as a code of the hallmark catalogue. */
  reason: StampReason;
  params?: Record<string, string | number>;
}

/** The five stamps, always in this order. `signed` false marks a draft, whose other stamps speak of unsigned text. */
export interface Hallmark {
  signed: boolean;
  stamps: Record<StampId, Stamp>;
}

/**
 * The row of five stamps, from the verification report, the framework report (null when the document cannot be read)
 * and the trust answer. Pure; screens, CLI, API and receipts all show this same row.
 */
export function buildHallmark(
  verification: VerificationReport,
  framework: FrameworkReport | null,
  trust: TrustAnswer,
): Hallmark {
  const authentic = authenticStamp(verification);
  const draft = authentic.reason === 'authentic-not-signed';
  const unproven: Stamp = { outcome: 'cannot-tell', reason: 'unproven' };
  const readable = authentic.outcome === 'passed' || draft;
  const record: Stamp = { outcome: 'inapplicable', reason: 'record' };
  const content = verification.kind === 'ClrCredential' ? { class: record, level: record } : contentStamps(framework);
  return {
    signed: !draft,
    stamps: {
      authentic,
      current: readable ? currentStamp(verification) : unproven,
      issuer: readable ? issuerStamp(trust) : unproven,
      class: readable ? content.class : unproven,
      level: readable ? content.level : unproven,
    },
  };
}

/** The two stamps that speak of a credential's content, also before it is issued. */
export function contentStamps(framework: FrameworkReport | null): Pick<Hallmark['stamps'], 'class' | 'level'> {
  return { class: classStamp(framework), level: levelStamp(framework?.mastery.statements ?? null) };
}

function authenticStamp({ steps, securedBy, credential, issuer }: VerificationReport): Stamp {
  if (credential === null) return { outcome: 'failed', reason: 'authentic-unreadable' };
  if (securedBy === 'unsigned-inclusion') return { outcome: 'inapplicable', reason: 'authentic-unsigned-inclusion' };
  if (securedBy === 'unsigned') return { outcome: 'inapplicable', reason: 'authentic-not-signed' };
  const ids = (Object.keys(stampOfStep) as StepId[]).filter((id) => stampOfStep[id] === 'authentic');
  const having = (outcome: Outcome) => ids.filter((id) => steps[id].outcome === outcome);
  const failed = having('failed');
  if (failed.includes('proof')) return { outcome: 'failed', reason: 'authentic-altered' };
  if (failed.includes('issuer-key')) return { outcome: 'failed', reason: 'authentic-wrong-key' };
  if (failed.length > 0) return { outcome: 'failed', reason: 'authentic-faulty' };
  const unknown = having('cannot-tell');
  if (unknown.length > 0)
    return {
      outcome: 'cannot-tell',
      reason: unknown.length === 1 && unknown[0] === 'issuer-key' ? 'authentic-not-bound' : 'authentic-cannot-tell',
    };
  // Earned, not assumed: a proof and a bound key must be there.
  if (steps.proof.outcome !== 'passed' || steps['issuer-key'].outcome !== 'passed' || issuer.verifiedAs === null)
    return { outcome: 'cannot-tell', reason: 'authentic-cannot-tell' };
  const hosted = securedBy.length === 1 && securedBy[0] === 'hosted';
  const reason = hosted
    ? 'authentic-hosted'
    : issuer.verifiedAs.kind === 'domain'
      ? 'authentic-domain'
      : 'authentic-key';
  return { outcome: 'passed', reason, params: { who: issuer.verifiedAs.value } };
}

function currentStamp({ steps, status, credential }: VerificationReport): Stamp {
  const validUntil = typeof credential?.validUntil === 'string' ? credential.validUntil : undefined;
  const validFrom = typeof credential?.validFrom === 'string' ? credential.validFrom : undefined;
  // A replaced edition is revoked as well, for verifiers that ask for no newer one.
  if (steps.status.outcome === 'failed' && steps.refresh.outcome === 'failed')
    return { outcome: 'failed', reason: 'current-superseded' };
  if (steps.status.outcome === 'failed') {
    const failed = status.filter((entry) => entry.outcome === 'failed');
    const onlySuspended = failed.length > 0 && failed.every((entry) => entry.purpose === 'suspension');
    return { outcome: 'failed', reason: onlySuspended ? 'current-suspended' : 'current-revoked' };
  }
  const period = steps['validity-period'];
  if (period.outcome === 'failed') {
    const has = (code: string) => period.findings.some((finding) => finding.code === code);
    if (has('expired')) return { outcome: 'failed', reason: 'current-expired', params: { date: validUntil ?? '' } };
    if (has('not-yet-valid'))
      return { outcome: 'failed', reason: 'current-not-yet-valid', params: { date: validFrom ?? '' } };
    return { outcome: 'failed', reason: 'current-faulty-dates' };
  }
  if (steps.refresh.outcome === 'failed') return { outcome: 'failed', reason: 'current-superseded' };
  const all = [period.outcome, steps.status.outcome, steps.refresh.outcome];
  if (period.outcome !== 'passed' || all.includes('cannot-tell'))
    return { outcome: 'cannot-tell', reason: 'current-cannot-tell' };
  return validUntil === undefined
    ? { outcome: 'passed', reason: 'current-no-end' }
    : { outcome: 'passed', reason: 'current-until', params: { date: validUntil } };
}

function issuerStamp(trust: TrustAnswer): Stamp {
  const by = (state: string) => trust.listings.find((listing) => listing.state === state);
  if (trust.outcome === 'failed')
    return { outcome: 'failed', reason: 'issuer-withdrawn', params: { source: by('withdrawn')?.source ?? '' } };
  const compromised = by('compromised');
  if (compromised !== undefined)
    return { outcome: 'cannot-tell', reason: 'issuer-compromised', params: { source: compromised.source } };
  const listed = by('listed');
  if (trust.outcome === 'passed' && listed !== undefined)
    return { outcome: 'passed', reason: 'issuer-listed', params: { name: listed.issuer.name, source: listed.source } };
  return { outcome: 'cannot-tell', reason: trust.sourcesAsked === 0 ? 'issuer-no-source' : 'issuer-unlisted' };
}

function classStamp(framework: FrameworkReport | null): Stamp {
  if (framework === null) return { outcome: 'cannot-tell', reason: 'class-cannot-tell' };
  const { classes, pack } = framework;
  const label = (id: string | null | undefined) => pack.classes.find((entry) => entry.id === id)?.label ?? id ?? '';
  const unsupported = classes.contradictions.find(({ code }) => code === 'declared-not-supported');
  if (unsupported !== undefined)
    return { outcome: 'failed', reason: 'class-not-supported', params: { class: label(unsupported.class) } };
  const params = { class: label(classes.headline) };
  const weak = classes.supported.find((entry) => entry.class === classes.headline)?.basis === 'weak';
  const byOutcome: Record<ClassReport['outcome'], Stamp> = {
    supported: { outcome: 'passed', reason: weak ? 'class-supported-weakly' : 'class-supported', params },
    fallback: { outcome: 'passed', reason: 'class-fallback', params },
    'cannot-tell': { outcome: 'cannot-tell', reason: 'class-cannot-tell' },
    none: { outcome: 'cannot-tell', reason: 'class-none' },
    inapplicable: { outcome: 'inapplicable', reason: 'class-outside' },
    blocked: { outcome: 'inapplicable', reason: 'class-blocked' },
  };
  return byOutcome[classes.outcome];
}

/** Failed goes first, then cannot-tell, then passed. `statement` is the index of the statement that the stamp speaks of. */
function levelStamp(statements: readonly MasteryStatement[] | null): Stamp {
  if (statements === null) return { outcome: 'cannot-tell', reason: 'level-cannot-tell' };
  const first = (...verdicts: MasteryStatement['verdict'][]) =>
    statements.findIndex(({ verdict }) => verdicts.includes(verdict));
  const stamp = (index: number, outcome: Outcome, reason: StampReason): Stamp => ({
    outcome,
    reason,
    params: {
      statement: index,
      achieved: statements[index]?.achieved ?? '',
      required: statements[index]?.required ?? '',
    },
  });
  const under = first('not-met');
  if (under >= 0) return stamp(under, 'failed', 'level-not-met');
  const notCompleted = first('not-completed');
  if (notCompleted >= 0) return stamp(notCompleted, 'failed', 'level-not-completed');
  const unreadable = first('cannot-tell');
  if (unreadable >= 0) return stamp(unreadable, 'cannot-tell', 'level-cannot-tell');
  const open = first('no-pass-mark');
  if (open >= 0) return stamp(open, 'cannot-tell', 'level-no-pass-mark');
  const met = first('met');
  if (met >= 0) return stamp(met, 'passed', 'level-met');
  const completed = first('completed');
  if (completed >= 0) return stamp(completed, 'passed', 'level-completed');
  return { outcome: 'inapplicable', reason: 'level-no-result' };
}
