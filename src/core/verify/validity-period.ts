import type { CredentialView } from '../credential/types.ts';
import type { Finding } from '../finding.ts';
import { showJson } from '../json/json.ts';
import type { StepResult } from './report.ts';

/**
 * Is `now` between validFrom and validUntil, give or take the skew of clocks? VCDM 2.0 §4.9, OB 3.0 §5 step 4.
 * `now` in milliseconds of UTC, the skew in seconds. Dates that cannot be read fail: they are no reason to pass.
 */
export function checkValidityPeriod(credential: CredentialView, now: number, clockSkewSeconds: number): StepResult {
  const findings: Finding[] = [];
  const skew = clockSkewSeconds * 1000;
  const from = readDate(credential.validFrom);
  const until = readDate(credential.validUntil);
  const error = (code: 'date-unreadable' | 'not-yet-valid' | 'expired' | 'dates-reversed', member: string) =>
    findings.push({
      code,
      severity: 'error',
      pointer: `/${member}`,
      params: { date: showJson(credential[member] ?? '') },
    });
  if (Number.isNaN(from)) error('date-unreadable', 'validFrom');
  if (Number.isNaN(until)) error('date-unreadable', 'validUntil');
  if (from !== null && from > now + skew) error('not-yet-valid', 'validFrom');
  if (until !== null && until < now - skew) error('expired', 'validUntil');
  if (from !== null && until !== null && from > until) error('dates-reversed', 'validUntil');
  return { outcome: findings.length > 0 ? 'failed' : 'passed', findings };
}

/** Null when absent, NaN when it cannot be read. A value without a zone is UTC (VCDM 2.0 §4.9). */
export function readDate(value: unknown): number | null {
  if (value === undefined) return null;
  if (typeof value !== 'string') return Number.NaN;
  return Date.parse(/T.*([Zz]|[+-]\d{2}:\d{2})$/.test(value) ? value : value.includes('T') ? `${value}Z` : value);
}
