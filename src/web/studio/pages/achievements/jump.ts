import { checkAlignments } from '../../../../core/framework/alignment-health.ts';
import type { Pack, PackPlace, PackRule } from '../../../../core/framework/pack.ts';
import type { FactId, FrameworkReport, RuleResult } from '../../../../core/framework/report.ts';
import { isJsonObject, type JsonObject, type JsonValue, toList } from '../../../../core/json/json.ts';
import { kindOf } from './scale.ts';
import { eqfAddress } from './skills/align-to.ts';

/** Who supplies what a rule asks for, and the place of the achievement where its author sees to it. */
export interface Jump {
  from: 'achievement' | 'issuer' | 'learner';
  /** Null where the author's page has nothing to do with it. */
  place: string | null;
  /** The path of that place, where the rule looks at several. */
  path?: string;
}

const achievementPath = /^\$\.credentialSubject\.achievement\b/;
const inAchievement = '/credentialSubject/achievement';

function sourceOf(path: string): Jump['from'] {
  if (achievementPath.test(path)) return 'achievement';
  return /^\$\.issuer\b/.test(path) ? 'issuer' : 'learner';
}

/** What each learner shows is asked for in the achievement: results by a scale, work by the number of pieces. */
const askedFor: Record<string, string> = {
  '$.credentialSubject.result[*]': '/resultDescription',
  '$.evidence[*]': '/evidence',
};

/** Where the author goes for a rule: read from the places that the rule looks at, so that no rule is named here. */
export function jumpOf(
  rule: PackRule,
  result: RuleResult,
  { pack, report, achievement }: { pack: Pack; report: FrameworkReport; achievement: JsonObject },
): Jump {
  const places = (rule.places ?? []).filter(({ kind }) => kind !== 'fallback');
  const [first] = places;
  const fact = result.reason !== undefined && result.reason in report.facts ? (result.reason as FactId) : undefined;
  if (first === undefined) return ofFact(fact ?? rule.derived?.[0]?.fact, report, achievement);
  const from = sourceOf(first.path);
  if (fact !== undefined) {
    const { place } = ofFact(fact, report, achievement);
    if (place !== null) return { from, place };
  }
  const asked = places.map(({ path }) => askedFor[path]).find((place) => place !== undefined);
  if (asked !== undefined) return { from, place: asked };
  const own = from === 'issuer' ? undefined : places.find(({ path }) => achievementPath.test(path));
  if (own === undefined) return { from, place: null };
  return { from: 'achievement', place: placeIn(achievement, own, { pack, result }), path: own.path };
}

/** Where the author sees to what is derived from several places. */
function ofFact(fact: FactId | undefined, report: FrameworkReport, achievement: JsonObject): Jump {
  const within = (pointers: readonly (string | undefined)[]) =>
    pointers.find((pointer) => pointer?.startsWith(`${inAchievement}/`))?.slice(inAchievement.length) ?? null;
  if (fact === 'terms.all-defined') {
    const place = within(report.undefinedTerms);
    const isOfIssuer = place === null && report.undefinedTerms.some((pointer) => pointer.startsWith('/issuer/'));
    return { from: isOfIssuer ? 'issuer' : 'achievement', place };
  }
  if (fact === 'alignment.healthy') {
    const errors = checkAlignments({ credentialSubject: { achievement } }).filter(
      ({ severity }) => severity === 'error',
    );
    // What is wrong with an alignment is nearly always its address.
    const place = within(errors.map(({ pointer }) => pointer?.replace(/\/alignment\/\d+$/, '$&/targetUrl')));
    return { from: 'achievement', place };
  }
  const scales = toList(achievement.resultDescription).map((scale) => (isJsonObject(scale) ? scale : {}));
  if (fact === 'mastery.rubric-ordered') {
    const index = scales.findIndex((scale) => toList(scale.rubricCriterionLevel).length > 1);
    return {
      from: 'achievement',
      place: index < 0 ? '/resultDescription' : `/resultDescription/${index}/rubricCriterionLevel`,
    };
  }
  if (fact === 'mastery.every-result-interpretable' || fact === 'mastery.pass-mark-stated') {
    const unclear = report.mastery.statements.find(
      ({ verdict, scale }) => !['met', 'not-met'].includes(verdict) && scale?.resultType !== 'Status',
    );
    const place = within([unclear?.scale?.pointer]);
    const scale = scales[Number(place?.split('/').at(-1) ?? 0)];
    if (scale === undefined) return { from: 'learner', place: '/resultDescription' };
    const mark = { levels: 'requiredLevel', values: 'requiredValue', number: 'requiredValue', none: 'resultType' };
    return { from: 'learner', place: `${place ?? '/resultDescription/0'}/${mark[kindOf(scale)]}` };
  }
  return { from: 'learner', place: null };
}

interface Step {
  member: string;
  /** The filter of a selection from a list, '' for all of it; null where the member is no list. */
  filter: string | null;
}

const stepsOf = (path: string): Step[] =>
  [...path.replace(achievementPath, '').matchAll(/\.(\w+)(\[(?:\*|\?([^\]]*))\])?/g)].map(
    ([, member = '', selection, filter = '']) => ({ member, filter: selection === undefined ? null : filter }),
  );

/** Where to write; `isBlank`: nothing stands there yet. */
interface Spot {
  place: string;
  isBlank: boolean;
}

