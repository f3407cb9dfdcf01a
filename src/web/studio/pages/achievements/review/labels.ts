import { isJsonObject } from '../../../../../core/json/json.ts';
import { fromPointer, resolvePointer } from '../../../../../core/json/pointer.ts';
import { fill } from '../../../../texts/language.ts';
import type { Version } from '../draft.ts';
import type { useTexts } from '../texts.ts';

type Texts = ReturnType<typeof useTexts>;

/** What the form calls a place of the document: "Practical assessment: Pass mark". */
export function labelOf(pointer: string, version: Pick<Version, 'achievement'>, texts: Texts): string {
  const [member = '', place, ...rest] = fromPointer(pointer) ?? [];
  const inner = rest.join('/');
  const entry = resolvePointer(version.achievement, `/${member}/${place}`);
  const named = (name: string) => (isJsonObject(entry) && typeof entry[name] === 'string' ? String(entry[name]) : '');
  if (member === 'evidence') return texts.sections.evidence;
  if (member === 'alignment') return joined(texts.sections.skills, named('targetName'), skill(inner, texts));
  if (member === 'resultDescription') return joined(texts.sections.assessment, named('name'), scale(inner, texts));
  if (member === 'criteria') return texts.fields[place === 'id' ? 'criteriaPage' : 'narrative'][0] ?? '';
  if (member === 'image') return place === 'caption' ? (texts.fields.caption[0] ?? '') : texts.sections.image;
  if (member === 'creator')
    return texts.fields[place === 'id' || place === 'url' ? 'creatorId' : 'creatorName'][0] ?? '';
  if (member === 'otherIdentifier') return identifier(Number(place), inner, texts);
  if (member === 'endorsement') return texts.endorsements.title;
  if (member === 'timeRequired') return texts.fields.duration[0] ?? '';
  const fields: Record<string, readonly string[]> = texts.fields;
  return fields[member]?.[0] ?? member;
}

const joined = (section: string, name: string, part: string) =>
  [name === '' ? section : name, part].filter((text) => text !== '').join(': ');

function skill(inner: string, texts: Texts): string {
  const fields: Record<string, unknown> = texts.skills;
  return first(fields[inner]);
}

function scale(inner: string, texts: Texts): string {
  const [, level, part] = /^rubricCriterionLevel\/(\d+)\/?(\w*)/.exec(inner) ?? [];
  if (level !== undefined) {
    const { description, definitions, name } = texts.rubric;
    return fill({ description, alignment: definitions }[part ?? ''] ?? name, { number: Number(level) + 1 });
  }
  if (inner.startsWith('rubricCriterionLevel')) return texts.rubric.title;
  if (inner === 'requiredLevel') return texts.scale.requiredValue[0] ?? '';
  if (inner.startsWith('alignment')) return texts.scale.measures;
  const fields: Record<string, unknown> = texts.scale;
  const found = fields[inner];
  return typeof found === 'string' ? found : first(found);
}

const first = (words: unknown) => (Array.isArray(words) && typeof words[0] === 'string' ? words[0] : '');

/** Of one identifier; of all of them where the place names none. */
function identifier(place: number, inner: string, { identifiers }: Texts): string {
  if (Number.isNaN(place)) return identifiers.title;
  return fill(inner === 'identifierType' ? identifiers.kind : identifiers.identifier, { number: place + 1 });
}
