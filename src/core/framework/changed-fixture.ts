import type { JsonObject, JsonValue } from '../json/json.ts';
import { fromPointer } from '../json/pointer.ts';

/** A change of a fixture, described as data: what stands at each pointer afterwards, or `remove`. */
export interface Change {
  set?: Record<string, JsonValue>;
  remove?: string[];
}

/** A fixture with a change. Pointers name what must be there, but for the last token of `set`; `-` appends to a list. */
export function changed(document: JsonObject, { set = {}, remove = [] }: Change): JsonObject {
  const copy = structuredClone(document);
  for (const pointer of remove) {
    const { parent, last } = parentOf(copy, pointer);
    if (Array.isArray(parent)) parent.splice(Number(last), 1);
    else if (Object.hasOwn(parent, last)) delete parent[last];
    else throw new Error(`Nothing to remove at ${pointer}`);
  }
  for (const [pointer, value] of Object.entries(set)) {
    const { parent, last } = parentOf(copy, pointer);
    if (Array.isArray(parent)) parent[last === '-' ? parent.length : Number(last)] = value;
    else parent[last] = value;
  }
  return copy;
}

function parentOf(document: JsonObject, pointer: string): { parent: JsonObject | JsonValue[]; last: string } {
  const tokens = fromPointer(pointer) ?? [];
  const last = tokens.pop() ?? '';
  let parent: JsonValue | undefined = document;
  for (const token of tokens) parent = (parent as Record<string, JsonValue> | undefined)?.[token];
  if (typeof parent !== 'object' || parent === null) throw new Error(`Nothing at ${pointer}`);
  return { parent, last };
}
