import { isJsonObject, type JsonObject, type JsonValue } from '../../../../core/json/json.ts';
import { fromPointer, resolvePointer } from '../../../../core/json/pointer.ts';

/** A value, or what becomes of the one that is there. */
export type Written = JsonValue | undefined | ((before: JsonValue | undefined) => JsonValue | undefined);

/** The document with another value at a pointer; undefined, and a list or text without content, take the member out. */
export function setAt(document: JsonObject, pointer: string, written: Written): JsonObject {
  const value = typeof written === 'function' ? written(resolvePointer(document, pointer)) : written;
  const isEmpty = value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
  return set(document, fromPointer(pointer) ?? [], isEmpty ? undefined : value) as JsonObject;
}

function set(holder: JsonValue | undefined, [token, ...rest]: string[], value: JsonValue | undefined): JsonValue {
  if (token === undefined) return value ?? null;
  if (Array.isArray(holder))
    return holder.map((entry, index) => (String(index) === token ? set(entry, rest, value) : entry));
  const { [token]: before, ...others } = isJsonObject(holder) ? holder : ({} as JsonObject);
  if (rest.length === 0 && value === undefined) return others;
  const after = rest.length === 0 ? (value as JsonValue) : set(before, rest, value);
  // A part that has nothing left in it is not there.
  if (isJsonObject(after) && Object.keys(after).length === 0) return others;
  return before === undefined ? { ...others, [token]: after } : { ...(holder as JsonObject), [token]: after };
}

/** A new `urn:uuid:`, for parts that need an id of their own. */
export function newUrn(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return `urn:uuid:${hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')}`;
}