interface Wanted {
  /** Members that the rule requires of what it looks at, or of the entries of a list. */
  members: readonly string[];
  entryMembers: readonly string[];
  /** Pointers of what the rule saw and did not take, or took for want of better. */
  seen: readonly string[];
}

/** The first thing that is still to be written for a place; where all is written, what may be written otherwise. */
function placeIn(
  achievement: JsonObject,
  { path, schema }: PackPlace,
  { pack, result }: { pack: Pack; result: RuleResult },
): string {
  const asked = isJsonObject(schema as JsonValue) ? (schema as JsonObject) : {};
  // The levels of the European Qualifications Framework have a field of their own.
  if (typeof asked.pattern === 'string' && new RegExp(asked.pattern).test(eqfAddress(5))) return '/eqf';
  const wanted = {
    members: requiredBy(asked, pack),
    entryMembers: requiredBy(asked.items ?? {}, pack),
    seen: [...result.nearMisses.map(({ pointer }) => pointer), ...result.found],
  };
  return spotIn(achievement, '', stepsOf(path), wanted).place;
}

function spotIn(holder: JsonValue | undefined, at: string, steps: readonly Step[], wanted: Wanted): Spot {
  const [step, ...rest] = steps;
  if (step === undefined) return spotAtEnd(holder, at, wanted);
  const place = `${at}/${step.member}`;
  const value = isJsonObject(holder) ? holder[step.member] : undefined;
  if (step.filter !== null) return spotInList(toList(value), place, { ...step, filter: step.filter }, rest, wanted);
  const shows = shownBy(holder, step.member);
  if (shows !== null) return { place: `${at}/${shows}`, isBlank: true };
  return isBlank(value) && rest.length === 0 ? { place, isBlank: true } : spotIn(value, place, rest, wanted);
}

function spotInList(
  entries: readonly JsonValue[],
  at: string,
  { member, filter }: { member: string; filter: string },
  rest: readonly Step[],
  wanted: Wanted,
): Spot {
  const [first] = entries;
  if (first === undefined) return { place: at, isBlank: true };
  const chosen = [...entries.entries()].filter(([, entry]) => failsOn(entry, filter) === null);
  if (chosen.length === 0) return { place: `${at}/0/${failsOn(first, filter)}`, isBlank: true };
  const spots = chosen.map(([index, entry]) => spotIn(entry, `${at}/${index}`, rest, wanted));
  const blank = spots.filter(({ isBlank }) => isBlank);
  const isSeen = ({ place }: Spot) => wanted.seen.some((seen) => `${inAchievement}${place}/`.startsWith(`${seen}/`));
  // An alignment that is written in full is about something else: another one is added.
  const full = member === 'alignment' ? { place: at, isBlank: false } : (spots[0] as Spot);
  const seen = blank.find(isSeen) ?? (member === 'alignment' ? undefined : spots.find(isSeen));
  return seen ?? blank[0] ?? full;
}

function spotAtEnd(value: JsonValue | undefined, at: string, { members, entryMembers }: Wanted): Spot {
  if (isJsonObject(value)) {
    const missing = members.find((member) => isBlank(value[member]));
    const member = missing ?? members[0];
    if (member === undefined) return { place: at, isBlank: false };
    return { place: `${at}/${shownBy(value, member) ?? member}`, isBlank: missing !== undefined };
  }
  for (const [index, entry] of toList(value).entries()) {
    const missing = isJsonObject(entry) && entryMembers.find((member) => isBlank(entry[member]));
    if (missing) return { place: `${at}/${index}/${missing}`, isBlank: true };
  }
  return { place: at, isBlank: false };
}

const isBlank = (value: JsonValue | undefined) =>
  value === undefined || value === '' || (Array.isArray(value) && value.length === 0);

/** The member on which a filter of a pack fails; null when it lets the entry through. */
function failsOn(entry: JsonValue, filter: string): string | null {
  const [, member] = /@\.(\w+)/.exec(filter) ?? [];
  if (member === undefined) return null;
  const value = isJsonObject(entry) ? entry[member] : undefined;
  if (isBlank(value)) return member;
  return !filter.includes('==') || filter.includes(`'${String(value)}'`) ? null : member;
}

/** Fields of an assessment that are there only when another one says so. */
function shownBy(scale: JsonValue | undefined, member: string): string | null {
  if (!isJsonObject(scale)) return null;
  const isOfAssessment = ['assessmentOutput', 'evaluationMethod', 'assessmentEvaluation'].includes(member);
  if (isOfAssessment && isBlank(scale.assessmentType)) return 'assessmentType';
  return member === 'rubricCriterionLevel' && kindOf(scale) !== 'levels' ? 'resultType' : null;
}

/** The members that a schema requires, also by what it refers to. */
function requiredBy(schema: JsonValue, pack: Pack): string[] {
  if (!isJsonObject(schema)) return [];
  const [, name] = /^#\/\$defs\/(.+)$/.exec(String(schema.$ref ?? '')) ?? [];
  const parts = [name === undefined ? undefined : (pack.$defs?.[name] as JsonValue), ...toList(schema.allOf)];
  return [
    ...parts.flatMap((part) => (part === undefined ? [] : requiredBy(part, pack))),
    ...toList(schema.required).map(String),
  ];
}
