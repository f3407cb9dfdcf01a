export type JsonValue = string | number | boolean | null | JsonValue[] | JsonObject;
export interface JsonObject {
  [key: string]: JsonValue;
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A value as a message shows it. `String` throws on `{"toString": ""}`. */
export function showJson(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** `undefined` → [], a list → itself, any other value → a list of one. */
export function toList<T>(value: T | readonly T[] | undefined): readonly T[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? (value as readonly T[]) : [value as T];
}
