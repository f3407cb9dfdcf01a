import { diffJson, type JsonChange } from '../../../../../core/json/diff-json.ts';
import { isJsonObject, type JsonObject, type JsonValue, toList } from '../../../../../core/json/json.ts';
import { fromPointer, resolvePointer } from '../../../../../core/json/pointer.ts';
import type { Version } from '../draft.ts';
import { endorsementsOf } from '../endorsement.ts';

/** How much a difference matters to somebody who relies on a credential. */
export type ChangeGroup = 'meaning' | 'reading' | 'hidden';

/** Members of an Achievement in the order in which a receiver reads them. */
const members: readonly (readonly [string, ChangeGroup])[] = [
  ['achievementType', 'meaning'],
  ['criteria', 'meaning'],
  ['resultDescription', 'meaning'],
  ['evidence', 'meaning'],
  ['alignment', 'meaning'],
  ['timeRequired', 'meaning'],
  ['creditsAvailable', 'meaning'],
  ['creator', 'meaning'],
  ['endorsement', 'meaning'],
  ['coursePrerequisites', 'meaning'],
  ['courseMode', 'meaning'],
  ['name', 'reading'],
  ['description', 'reading'],
  ['image', 'reading'],
  ['inLanguage', 'reading'],
  ['fieldOfStudy', 'reading'],
  ['specialization', 'reading'],
  ['tag', 'reading'],
];

const memberOf = ({ pointer }: JsonChange) => fromPointer(pointer)?.[0] ?? '';

type Content = Pick<Version, 'achievement' | 'evidence'>;

/** Changes of an achievement with what it asks of learners, by how much they matter, and then as a receiver reads them. */
export function changesBetween(before: Content | null, after: Content): Record<ChangeGroup, JsonChange[]> {
  const all = diffJson(shapeOf(before), shapeOf(after));
  const rank = (change: JsonChange) => {
    const place = members.findIndex(([name]) => name === memberOf(change));
    return place < 0 ? members.length : place;
  };
  const sorted = [...all].sort((a, b) => rank(a) - rank(b));
  const inGroup = (group: ChangeGroup) => sorted.filter((change) => (members[rank(change)]?.[1] ?? 'hidden') === group);
  return { meaning: inGroup('meaning'), reading: inGroup('reading'), hidden: inGroup('hidden') };
}

/**
 * What is compared: the document without what says nothing to anybody, with who endorses it, and beside it the evidence that is
 * asked for. Lists that are not there are empty, so that each of their entries is a change of its own.
 */
function shapeOf(version: Content | null): JsonObject {
  const { type: _, endorsement: __, endorsementJwt: ___, ...document } = version?.achievement ?? {};
  const endorsements = endorsementsOf(version?.achievement ?? {});
  const evidence = version?.evidence ?? null;
  return {
    criteria: {},
    alignment: [],
    resultDescription: [],
    ...document,
    ...(endorsements.length > 0 && {
      endorsement: endorsements.map(({ by, comment }) => (comment === '' ? by : `${by}: ${comment}`)),
    }),
    ...(evidence !== null && { evidence: [String(evidence.minimum), ...(evidence.kinds ?? [])] }),
  };
}

/** The scale that a change is about, in one of the versions, when its pass mark or its levels are other ones. */
export function scaleAt({ pointer }: JsonChange, version: Version | null): JsonObject | null {
  const [, place] = /^\/resultDescription\/(\d+)(?:$|\/requiredLevel|\/rubricCriterionLevel)/.exec(pointer) ?? [];
  if (place === undefined || version === null) return null;
  const scale = resolvePointer(version.achievement, `/resultDescription/${place}`);
  return isJsonObject(scale) ? scale : null;
}

/** One part of a value, with the place where it stands. */
export interface Leaf {
  pointer: string;
  value: string | number | boolean | string[];
}

/** The parts of a value that people read; ids and types of objects are for machines. */
export function leavesOf(value: JsonValue, pointer: string): Leaf[] {
  if (Array.isArray(value)) {
    const texts = value.filter((entry) => typeof entry === 'string');
    if (texts.length === value.length) return texts.length === 0 ? [] : [{ pointer, value: texts }];
    return value.flatMap((entry, index) => leavesOf(entry, `${pointer}/${index}`));
  }
  if (isJsonObject(value))
    return Object.entries(value).flatMap(([name, part]) =>
      ['type', 'points', 'level'].includes(name) || (name === 'id' && value.name !== undefined) || part === false
        ? []
        : leavesOf(part, `${pointer}/${name}`),
    );
  return value === null ? [] : [{ pointer, value }];
}

/** What a pass mark names: the level instead of its id. */
export function nameOfLevel(id: string, version: Version): string {
  const levels = toList(version.achievement.resultDescription)
    .filter(isJsonObject)
    .flatMap((scale) => toList(scale.rubricCriterionLevel).filter(isJsonObject));
  return String(levels.find((level) => level.id === id)?.name ?? id);
}
