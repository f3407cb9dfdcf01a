import type { JsonObject } from '../json/json.ts';
import { compareDecimals, type Decimal, parseDecimal } from './decimal.ts';
import { cannotTell, objectsIn, type Reading, textOf } from './mastery-reading.ts';
import type { MasteryProblem } from './report.ts';

export type LevelBasis = 'points' | 'level' | 'list';

export interface LevelOrder {
  /** Null when nothing says which level is higher. */
  basis: LevelBasis | null;
  /** Levels from lowest to highest; in the order of the list when there is no basis. */
  levels: JsonObject[];
  problems: MasteryProblem[];
}

/** The order of a rubric's levels: by points, else by level numerals, else by the list (framework.md §6.3). */
export function orderLevels(description: JsonObject): LevelOrder {
  const levels = objectsIn(description.rubricCriterionLevel).map(({ value }) => value);
  const byPoints = levels.map((level) => parseDecimal(level.points));
  const numberProblem: MasteryProblem[] = levels.some(({ points }) => typeof points === 'number')
    ? ['number-not-string']
    : [];
  const ordered = sortBy(levels, byPoints);
  if (ordered !== undefined) return { basis: 'points', ...ordered, problems: [...numberProblem, ...ordered.problems] };
  if (levels.some(({ points }) => points !== undefined))
    return { basis: null, levels, problems: [...numberProblem, 'points-doubtful'] };
  const byNumeral = sortBy(
    levels,
    levels.map(({ level }) => parseDecimal(level)),
  );
  if (byNumeral !== undefined) return { basis: 'level', ...byNumeral };
  return { basis: 'list', levels, problems: [] };
}

/** Undefined unless every level has a number and no two the same. */
function sortBy(levels: JsonObject[], numbers: (Decimal | undefined)[]): Omit<LevelOrder, 'basis'> | undefined {
  const pairs = levels.flatMap((level, index) => {
    const number = numbers[index];
    return number === undefined ? [] : [{ level, number }];
  });
  if (pairs.length < levels.length || pairs.length === 0) return undefined;
  const sorted = pairs.toSorted((a, b) => compareDecimals(a.number, b.number));
  if (sorted.some(({ number }, index) => index > 0 && compareDecimals(number, sorted[index - 1]!.number) === 0))
    return undefined;
  const rising = sorted.every(({ level }, index) => level === levels[index]);
  const falling = sorted.every(({ level }, index) => level === levels[levels.length - 1 - index]);
  return {
    levels: sorted.map(({ level }) => level),
    problems: rising ? [] : [falling ? 'order-descending' : 'order-mixed'],
  };
}

/** Read an achieved level against its rubric (framework.md §6.3). `achieved` is a level of `description`. */
export function readLevel(
  result: JsonObject,
  description: JsonObject,
  achieved: JsonObject,
  listOrderProtected: boolean,
): Reading {
  const order = orderLevels(description);
  const listOnly = order.basis === 'list';
  const basis = listOnly && !listOrderProtected ? null : order.basis;
  const rank = (level: JsonObject) => ({ rank: order.levels.indexOf(level) + 1, of: order.levels.length });
  const reading: Partial<Reading> = { achieved: labelOf(achieved), problems: [...order.problems] };
  if (listOnly) reading.problems!.push(listOrderProtected ? 'order-by-list-only' : 'order-not-protected');
  if (basis !== null) {
    reading.position = rank(achieved);
    reading.levels = order.levels.map(labelOf);
  }
  reading.problems!.push(...valueProblems(result, achieved));
  const requiredId = textOf(description.requiredLevel);
  if (requiredId === undefined) return againstNumber(description, achieved, basis, reading);
  const required = order.levels.find(({ id }) => id === requiredId);
  if (required === undefined) return cannotTell(reading, 'required-level-unknown');
  reading.required = labelOf(required);
  if (basis !== null) reading.passMark = rank(required);
  const problems = reading.problems ?? [];
  if (required === achieved) return { ...reading, verdict: 'met', basis: 'identity', problems };
  if (listOnly && !listOrderProtected) return cannotTell(reading);
  if (basis !== null)
    return { ...reading, verdict: rank(achieved).rank > rank(required).rank ? 'met' : 'not-met', basis, problems };
  const [got, needed] = [parseDecimal(achieved.points), parseDecimal(required.points)];
  if (got === undefined || needed === undefined || compareDecimals(got, needed) === 0) return cannotTell(reading);
  return { ...reading, verdict: compareDecimals(got, needed) > 0 ? 'met' : 'not-met', basis: 'points', problems };
}

/** No required level: the pass mark may be a number, to be compared with the level's points. */
function againstNumber(
  description: JsonObject,
  achieved: JsonObject,
  basis: LevelBasis | null,
  reading: Partial<Reading>,
): Reading {
  const problems = reading.problems ?? [];
  const required = textOf(description.requiredValue);
  if (required === undefined) return { ...reading, verdict: 'no-pass-mark', basis, problems };
  const [needed, got] = [parseDecimal(description.requiredValue), parseDecimal(achieved.points)];
  const withMark = { ...reading, required };
  if (needed === undefined || got === undefined) return cannotTell(withMark, 'pass-mark-not-comparable');
  return { ...withMark, verdict: compareDecimals(got, needed) >= 0 ? 'met' : 'not-met', basis: 'number', problems };
}

function valueProblems(result: JsonObject, achieved: JsonObject): MasteryProblem[] {
  const [value, points] = [parseDecimal(result.value), parseDecimal(achieved.points)];
  if (value === undefined || points === undefined || compareDecimals(value, points) === 0) return [];
  return ['value-points-disagree'];
}

function labelOf(level: JsonObject): string {
  return textOf(level.name) ?? textOf(level.level) ?? textOf(level.id) ?? '';
}
