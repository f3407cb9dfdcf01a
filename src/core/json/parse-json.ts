import type { Finding } from '../finding.ts';
import type { JsonValue } from './json.ts';
import { toPointer } from './pointer.ts';

export type ParsedJson = { ok: true; value: JsonValue } | { ok: false; finding: Finding };

export interface JsonLimits {
  /** In bytes of UTF-8, or characters of a string. Default 10 MB. */
  maximumSize?: number;
  /** How many lists and objects may stand inside each other. Default 64. */
  maximumDepth?: number;
}

/** Names that reach an object's prototype in careless code; no credential needs them. */
const dangerousNames = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * Parse JSON strictly (RFC 8259, I-JSON): valid UTF-8, no member twice, no lone surrogates, no numbers beyond a double,
 * bounded in size and depth. A byte order mark is tolerated. What is wrong comes with line, column and pointer.
 */
export function parseJson(input: string | Uint8Array, limits: JsonLimits = {}): ParsedJson {
  const size = input.length;
  const maximumSize = limits.maximumSize ?? 10_000_000;
  if (size > maximumSize) return refuse('json-too-large', { size, limit: maximumSize });
  let text: string;
  try {
    text = typeof input === 'string' ? input : new TextDecoder('utf-8', { fatal: true }).decode(input);
  } catch {
    return refuse('json-not-utf8');
  }
  if (text.charCodeAt(0) === 0xfeff) text = text.slice(1);
  const maximumDepth = limits.maximumDepth ?? 64;
  let value: JsonValue | undefined;
  try {
    value = JSON.parse(text) as JsonValue;
  } catch {
    // The scanner below says where.
  }
  if (value !== undefined && isPlain(text, value, maximumDepth)) return { ok: true, value };
  const scanned = new Scanner(text, maximumDepth).scan();
  return scanned === null && value !== undefined
    ? { ok: true, value }
    : { ok: false, finding: scanned ?? new Scanner(text, maximumDepth).fault('json-syntax') };
}

/**
 * Is there surely nothing in a text that JSON.parse accepted for the scanner to find? Members stand in it as often as in the
 * value, so none came twice; no number ran over, no name is dangerous, nothing is too deep, and no surrogate stands alone.
 */
function isPlain(text: string, value: JsonValue, maximumDepth: number): boolean {
  if (text.includes('\\u') || !isWellFormed(text)) return false;
  return countMembers(value, maximumDepth) === countColons(text);
}

/** Older browsers have no such method. */
const isWellFormed = (text: string & { isWellFormed?(): boolean }) =>
  text.isWellFormed?.() ?? !loneSurrogate.test(text);

/** Members in all objects of a value; NaN when the scanner has to look. */
function countMembers(value: JsonValue, depth: number): number {
  if (typeof value === 'number') return Number.isFinite(value) ? 0 : Number.NaN;
  if (typeof value !== 'object' || value === null) return 0;
  if (depth === 0) return Number.NaN;
  let count = 0;
  if (Array.isArray(value)) {
    for (const item of value) count += countMembers(item, depth - 1);
    return count;
  }
  for (const name of Object.keys(value)) {
    if (dangerousNames.has(name)) return Number.NaN;
    count += 1 + countMembers(value[name] as JsonValue, depth - 1);
  }
  return count;
}

const quote = 0x22;
const backslash = 0x5c;
const colon = 0x3a;

/** Colons between strings of a valid JSON text: one for each member. */
function countColons(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text.charCodeAt(at);
    if (character === colon) count += 1;
    else if (character === quote) {
      do {
        at = text.indexOf('"', at + 1);
      } while (isEscaped(text, at));
    }
  }
  return count;
}

function isEscaped(text: string, at: number): boolean {
  let before = at - 1;
  while (text.charCodeAt(before) === backslash) before -= 1;
  return (at - before) % 2 === 0;
}

function refuse(code: 'json-too-large' | 'json-not-utf8', params?: Finding['params']): ParsedJson {
  return {
    ok: false,
    finding: { code, severity: 'error', pointer: '', type: parsingError, ...(params ? { params } : {}) },
  };
}

const parsingError = 'https://www.w3.org/TR/vc-data-model#PARSING_ERROR';
const numberShape = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
// Unrolled: an alternation inside the repetition would cost a stack entry for every character.
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids exactly these
const stringShape = /"[^"\\\u0000-\u001f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\u0000-\u001f]*)*"/y;
const space = /[ \t\n\r]*/y;
const loneSurrogate = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

