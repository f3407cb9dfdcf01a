import type { Pointer } from '../finding.ts';
import { isJsonObject, type JsonObject, type JsonValue } from './json.ts';
import { toPointer } from './pointer.ts';

/** `pointer` is into the newer document; of what was removed, into the older one. */
export type JsonChange =
  | { change: 'added'; pointer: Pointer; after: JsonValue }
  | { change: 'removed'; pointer: Pointer; before: JsonValue }
  | { change: 'changed'; pointer: Pointer; before: JsonValue; after: JsonValue }
  /** The same entries of a list in another order, by what names them. */
  | { change: 'reordered'; pointer: Pointer; before: string[]; after: string[] };

type Tokens = readonly (string | number)[];

/**
 * What is different between two documents. Entries of a list are matched by their `id`, or their `targetUrl`, where every entry
 * has one of its own; other lists of objects by place, and lists of anything else are compared whole.
 */
export function diffJson(before: JsonValue, after: JsonValue, at: Tokens = [], was: Tokens = at): JsonChange[] {
  if (isJsonObject(before) && isJsonObject(after)) return diffObjects(before, after, at, was);
  if (isListOfObjects(before) && isListOfObjects(after)) return diffLists(before, after, at, was);
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  return [{ change: 'changed', pointer: toPointer([...at]), before, after }];
}

function diffObjects(before: JsonObject, after: JsonObject, at: Tokens, was: Tokens): JsonChange[] {
  const names = [...Object.keys(after), ...Object.keys(before).filter((name) => !Object.hasOwn(after, name))];
  return names.flatMap((name) => diffMember(member(before, name), member(after, name), [...at, name], [...was, name]));
}

function diffLists(before: JsonObject[], after: JsonObject[], at: Tokens, was: Tokens): JsonChange[] {
  const [old, current] = [byName(before), byName(after)];
  if (old === null || current === null) {
    const length = Math.max(before.length, after.length);
    return Array.from({ length }, (_, index) =>
      diffMember(before[index], after[index], [...at, index], [...was, index]),
    ).flat();
  }
  const stay = (of: typeof old, other: typeof old) => [...of.keys()].filter((name) => other.has(name));
  const [order, reorder] = [stay(old, current), stay(current, old)];
  const changes = [...current].flatMap(([name, index]) => {
    const from = old.get(name);
    return diffMember(
      from === undefined ? undefined : before[from],
      after[index],
      [...at, index],
      [...was, from ?? index],
    );
  });
  for (const [name, index] of old)
    if (!current.has(name)) changes.push(...diffMember(before[index], undefined, at, [...was, index]));
  if (order.join('\n') !== reorder.join('\n'))
    changes.push({ change: 'reordered', pointer: toPointer([...at]), before: order, after: reorder });
  return changes;
}

function diffMember(
  before: JsonValue | undefined,
  after: JsonValue | undefined,
  at: Tokens,
  was: Tokens,
): JsonChange[] {
  if (after === undefined)
    return before === undefined ? [] : [{ change: 'removed', pointer: toPointer([...was]), before }];
  if (before === undefined) return [{ change: 'added', pointer: toPointer([...at]), after }];
  return diffJson(before, after, at, was);
}

const member = (object: JsonObject, name: string) => (Object.hasOwn(object, name) ? object[name] : undefined);

const isListOfObjects = (value: JsonValue): value is JsonObject[] => Array.isArray(value) && value.every(isJsonObject);

/** Each entry's place by what names it; null when one has no name, or two share it. */
function byName(list: readonly JsonObject[]): Map<string, number> | null {
  const places = new Map<string, number>();
  for (const [index, { id, targetUrl }] of list.entries()) {
    const name = id ?? targetUrl;
    if (typeof name !== 'string' || places.has(name)) return null;
    places.set(name, index);
  }
  return places;
}
