import { describe, expect, it } from 'vitest';
import type { Outcome } from '../finding.ts';
import { type StepId, stampOfStep } from './report.ts';
import { computeVerdict } from './verdict.ts';

const outcomes: Outcome[] = ['passed', 'failed', 'inapplicable', 'cannot-tell'];
const stepIds = Object.keys(stampOfStep) as StepId[];
const allowed = new Set<StepId>(['terms', 'status', 'refresh']);

function* everyCombination(): Generator<Record<StepId, { outcome: Outcome }>> {
  for (let index = 0; index < outcomes.length ** stepIds.length; index++) {
    let rest = index;
    const steps = {} as Record<StepId, { outcome: Outcome }>;
    for (const id of stepIds) {
      steps[id] = { outcome: outcomes[rest % outcomes.length] as Outcome };
      rest = Math.floor(rest / outcomes.length);
    }
    yield steps;
  }
}

describe('computeVerdict', () => {
  it('follows the truth table for every combination of step outcomes', () => {
    const counts = { verified: 0, 'not-verified': 0, 'cannot-tell': 0 };
    for (const steps of everyCombination()) {
      const verdict = computeVerdict(steps);
      counts[verdict] += 1;
      const all = stepIds.map((id) => steps[id].outcome);
      if (all.includes('failed')) expect(verdict).toBe('not-verified');
      else if (all.includes('cannot-tell')) expect(verdict).toBe('cannot-tell');
      else if (stepIds.some((id) => steps[id].outcome === 'inapplicable' && !allowed.has(id)))
        expect(verdict).toBe('not-verified');
      else expect(verdict).toBe('verified');
    }
    // Three steps may be inapplicable, four must have passed: 2³ ways of being verified out of 4⁷.
    expect(counts.verified).toBe(8);
    expect(counts.verified + counts['not-verified'] + counts['cannot-tell']).toBe(4 ** 7);
  });

  it('is not verified when a step is absent', () => {
    const { status: _, ...withoutStatus } = Object.fromEntries(
      stepIds.map((id) => [id, { outcome: 'passed' as const }]),
    ) as Record<StepId, { outcome: Outcome }>;
    expect(computeVerdict(withoutStatus as Record<StepId, { outcome: Outcome }>)).toBe('not-verified');
  });
});
