import type { Pointer } from '../finding.ts';
import { isJsonObject, type JsonObject } from '../json/json.ts';
import { toPointer } from '../json/pointer.ts';
import { checkAlignments, hasAlignments } from './alignment-health.ts';
import { readDateRange } from './dates.ts';
import { compareDecimals, parseDecimal } from './decimal.ts';
import { type Described, isOversized, linkedDescriptions, resultsIn, statusOf } from './mastery.ts';
import { orderLevels } from './mastery-level.ts';
import { objectsIn, textOf } from './mastery-reading.ts';
import { isNumeric, readBounds } from './mastery-value.ts';
import type { FactId, FactValue, MasteryStatement } from './report.ts';
import type { Views } from './views.ts';

export interface Fact {
  value: FactValue;
  /** What made it so; in the canonical form. */
  pointers: Pointer[];
}

export type Facts = Record<FactId, Fact>;

const nothing: Fact = { value: null, pointers: [] };

/** The derived facts of framework.md §2.4: true, false, unknown, or null when there is nothing to judge. */
export function deriveFacts(views: Views, statements: MasteryStatement[]): Facts {
  const found = resultsIn(views.pruned);
  // Nothing is told of results that are too many to read; a status is read where it stands.
  const oversized = isOversized(found.results, found.descriptions);
  const results = found.results;
  const descriptions = oversized ? [] : found.descriptions;
  const having = (...verdicts: MasteryStatement['verdict'][]) =>
    statements.filter(({ verdict }) => verdicts.includes(verdict)).map(({ result }) => result);
  // The next two say "at least one result and …", so no result makes them false, not null.
  const everyStatement = (faulty: Pointer[]): Fact => ({
    value: statements.length > 0 && faulty.length === 0,
    pointers: faulty,
  });
  const completedOffScale = statements.filter(
    ({ verdict, scale }) => verdict === 'completed' && scale?.resultType !== 'Status',
  );
  const incomplete = results.filter(({ value }) => {
    const status = statusOf(value, descriptions);
    return status !== undefined && status !== 'Completed';
  });
  const below = having('not-met');
  const facts: Facts = {
    'terms.all-defined': termsFact(views),
    'dates.consistent': datesFact(views.pruned),
    'alignment.healthy': alignmentFact(views.pruned),
    'status.incomplete':
      results.length === 0 ? nothing : { value: incomplete.length > 0, pointers: incomplete.map(pointerOf) },
    'mastery.every-result-interpretable': everyStatement(having('cannot-tell')),
    'mastery.pass-mark-stated': everyStatement([
      ...having('no-pass-mark', 'cannot-tell'),
      ...completedOffScale.map(({ result }) => result),
    ]),
    'mastery.none-below-pass-mark': statements.length === 0 ? nothing : { value: below.length === 0, pointers: below },
    'mastery.rubric-ordered': all(
      descriptions.filter(({ value }) => objectsIn(value.rubricCriterionLevel).length >= 2),
      ({ value }) => {
        const { basis, problems } = orderLevels(value);
        return (
          (basis === 'points' || basis === 'level') &&
          !problems.includes('order-descending') &&
          !problems.includes('order-mixed')
        );
      },
    ),
    'result.every-linked': all(results, ({ value }) => linkedDescriptions(value, descriptions).length === 1),
    'result.every-value-in-range': all(
      results.filter(({ value }) => hasNumericScale(value, descriptions)),
      ({ value }) => isInRange(value, descriptions),
    ),
    'result.every-level-declared': all(
      results.filter(({ value }) => value.achievedLevel !== undefined),
      ({ value }) =>
        linkedDescriptions(value, descriptions).some((description) =>
          objectsIn(description.value.rubricCriterionLevel).some((level) => level.value.id === value.achievedLevel),
        ),
    ),
  };
  if (oversized) for (const id of resultFacts) facts[id] = { value: 'unknown', pointers: [] };
  return facts;
}

const resultFacts: FactId[] = [
  'mastery.every-result-interpretable',
  'mastery.pass-mark-stated',
  'mastery.none-below-pass-mark',
  'mastery.rubric-ordered',
  'result.every-linked',
  'result.every-value-in-range',
  'result.every-level-declared',
];

function pointerOf({ tokens }: Described): Pointer {
  return toPointer(tokens);
}

function all(entries: Described[], holds: (entry: Described) => boolean): Fact {
  if (entries.length === 0) return nothing;
  const faulty = entries.filter((entry) => !holds(entry));
  return { value: faulty.length === 0, pointers: faulty.map(pointerOf) };
}

function termsFact({ undefinedTerms, unknownScopes }: Views): Fact {
  if (unknownScopes.length > 0)
    return { value: 'unknown', pointers: unknownScopes.map((scope) => `${scope}/@context`) };
  return { value: undefinedTerms.length === 0, pointers: undefinedTerms.map(({ pointer }) => pointer) };
}

/** In the order in which they have to come; what is absent or unreadable is left out of the chain. */
function datesFact(credential: JsonObject): Fact {
  const subject = isJsonObject(credential.credentialSubject) ? credential.credentialSubject : {};
  const chain = [
    { pointer: '/credentialSubject/activityStartDate', value: subject.activityStartDate },
    { pointer: '/credentialSubject/activityEndDate', value: subject.activityEndDate },
    { pointer: '/awardedDate', value: credential.awardedDate },
    { pointer: '/validFrom', value: credential.validFrom },
    { pointer: '/validUntil', value: credential.validUntil },
  ].flatMap(({ pointer, value }) => {
    const range = readDateRange(value);
    return range === undefined ? [] : [{ pointer, ...range }];
  });
  if (chain.length < 2) return nothing;
  const reversed = chain.filter((later, index) => index > 0 && chain[index - 1]!.earliest > later.latest);
  return { value: reversed.length === 0, pointers: reversed.map(({ pointer }) => pointer) };
}

function alignmentFact(credential: JsonObject): Fact {
  if (!hasAlignments(credential)) return nothing;
  const errors = checkAlignments(credential).filter(({ severity }) => severity === 'error');
  return { value: errors.length === 0, pointers: errors.map(({ pointer }) => pointer ?? '') };
}

function scaleOf(result: JsonObject, descriptions: Described[]): JsonObject | undefined {
  const linked = linkedDescriptions(result, descriptions);
  return linked.length === 1 ? linked[0]?.value : undefined;
}

function hasNumericScale(result: JsonObject, descriptions: Described[]): boolean {
  const scale = scaleOf(result, descriptions);
  if (scale === undefined || !isNumeric(scale, result.value)) return false;
  // A level or a bare status may stand in the place of the number.
  return result.value !== undefined || (result.achievedLevel === undefined && result.status === undefined);
}

function isInRange(result: JsonObject, descriptions: Described[]): boolean {
  const scale = scaleOf(result, descriptions);
  const text = textOf(result.value);
  if (scale === undefined || text === undefined) return false;
  const percent = scale.resultType === 'Percent';
  const value = parseDecimal(percent ? text.replace(/\s*%\s*$/, '') : text);
  if (value === undefined) return false;
  const { low, high } = readBounds(scale, percent, []);
  return !(low && compareDecimals(value, low) < 0) && !(high && compareDecimals(value, high) > 0);
}
