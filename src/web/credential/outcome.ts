import type { Outcome } from '../../core/finding.ts';
import type { Verdict } from '../../core/verify/report.ts';

/** Icon of the sprite and class of the design for each outcome. */
export const looks: Record<Outcome, { icon: string; tone: string }> = {
  passed: { icon: 'passed', tone: 'passed' },
  failed: { icon: 'failed', tone: 'failed' },
  'cannot-tell': { icon: 'unsure', tone: 'unsure' },
  inapplicable: { icon: 'na', tone: 'na' },
};

export const outcomeOfVerdict: Record<Verdict, Outcome> = {
  verified: 'passed',
  'not-verified': 'failed',
  'cannot-tell': 'cannot-tell',
};

/** Failed first, then cannot tell, passed, not applicable. */
export const readingOrder: readonly Outcome[] = ['failed', 'cannot-tell', 'passed', 'inapplicable'];
