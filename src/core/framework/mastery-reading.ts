import { isJsonObject, type JsonObject, type JsonValue, toList } from '../json/json.ts';
import type { MasteryProblem, MasteryStatement } from './report.ts';

/** What one result says against its scale, before the status of the whole prevails (framework.md §6). */
export interface Reading
  extends Pick<MasteryStatement, 'verdict' | 'basis' | 'position' | 'passMark' | 'levels' | 'achieved' | 'required'> {
  problems: MasteryProblem[];
}

export function cannotTell(reading: Partial<Reading>, ...problems: MasteryProblem[]): Reading {
  return { ...reading, verdict: 'cannot-tell', basis: null, problems: [...(reading.problems ?? []), ...problems] };
}

/** Text of a value: a string, a number as written, or the first text of a language value. Blank text is no text. */
export function textOf(value: JsonValue | undefined): string | undefined {
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return value.trim() === '' ? undefined : value;
  if (Array.isArray(value)) return textOf(value[0]);
  if (isJsonObject(value)) return textOf(value['@value']);
  return undefined;
}

export function objectsIn(value: JsonValue | undefined): { value: JsonObject; index: number }[] {
  const objects: { value: JsonObject; index: number }[] = [];
  const list = toList(value);
  for (let index = 0; index < list.length; index += 1) {
    const item = list[index];
    if (isJsonObject(item)) objects.push({ value: item, index });
  }
  return objects;
}
