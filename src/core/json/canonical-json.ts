import type { JsonValue } from './json.ts';

/**
 * Canonical JSON text (JCS, RFC 8785): members sorted by UTF-16 code units, numbers as ECMAScript writes them, no space.
 * Throws a RangeError for what JSON cannot carry (numbers that are not finite), which strict parsing has refused before.
 */
export function canonicalJson(value: JsonValue): string {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new RangeError('not a JSON number');
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const members = Object.keys(value)
    .filter((name) => value[name] !== undefined)
    .sort()
    .map((name) => `${JSON.stringify(name)}:${canonicalJson(value[name] as JsonValue)}`);
  return `{${members.join(',')}}`;
}
