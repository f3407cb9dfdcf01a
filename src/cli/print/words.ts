import type { Outcome } from '../../core/finding.ts';
import type { Expectation, RuleOutcome } from '../../core/framework/report.ts';
import type { StampId } from '../../core/hallmark.ts';
import type { StepId } from '../../core/verify/report.ts';

// The fixed words of the terminal. Sentences about credentials come from the catalogues of core.

export const stampNames: Record<StampId, string> = {
  authentic: 'Authentic',
  current: 'Current',
  issuer: 'Issuer',
  class: 'Class',
  level: 'Level',
};

export const outcomeWords: Record<Outcome, string> = {
  passed: 'Passed',
  failed: 'Failed',
  'cannot-tell': 'Cannot tell',
  inapplicable: 'Not applicable',
};

export const outcomeGlyphs: Record<Outcome, string> = {
  passed: '✔',
  failed: '✘',
  'cannot-tell': '?',
  inapplicable: '–',
};

export const stepNames: Record<StepId, string> = {
  document: 'Form of the document',
  terms: 'Meaning of its terms',
  proof: 'Signature',
  'issuer-key': 'Whose key signed',
  'validity-period': 'Dates',
  status: 'Revoked or suspended',
  refresh: 'Newer edition',
};

/** Words for readers (framework.md §9). */
export const ruleWords: Record<RuleOutcome, string> = {
  met: 'Shown',
  weak: 'Weakly shown',
  missing: 'Not stated',
  inapplicable: 'Does not apply',
  'cannot-tell': 'Cannot tell',
};

export const ruleGlyphs: Record<RuleOutcome, string> = {
  met: '✔',
  weak: '◐',
  missing: '○',
  inapplicable: '–',
  'cannot-tell': '?',
};

/** Words for authors (framework.md §9): what the class expects. */
export const expectationWords: Record<Expectation, string> = {
  required: 'required',
  recommended: 'recommended',
  'recommended-if-available': 'if it exists',
  'not-expected': 'no expectation',
};

const monthDay = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });
const monthDayTime = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' });

/** A date in full, in UTC; the time too unless it is midnight. Text that is no date stays as it is. */
export function formatDate(iso: string): string {
  const date = new Date(iso);
  if (!/^\d{4}-\d{2}-\d{2}/.test(iso) || Number.isNaN(date.getTime())) return iso;
  return date.getTime() % 86_400_000 === 0 ? monthDay.format(date) : `${monthDayTime.format(date)} UTC`;
}

/** "1 input", "3 inputs". */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number.toLocaleString('en')} ${number === 1 ? one : many}`;
}
