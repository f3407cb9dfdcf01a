import type { CredentialView } from '../credential/types.ts';
import { isJsonObject, type JsonObject, toList } from '../json/json.ts';
import { toPointer } from '../json/pointer.ts';
import { readLevel } from './mastery-level.ts';
import { cannotTell, objectsIn, type Reading, textOf } from './mastery-reading.ts';
import { readValue } from './mastery-value.ts';
import type { MasteryProblem, MasteryStatement, SkillRef } from './report.ts';
import { skillsOf } from './skills.ts';

export interface Described {
  value: JsonObject;
  tokens: (string | number)[];
}

const subjectTokens = ['credentialSubject'];
const descriptionTokens = ['credentialSubject', 'achievement', 'resultDescription'];
const statusWords = ['Completed', 'Enrolled', 'Failed', 'InProgress', 'OnHold', 'Provisional', 'Withdrew'];

/** The results and their descriptions in a pruned credential in canonical form, with where they stand there. */
export function resultsIn(credential: CredentialView): { results: Described[]; descriptions: Described[] } {
  const subject = isJsonObject(credential.credentialSubject) ? credential.credentialSubject : {};
  const achievement = isJsonObject(subject.achievement) ? subject.achievement : {};
  const at = (tokens: (string | number)[], value: JsonObject['x'] | undefined) =>
    objectsIn(value).map(({ value, index }) => ({ value, tokens: [...tokens, index] }));
  return {
    results: at([...subjectTokens, 'result'], subject.result),
    descriptions: at(descriptionTokens, achievement.resultDescription),
  };
}

/**
 * Whether reading every result against every scale would cost more than a credential may: work grows with the product, and
 * documents come from strangers. No credential of people comes near.
 */
export function isOversized(results: Described[], descriptions: Described[]): boolean {
  const size = descriptions.reduce((total, { value }) => {
    const { rubricCriterionLevel, allowedValue, alignment } = value;
    return (
      total +
      1 +
      [rubricCriterionLevel, allowedValue, alignment].reduce<number>((sum, list) => sum + toList(list).length, 0)
    );
  }, 0);
  return results.length * size > 2_000_000;
}

/** The descriptions that a result's link names. A link is well when there is exactly one. */
export function linkedDescriptions(result: JsonObject, descriptions: Described[]): Described[] {
  const link = textOf(result.resultDescription);
  return link === undefined ? [] : descriptions.filter(({ value }) => value.id === link);
}

/** The status that a result states; on a Status scale a value that is exactly a status word counts (framework.md §6.2). */
export function statusOf(result: JsonObject, descriptions: Described[]): string | undefined {
  const status = textOf(result.status);
  if (status !== undefined) return status;
  const [description, ...more] = linkedDescriptions(result, descriptions);
  if (description?.value.resultType !== 'Status' || more.length > 0) return undefined;
  const value = textOf(result.value);
  return value !== undefined && statusWords.includes(value) ? value : undefined;
}

/**
 * One mastery statement for each result, in order (framework.md §6). `credential` is in canonical form, pruned;
 * `listOrderProtected` says whether the proof covers the order of rubric levels. Pointers are those of the canonical form,
 * and sentences are empty: the caller fills both in.
 */
export function readMastery(credential: CredentialView, listOrderProtected: boolean): MasteryStatement[] {
  const { results, descriptions } = resultsIn(credential);
  if (isOversized(results, descriptions))
    return results.map(({ tokens }) => ({
      result: toPointer(tokens),
      verdict: 'cannot-tell',
      basis: null,
      problems: ['limit'],
      skills: [],
      sentence: '',
    }));
  const statuses = results.map(({ value }) => statusOf(value, descriptions));
  const statements = results.map((result) => readResult(result, descriptions, listOrderProtected));
  const open = [...new Set(statuses.filter((status) => status !== undefined && status !== 'Completed'))];
  if (open.length === 0) return statements;
  const contradictory = statuses.includes('Completed');
  const problems: MasteryProblem[] = [
    ...open.map((status) => `status-${status}` as const),
    ...(contradictory ? (['status-contradictory'] as const) : []),
  ];
  return statements.map((statement) => ({
    ...statement,
    verdict: 'not-completed',
    problems: [...statement.problems, ...problems],
  }));
}

