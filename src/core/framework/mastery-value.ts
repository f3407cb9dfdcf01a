import { type JsonObject, showJson, toList } from '../json/json.ts';
import { compareDecimals, type Decimal, fractionOf, parseDecimal } from './decimal.ts';
import { cannotTell, type Reading, textOf } from './mastery-reading.ts';
import type { MasteryProblem } from './report.ts';

const numericTypes = ['Percent', 'RawScore', 'ScaledScore', 'GradePointAverage', 'RubricScore'];

/** Whether a value on this scale is read as a number: by its type, or a decimal beside a bound (framework.md §6.5). */
export function isNumeric(description: JsonObject, value: unknown): boolean {
  if (numericTypes.includes(showJson(description.resultType))) return true;
  if (toList(description.allowedValue).length > 0) return false;
  return (
    parseDecimal(value) !== undefined && (description.valueMin !== undefined || description.valueMax !== undefined)
  );
}

/** Read a value against its scale: a list of allowed values, a number, or nothing but the pass mark (framework.md §6.4–6). */
export function readValue(result: JsonObject, description: JsonObject): Reading {
  const achieved = textOf(result.value) ?? '';
  const required = textOf(description.requiredValue);
  const reading: Partial<Reading> = { achieved, ...(required === undefined ? {} : { required }) };
  if (description.resultType === 'PredictedScore') return cannotTell(reading, 'predicted');
  if (isNumeric(description, result.value)) return readNumber(result, description, reading);
  const allowed = toList(description.allowedValue).flatMap((item) => textOf(item) ?? []);
  if (allowed.length > 0) return readAllowed(achieved, required, allowed, showJson(description.resultType), reading);
  if (required !== undefined && required === achieved)
    return { ...reading, verdict: 'met', basis: 'identity', problems: ['scale-missing'] };
  return cannotTell(reading, 'scale-missing');
}

function readAllowed(
  value: string,
  required: string | undefined,
  allowed: string[],
  resultType: string,
  reading: Partial<Reading>,
): Reading {
  const problems: MasteryProblem[] = [];
  const repeated = new Set(allowed).size < allowed.length;
  if (repeated) problems.push('allowed-value-duplicate');
  const found = findAllowed(value, allowed);
  if (found === undefined) return cannotTell({ ...reading, problems }, 'value-not-allowed');
  if (allowed[found] !== value) problems.push('case-differs');
  const suspect = isSuspect(allowed, resultType);
  if (suspect) problems.push('order-suspect');
  const mark = required === undefined ? undefined : findAllowed(required, allowed);
  if (required !== undefined && mark === undefined)
    return cannotTell({ ...reading, problems }, 'pass-mark-not-allowed');
  const ordered = !suspect && !repeated;
  const place = (index: number) => ({ rank: index + 1, of: allowed.length });
  const placed: Partial<Reading> = {
    ...reading,
    ...(ordered ? { position: place(found), levels: allowed } : {}),
    ...(ordered && mark !== undefined ? { passMark: place(mark) } : {}),
    problems,
  };
  if (mark === undefined)
    return { ...placed, verdict: 'no-pass-mark', basis: ordered ? 'allowed-value' : null, problems };
  if (found === mark) return { ...placed, verdict: 'met', basis: 'identity', problems };
  if (!ordered) return cannotTell(placed);
  return { ...placed, verdict: found > mark ? 'met' : 'not-met', basis: 'allowed-value', problems };
}

function findAllowed(value: string, allowed: string[]): number | undefined {
  const exact = allowed.indexOf(value);
  if (exact >= 0) return exact;
  const fold = (text: string) => text.trim().toLowerCase();
  const alike = allowed.flatMap((item, index) => (fold(item) === fold(value) ? [index] : []));
  return alike.length === 1 ? alike[0] : undefined;
}

