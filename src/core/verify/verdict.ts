import type { StepId, StepResult, Verdict } from './report.ts';

/** Steps that have nothing to judge in some documents: a JWS signs undefined terms too, and status and refresh are optional. */
export const mayBeInapplicable: Readonly<Record<StepId, boolean>> = {
  document: false,
  terms: true,
  proof: false,
  'issuer-key': false,
  'validity-period': false,
  status: true,
  refresh: true,
};

/**
 * The verdict, earned: `verified` only when every step passed, or is inapplicable where its definition allows that.
 * Any failed step gives `not-verified`; otherwise any cannot-tell gives `cannot-tell`. A document without a proof
 * (proof inapplicable) is not verified.
 */
export function computeVerdict(steps: Readonly<Record<StepId, Pick<StepResult, 'outcome'>>>): Verdict {
  const all = Object.entries(steps) as [StepId, Pick<StepResult, 'outcome'>][];
  if (all.some(([, { outcome }]) => outcome === 'failed')) return 'not-verified';
  if (all.some(([, { outcome }]) => outcome === 'cannot-tell')) return 'cannot-tell';
  const earned = (Object.keys(mayBeInapplicable) as StepId[]).every((id) => {
    const outcome = steps[id]?.outcome;
    return outcome === 'passed' || (outcome === 'inapplicable' && mayBeInapplicable[id]);
  });
  return earned ? 'verified' : 'not-verified';
}
