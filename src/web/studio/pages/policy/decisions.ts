import type { Policy, PolicyName } from '../../../../server/policy/policy.ts';

/** How a decision is written in a form. */
export type Kind = 'choice' | 'yes-no' | 'days' | 'megabytes' | 'lines' | 'zone';

/** Everything that can be decided, in the order of the page. */
export const groups = {
  issuing: ['gate', 'gateClass', 'classToken', 'learnerName', 'proof', 'timeZone'],
  after: ['refreshService', 'revocationList'],
  learners: ['deliver', 'language', 'expiryReminderDays'],
  evidence: ['evidenceTypes', 'evidenceMaximumBytes'],
  keeping: ['retainEvidenceDays', 'retainRosterDays', 'retainMailDays'],
} as const satisfies Record<string, readonly PolicyName[]>;

export const kinds: Record<PolicyName, Kind> = {
  gate: 'choice',
  gateClass: 'choice',
  classToken: 'yes-no',
  learnerName: 'choice',
  timeZone: 'zone',
  proof: 'choice',
  refreshService: 'yes-no',
  revocationList: 'yes-no',
  deliver: 'choice',
  language: 'choice',
  expiryReminderDays: 'days',
  evidenceMaximumBytes: 'megabytes',
  evidenceTypes: 'lines',
  retainEvidenceDays: 'days',
  retainRosterDays: 'days',
  retainMailDays: 'days',
};

const megabyte = 1_000_000;

/** A decision as it stands in a form. */
export function toForm(name: PolicyName, value: Policy[PolicyName]): string {
  if (value === null) return '';
  if (Array.isArray(value)) return value.join('\n');
  return kinds[name] === 'megabytes' ? String(Number(value) / megabyte) : String(value);
}

/** The decision that a form says; undefined when it says none. */
export function fromForm(name: PolicyName, text: string): Policy[PolicyName] | undefined {
  const trimmed = text.trim();
  switch (kinds[name]) {
    case 'yes-no':
      return trimmed === 'true';
    case 'lines': {
      const lines = trimmed.split(/[\s,;]+/).filter((line) => line !== '');
      return lines.length > 0 && lines.every((line) => /^[a-z]+\/[a-z0-9.+-]+$/.test(line)) ? lines : undefined;
    }
    case 'megabytes': {
      const bytes = Math.round(Number(trimmed) * megabyte);
      return trimmed !== '' && bytes >= 1 && bytes <= 1000 * megabyte ? bytes : undefined;
    }
    case 'days': {
      const days = Number(trimmed);
      return Number.isInteger(days) && days >= 1 && days <= 36_500 ? days : undefined;
    }
    case 'zone':
      return isTimeZone(trimmed) ? trimmed : undefined;
    case 'choice':
      return trimmed as Policy[PolicyName];
  }
}

function isTimeZone(name: string): boolean {
  try {
    return name !== '' && new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