/** `allowedValue` runs low to high; a list that plainly runs the other way was written by somebody who did not know. */
function isSuspect(allowed: string[], resultType: string): boolean {
  const numbers = allowed.map(parseDecimal);
  if (numbers.length > 1 && numbers.every((number) => number !== undefined))
    if (numbers.every((number, index) => index === 0 || compareDecimals(numbers[index - 1]!, number) > 0)) return true;
  if (resultType !== 'LetterGrade' || !allowed.every((grade) => /^\s*[A-Fa-f]\s*[+-]?\s*$/.test(grade))) return false;
  const letters = allowed.map((grade) => grade.trim().toUpperCase());
  return letters[0]![0]! < letters.at(-1)![0]!;
}

function readNumber(result: JsonObject, description: JsonObject, reading: Partial<Reading>): Reading {
  const problems: MasteryProblem[] = [];
  const percent = description.resultType === 'Percent';
  const read = (raw: unknown): Decimal | undefined => {
    if (!percent || typeof raw !== 'string' || !/%\s*$/.test(raw)) return parseDecimal(raw);
    if (!problems.includes('percent-sign')) problems.push('percent-sign');
    return parseDecimal(raw.replace(/\s*%\s*$/, ''));
  };
  if (typeof result.value === 'number') problems.push('number-not-string');
  const value = read(result.value);
  if (value === undefined) return cannotTell({ ...reading, problems }, 'not-a-number');
  const bounds = readBounds(description, percent, problems);
  const { low, high } = bounds;
  if ((low && compareDecimals(value, low) < 0) || (high && compareDecimals(value, high) > 0))
    return cannotTell({ ...reading, problems }, 'out-of-range');
  if (percent && high && isFraction(value, showJson(result.value)) && compareDecimals(high, one) > 0)
    return cannotTell({ ...reading, problems }, 'fraction-or-percent');
  const placed: Partial<Reading> = { ...reading, problems };
  if (low && high) placed.position = { fraction: fractionOf(value, low, high) };
  if (reading.required === undefined) return { ...placed, verdict: 'no-pass-mark', basis: 'number', problems };
  const mark = read(description.requiredValue);
  if (mark === undefined) return cannotTell(placed, 'pass-mark-not-a-number');
  if ((low && compareDecimals(mark, low) < 0) || (high && compareDecimals(mark, high) > 0))
    return cannotTell(placed, 'pass-mark-out-of-range');
  if (low && high) placed.passMark = { fraction: fractionOf(mark, low, high) };
  return { ...placed, verdict: compareDecimals(value, mark) >= 0 ? 'met' : 'not-met', basis: 'number', problems };
}

const zero: Decimal = { digits: 0n, scale: 0 };
const one: Decimal = { digits: 1n, scale: 0 };
const hundred: Decimal = { digits: 100n, scale: 0 };

/** The bounds of a numeric scale; both undefined when they contradict themselves, which is added to `problems`. */
export function readBounds(
  description: JsonObject,
  percent: boolean,
  problems: MasteryProblem[],
): { low?: Decimal; high?: Decimal } {
  const [min, max] = [description.valueMin, description.valueMax];
  if (percent && (min === undefined || max === undefined)) problems.push('bounds-assumed');
  const low = min === undefined ? (percent ? zero : undefined) : parseDecimal(min);
  const high = max === undefined ? (percent ? hundred : undefined) : parseDecimal(max);
  const unreadable = (min !== undefined && low === undefined) || (max !== undefined && high === undefined);
  if (unreadable || (low && high && compareDecimals(low, high) >= 0)) {
    problems.push('bounds-invalid');
    return {};
  }
  return { ...(low ? { low } : {}), ...(high ? { high } : {}) };
}

/** 0.85 or 1 as a percentage: nobody can tell whether 85 % or less than one was meant. */
function isFraction(value: Decimal, written: string): boolean {
  if (compareDecimals(value, one) === 0) return true;
  return compareDecimals(value, zero) > 0 && compareDecimals(value, one) < 0 && written.includes('.');
}
