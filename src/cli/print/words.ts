import type { Outcome } from '../../core/finding.ts';
import type { RuleOutcome } from '../../core/framework/report.ts';

export const outcomeGlyphs: Record<Outcome, string> = {
  passed: '✔',
  failed: '✘',
  'cannot-tell': '?',
  inapplicable: '–',
};

export const ruleGlyphs: Record<RuleOutcome, string> = {
  met: '✔',
  weak: '◐',
  missing: '○',
  inapplicable: '–',
  'cannot-tell': '?',
};

/** "1 input", "3 inputs". */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number.toLocaleString('en')} ${number === 1 ? one : many}`;
}
