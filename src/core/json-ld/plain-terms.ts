import { isJsonObject, type JsonObject, type JsonValue } from '../json/json.ts';
import { initialContext, processContext } from './active-context.ts';
import type { ContextRegistry } from './contexts.ts';
import { type Property, TermTable } from './term-table.ts';

const maximumDepth = 200;

/**
 * Does a document use nothing but terms of known contexts, each listed by its address: no keyword but `@context`, no full or
 * prefixed property, no context written inside the document? Then there is nothing to find in a walk of its terms. By the
 * compiled tables, since nearly every credential is like that; false also where only the walk can tell.
 */
export function hasOnlyPlainTerms(document: JsonObject, contexts?: ContextRegistry): boolean {
  return isPlainObject(document, TermTable.of(initialContext), contexts, 0);
}

function isPlainObject(
  object: JsonObject,
  outside: TermTable,
  contexts: ContextRegistry | undefined,
  depth: number,
): boolean {
  if (depth > maximumDepth) return false;
  const own = object['@context'];
  let before = outside;
  if (own !== undefined) {
    if (typeof own !== 'string' && !(Array.isArray(own) && own.every((item) => typeof item === 'string'))) return false;
    before = TermTable.of(processContext(outside.active, own, contexts));
  }
  if (!isKnown(before)) return false;
  const types = object.type ?? [];
  const list = typeof types === 'string' ? [types] : types;
  if (!Array.isArray(list) || (object.type !== undefined && !before.typeKeys.includes('type'))) return false;
  for (const type of list) if (typeof type !== 'string' || before.typeTerm(type) === null) return false;
  const here = before.within(list as string[]);
  if (!isKnown(here)) return false;
  for (const key of Object.keys(object)) {
    if (key === '@context') continue;
    if (key.startsWith('@') || key.includes(':')) return false;
    const property = here.property(key);
    if (property === null) return false;
    // `type` alone was read as the types; another name for it would have been missed.
    if (property.kind === 'type' && key !== 'type') return false;
    if (property.kind === 'value' && !isPlainValue(object[key] as JsonValue, property, contexts, depth)) return false;
  }
  return true;
}

const isKnown = ({ active }: TermTable) => active.exact && active.unknown.length === 0;

function isPlainValue(
  value: JsonValue,
  property: Property,
  contexts: ContextRegistry | undefined,
  depth: number,
): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (Array.isArray(value)) {
    for (const item of value) if (Array.isArray(item) || !isPlainValue(item, property, contexts, depth)) return false;
    return true;
  }
  if (!isJsonObject(value)) return true;
  const isReference = property.own.idKeys.includes('id') && value.id !== undefined && Object.keys(value).length === 1;
  return isPlainObject(value, isReference ? property.reference : property.inside, contexts, depth + 1);
}
