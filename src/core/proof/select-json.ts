import type { Pointer } from '../finding.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../json/json.ts';
import { fromPointer } from '../json/pointer.ts';

/**
 * The part of a document that JSON Pointers select (ECDSA Cryptosuites §3.4.13): each pointer brings the `id` and `type` of
 * every object on its path and the whole subtree at its end. Null when a pointer leads nowhere; `missing` names it.
 */
export function selectJson(
  document: JsonObject,
  pointers: readonly Pointer[],
): { ok: true; selection: JsonObject | null } | { ok: false; missing: Pointer } {
  if (pointers.length === 0) return { ok: true, selection: null };
  const selection: JsonObject = { '@context': document['@context'] ?? [], ...identity(document) };
  const sparse: JsonValue[][] = [];
  for (const pointer of pointers)
    if (!select(document, selection, pointer, sparse)) return { ok: false, missing: pointer };
  for (const list of sparse) {
    const dense = list.filter(() => true);
    list.splice(0, list.length, ...dense);
  }
  return { ok: true, selection };
}

/** The id, unless it is a blank node's, and the type. */
function identity(source: JsonObject): JsonObject {
  const result: JsonObject = {};
  for (const name of ['id', '@id']) {
    const id = source[name];
    if (typeof id === 'string' && !id.startsWith('_:')) result[name] = id;
  }
  if (source.type !== undefined) result.type = structuredClone(source.type);
  return result;
}

function select(document: JsonObject, selection: JsonObject, pointer: Pointer, sparse: JsonValue[][]): boolean {
  const tokens = fromPointer(pointer);
  if (tokens === undefined) return false;
  if (tokens.length === 0) {
    Object.assign(selection, structuredClone(document));
    return true;
  }
  let source: JsonValue = document;
  let selected: JsonValue = selection;
  for (const [position, token] of tokens.entries()) {
    const value: JsonValue | undefined = member(source, token);
    if (value === undefined) return false;
    const existing: JsonValue | undefined = member(selected, token);
    let next: JsonValue;
    if (position === tokens.length - 1)
      next = isJsonObject(value)
        ? { ...(isJsonObject(existing) ? existing : {}), ...structuredClone(value) }
        : structuredClone(value);
    else if (existing !== undefined) next = existing;
    else if (Array.isArray(value)) {
      next = [];
      sparse.push(next);
    } else if (isJsonObject(value)) next = identity(value);
    else return false;
    (selected as Record<string, JsonValue>)[token] = next;
    source = value;
    selected = next;
  }
  return true;
}

function member(value: JsonValue, token: string): JsonValue | undefined {
  if (Array.isArray(value)) return /^(0|[1-9]\d*)$/.test(token) ? value[Number(token)] : undefined;
  return isJsonObject(value) && Object.hasOwn(value, token) ? value[token] : undefined;
}