function readResult(
  { value: result, tokens }: Described,
  all: Described[],
  listOrderProtected: boolean,
): MasteryStatement {
  const linked = linkedDescriptions(result, all);
  const problems: MasteryProblem[] = [];
  if (textOf(result.resultDescription) === undefined) problems.push('link-missing');
  else if (linked.length === 0) problems.push('link-unresolved');
  else if (linked.length > 1) problems.push('link-ambiguous');
  let description = linked.length === 1 ? linked[0] : undefined;
  let level: JsonObject | undefined;
  let reading: Reading | undefined;
  const achieved = textOf(result.achievedLevel);
  if (linked.length > 1) reading = cannotTell({ achieved: textOf(result.value) });
  else if (achieved !== undefined && description?.value.resultType !== 'Status') {
    const found = findLevel(achieved, description, all);
    if ('problem' in found) reading = cannotTell({ achieved: textOf(result.value) }, found.problem);
    else {
      if (description !== undefined && found.description !== description) problems.push('level-in-other-description');
      description = found.description;
      level = found.level;
    }
  }
  reading ??= readAgainst(result, description, level, listOrderProtected);
  const statement: MasteryStatement = {
    result: toPointer(tokens),
    verdict: reading.verdict,
    basis: reading.basis,
    problems: problems.concat(reading.problems),
    skills: collectSkills(result, description?.value, level),
    sentence: '',
  };
  if (description !== undefined) statement.scale = scaleOf(description);
  if (reading.achieved !== undefined) statement.achieved = reading.achieved;
  if (reading.required !== undefined) statement.required = reading.required;
  if (reading.position !== undefined) statement.position = reading.position;
  if (reading.passMark !== undefined) statement.passMark = reading.passMark;
  if (reading.levels !== undefined) statement.levels = reading.levels;
  return statement;
}

function readAgainst(
  result: JsonObject,
  description: Described | undefined,
  level: JsonObject | undefined,
  listOrderProtected: boolean,
): Reading {
  if (description?.value.resultType === 'Status') return readStatus(result);
  if (level !== undefined && description !== undefined)
    return readLevel(result, description.value, level, listOrderProtected);
  const value = textOf(result.value);
  if (value === undefined) {
    const status = textOf(result.status);
    if (status === undefined) return cannotTell({}, 'empty-result');
    return { verdict: status === 'Completed' ? 'completed' : 'not-completed', basis: 'status', problems: [] };
  }
  return description === undefined ? cannotTell({ achieved: value }) : readValue(result, description.value);
}

function readStatus(result: JsonObject): Reading {
  const value = textOf(result.value);
  const stated = textOf(result.status);
  const status = stated ?? (value !== undefined && statusWords.includes(value) ? value : undefined);
  const achieved = value === undefined ? {} : { achieved: value };
  if (status === undefined) return cannotTell(achieved, 'status-missing');
  return {
    ...achieved,
    verdict: status === 'Completed' ? 'completed' : 'not-completed',
    basis: 'status',
    problems: stated === undefined ? ['status-in-value'] : [],
  };
}

/** The level with this id: in the linked description, else in the only other one that has it (framework.md §6.1). */
function findLevel(
  id: string,
  linked: Described | undefined,
  all: Described[],
): { description: Described; level: JsonObject } | { problem: MasteryProblem } {
  const levelsIn = ({ value }: Described) =>
    objectsIn(value.rubricCriterionLevel).flatMap(({ value: level }) => (level.id === id ? [level] : []));
  const candidates =
    linked !== undefined && levelsIn(linked).length > 0 ? [linked] : all.filter((one) => levelsIn(one).length > 0);
  const [description, ...others] = candidates;
  if (description === undefined || others.length > 0) return { problem: 'level-unknown' };
  const [level, ...more] = levelsIn(description);
  if (level === undefined || more.length > 0) return { problem: 'level-ambiguous' };
  return { description, level };
}

function scaleOf({ value, tokens }: Described): NonNullable<MasteryStatement['scale']> {
  return {
    id: textOf(value.id) ?? '',
    name: textOf(value.name) ?? '',
    resultType: textOf(value.resultType) ?? '',
    pointer: toPointer(tokens),
  };
}

function collectSkills(...holders: (JsonObject | undefined)[]): SkillRef[] {
  const skills = holders.flatMap((holder) => (holder === undefined ? [] : skillsOf(toList(holder.alignment))));
  const byUrl = new Map<string, SkillRef>();
  for (const skill of skills) if (!byUrl.has(skill.targetUrl)) byUrl.set(skill.targetUrl, skill);
  return [...byUrl.values()];
}