interface Level {
  names: Set<string> | null;
  token: string | number;
}

/** One pass over the text that checks what JSON.parse lets through. Iterative, so that depth costs no stack. */
class Scanner {
  private readonly text: string;
  private readonly maximumDepth: number;
  private at = 0;
  private readonly levels: Level[] = [];

  constructor(text: string, maximumDepth: number) {
    this.text = text;
    this.maximumDepth = maximumDepth;
  }

  scan(): Finding | null {
    let expect: 'value' | 'after' | 'first' = 'value';
    for (;;) {
      this.skipSpace();
      const fault: Finding | null | 'done' =
        expect === 'after' ? this.after() : expect === 'first' ? this.first() : this.value();
      if (fault === 'done') return this.at === this.text.length ? null : this.fault('json-syntax');
      if (fault !== null) return fault;
      expect = this.next;
    }
  }

  private next: 'value' | 'after' | 'first' = 'value';

  private value(): Finding | null {
    const character = this.text[this.at];
    if (character === '{' || character === '[') {
      if (this.levels.length >= this.maximumDepth) return this.fault('json-too-deep', { limit: this.maximumDepth });
      this.levels.push({ names: character === '{' ? new Set() : null, token: character === '{' ? '' : 0 });
      this.at += 1;
      this.next = 'first';
      return null;
    }
    this.next = 'after';
    if (character === '"') return this.string() === null ? this.problem : null;
    for (const word of ['true', 'false', 'null'])
      if (this.text.startsWith(word, this.at)) {
        this.at += word.length;
        return null;
      }
    const number = this.match(numberShape);
    if (number === null) return this.fault('json-syntax');
    return Number.isFinite(Number(number)) ? null : this.fault('json-number-too-large');
  }

  /** Just inside `{` or `[`: it may close at once. */
  private first(): Finding | null {
    const level = this.levels.at(-1) as Level;
    const closing = level.names === null ? ']' : '}';
    if (this.text[this.at] === closing) return this.close();
    return level.names === null ? this.value() : this.member(level);
  }

  private after(): Finding | null | 'done' {
    const level = this.levels.at(-1);
    if (level === undefined) return 'done';
    const character = this.text[this.at];
    if (character === (level.names === null ? ']' : '}')) return this.close();
    if (character !== ',') return this.fault('json-syntax');
    this.at += 1;
    this.skipSpace();
    if (level.names !== null) return this.member(level);
    level.token = (level.token as number) + 1;
    this.next = 'value';
    return null;
  }

  private member(level: Level): Finding | null {
    const start = this.at;
    const name = this.string();
    if (name === null) return this.problem;
    level.token = name;
    const names = level.names as Set<string>;
    if (names.has(name)) return this.fault('json-duplicate-member', { name }, start);
    if (dangerousNames.has(name)) return this.fault('json-dangerous-name', { name }, start);
    names.add(name);
    this.skipSpace();
    if (this.text[this.at] !== ':') return this.fault('json-syntax');
    this.at += 1;
    this.next = 'value';
    return null;
  }

  private close(): null {
    this.levels.pop();
    this.at += 1;
    this.next = 'after';
    return null;
  }

  private problem: Finding | null = null;

  private string(): string | null {
    const start = this.at;
    const raw = this.match(stringShape);
    if (raw === null) {
      this.problem = this.fault('json-syntax');
      return null;
    }
    const value = JSON.parse(raw) as string;
    if (loneSurrogate.test(value)) {
      this.problem = this.fault('json-lone-surrogate', {}, start);
      return null;
    }
    return value;
  }

  private match(shape: RegExp): string | null {
    shape.lastIndex = this.at;
    const found = shape.exec(this.text);
    if (found === null || found[0].length === 0) return null;
    this.at = shape.lastIndex;
    return found[0];
  }

  private skipSpace(): void {
    space.lastIndex = this.at;
    space.exec(this.text);
    this.at = space.lastIndex;
  }

  fault(code: JsonFault, params: Record<string, string | number> = {}, at = this.at): Finding {
    const before = this.text.slice(0, at);
    const line = before.split('\n').length;
    const column = at - before.lastIndexOf('\n');
    return {
      code,
      severity: 'error',
      pointer: toPointer(this.levels.map(({ token }) => token)),
      type: parsingError,
      params: { ...params, line, column },
    };
  }
}

type JsonFault =
  | 'json-syntax'
  | 'json-too-deep'
  | 'json-duplicate-member'
  | 'json-dangerous-name'
  | 'json-lone-surrogate'
  | 'json-number-too-large';
