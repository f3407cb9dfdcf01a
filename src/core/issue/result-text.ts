import type { FindingCode } from '../finding.ts';
import { isJsonObject, type JsonObject, type JsonValue, toList } from '../json/json.ts';

/** ResultStatusType, closed (Open Badges 3.0). */
export const resultStatuses = [
  'Completed',
  'Enrolled',
  'Failed',
  'InProgress',
  'OnHold',
  'Provisional',
  'Withdrew',
] as const;

export type ReadResult =
  | { ok: true; result: JsonObject }
  | { ok: false; code: FindingCode; params: Record<string, string | number> };

const decimal = /^[+-]?\d+(\.\d+)?$/;
const numericTypes = ['Percent', 'RawScore', 'ScaledScore', 'GradePointAverage', 'RubricScore'];

/**
 * A Result (Open Badges 3.0) from what a person wrote on one scale of the achievement: a level's name or id becomes
 * `achievedLevel`, a status word `status`, anything else `value`, as text. What the scale does not hold is refused, so that
 * no credential states a result that nobody can read.
 */
export function resultFromText(description: JsonObject, written: string): ReadResult {
  const text = written.trim();
  const type = stringOf(description.resultType);
  const scale = stringOf(description.name) || stringOf(description.id);
  const done = (member: JsonObject): ReadResult => ({
    ok: true,
    result: { type: ['Result'], resultDescription: stringOf(description.id), ...member },
  });
  if (type === 'Status') {
    const status = nearestOf(resultStatuses, text.replaceAll(' ', ''));
    return status === undefined ? unknown('issue-status-unknown', text, scale, resultStatuses) : done({ status });
  }
  const levels = toList(description.rubricCriterionLevel).filter(isJsonObject);
  if (levels.length > 0) {
    const byId = levels.find(({ id }) => id === text);
    const names = levels.map(({ name }) => stringOf(name));
    const name = nearestOf(names, text);
    const level = byId ?? (name === undefined ? undefined : levels[names.indexOf(name)]);
    if (level !== undefined) return done({ achievedLevel: stringOf(level.id) });
    if (!numericTypes.includes(type) || !decimal.test(text)) return unknown('issue-level-unknown', text, scale, names);
  }
  const allowed = toList(description.allowedValue).map(stringOf);
  if (allowed.length > 0 && !numericTypes.includes(type)) {
    const value = nearestOf(allowed, text);
    return value === undefined ? unknown('issue-value-not-allowed', text, scale, allowed) : done({ value });
  }
  if (!numericTypes.includes(type)) return done({ value: text });
  return readNumber(description, type, scale, text, done);
}

function readNumber(
  description: JsonObject,
  type: string,
  scale: string,
  text: string,
  done: (member: JsonObject) => ReadResult,
): ReadResult {
  const number = type === 'Percent' ? text.replace(/\s*%$/, '') : text;
  if (!decimal.test(number)) return { ok: false, code: 'issue-number-wrong', params: { value: text, scale } };
  const percent = type === 'Percent';
  const [minimum, maximum] = [
    bound(description.valueMin, percent ? 0 : null),
    bound(description.valueMax, percent ? 100 : null),
  ];
  const value = Number(number);
  if ((minimum !== null && value < minimum) || (maximum !== null && value > maximum))
    return {
      ok: false,
      code: 'issue-value-out-of-range',
      params: { value: text, scale, minimum: minimum ?? '…', maximum: maximum ?? '…' },
    };
  // framework.md §6: such a value reads as a fraction as well as a percentage, and nobody could tell afterwards.
  if (percent && (maximum ?? 0) > 1 && value > 0 && value <= 1 && (number.includes('.') || value === 1))
    return { ok: false, code: 'issue-value-fraction-or-percent', params: { value: text, scale } };
  return done({ value: number });
}

/** Exactly, else the only one that is equal but for case and outer space. */
export function nearestOf<T extends string>(known: readonly T[], text: string): T | undefined {
  const exact = known.find((word) => word === text);
  if (exact !== undefined) return exact;
  const alike = known.filter((word) => word.trim().toLowerCase() === text.trim().toLowerCase());
  return alike.length === 1 ? alike[0] : undefined;
}

function unknown(code: FindingCode, value: string, scale: string, possible: readonly string[]): ReadResult {
  return { ok: false, code, params: { value, scale, possible: possible.join(', ') } };
}

function bound(value: JsonValue | undefined, otherwise: number | null): number | null {
  const text = typeof value === 'number' ? String(value) : stringOf(value).trim();
  return decimal.test(text) ? Number(text) : otherwise;
}

function stringOf(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : '';
}
