import type { Pointer } from '../finding.ts';
import { isJsonObject, type JsonValue } from './json.ts';

/** Write JSON Pointer tokens, RFC 6901. */
export function toPointer(tokens: readonly (string | number)[]): Pointer {
  let pointer = '';
  for (const token of tokens) {
    const plain = typeof token === 'number' || !(token.includes('~') || token.includes('/'));
    pointer += `/${plain ? token : token.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  }
  return pointer;
}

/** Read JSON Pointer tokens, RFC 6901. Undefined when the text is not a pointer. */
export function fromPointer(pointer: Pointer): string[] | undefined {
  if (pointer === '') return [];
  if (!pointer.startsWith('/') || /~(?![01])/.test(pointer)) return undefined;
  return pointer
    .slice(1)
    .split('/')
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** The value at a pointer, or undefined when there is none. */
export function resolvePointer(document: JsonValue, pointer: Pointer): JsonValue | undefined {
  let value: JsonValue | undefined = document;
  for (const token of fromPointer(pointer) ?? ['\0no such member']) {
    if (Array.isArray(value)) value = /^(0|[1-9]\d*)$/.test(token) ? value[Number(token)] : undefined;
    else if (isJsonObject(value)) value = Object.hasOwn(value, token) ? value[token] : undefined;
    else return undefined;
  }
  return value;
}
