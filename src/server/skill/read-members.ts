/** A member of the object that a JSON file is: its value, or one entry of its list. */
export interface JsonMember {
  key: string;
  /** In the list; null when the value is none. */
  index: number | null;
  /** JSON, not yet looked at. */
  text: string;
}

/** The file is no JSON object, or one of its parts is too large. */
export class JsonBroken extends Error {
  override readonly name = 'JsonBroken';
  /** In characters, from 0. */
  readonly offset: number;

  constructor(offset: number) {
    super(`at ${offset}`);
    this.offset = offset;
  }
}

const maximumPart = 200_000;
const maximumDepth = 64;

/**
 * The wanted members of a JSON object of any size, one after the other: memory holds one at a time. Whether a part is JSON is
 * for whoever parses it.
 */
export async function* readMembers(
  source: AsyncIterable<Uint8Array>,
  wanted: readonly string[],
): AsyncGenerator<JsonMember> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const cutter = new Cutter(wanted);
  for await (const chunk of source) yield* cutter.take(decode(decoder, chunk, cutter.offset));
  yield* cutter.take(decode(decoder, undefined, cutter.offset));
  if (!cutter.isDone) throw new JsonBroken(cutter.offset);
}

function decode(decoder: TextDecoder, chunk: Uint8Array | undefined, offset: number): string {
  try {
    return chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true });
  } catch {
    throw new JsonBroken(offset);
  }
}

/** Cuts a text into members, chunk by chunk, by its brackets, commas and quotes. */
class Cutter {
  offset = 0;
  private readonly wanted: readonly string[];
  /** 0 outside of the object, 1 between its members, more inside of a value. */
  private depth = 0;
  private ended = false;
  private inString = false;
  /** At the end of the chunk before. */
  private backslashes = 0;
  private key: string | null = null;
  private index: number | null = null;
  private part = '';

  constructor(wanted: readonly string[]) {
    this.wanted = wanted;
  }

  get isDone(): boolean {
    return this.ended;
  }

  *take(text: string): Generator<JsonMember> {
    let from = 0;
    for (let at = this.next(text, 0); at >= 0; at = this.next(text, at + 1)) {
      const sign = text[at] as string;
      if (this.ended) throw new JsonBroken(this.offset + at);
      if (sign === '"') {
        this.inString = !this.inString || this.isEscaped(text, at);
        continue;
      }
      if (!this.isStructure(sign, text, from, at)) {
        if (sign === '{' || sign === '[') this.depth++;
        else if (sign === '}' || sign === ']') this.depth--;
        if (this.depth > maximumDepth) throw new JsonBroken(this.offset + at);
        continue;
      }
      this.add(text.slice(from, at));
      from = at + 1;
      yield* this.cut(sign, this.offset + at);
    }
    this.add(text.slice(from));
    this.backslashes = this.countBackslashes(text, text.length);
    this.offset += text.length;
  }

  private next(text: string, from: number): number {
    if (this.inString) return text.indexOf('"', from);
    const signs = /["{}[\],:]/g;
    signs.lastIndex = from;
    return signs.exec(text)?.index ?? -1;
  }

  private isEscaped(text: string, at: number): boolean {
    return this.countBackslashes(text, at) % 2 === 1;
  }

  /** Those directly in front of a place, also at the end of the chunk before. */
  private countBackslashes(text: string, at: number): number {
    let first = at;
    while (first > 0 && text[first - 1] === '\\') first--;
    return at - first + (first === 0 ? this.backslashes : 0);
  }

  /** Does this sign belong to the object, or the list in it, rather than to a value? */
  private isStructure(sign: string, text: string, from: number, at: number): boolean {
    if (this.depth === 0) return true;
    if (this.depth === 1)
      return sign === '[' ? (this.part + text.slice(from, at)).trim() === '' && this.key !== null : sign !== '{';
    return this.depth === 2 && this.index !== null && (sign === ',' || sign === ']');
  }

  private add(text: string): void {
    // A key must be read; a value that nobody wants need not be kept.
    if (this.key === null || this.wanted.includes(this.key)) this.part += text;
    if (this.part.length > maximumPart) throw new JsonBroken(this.offset);
  }

  private *cut(sign: string, offset: number): Generator<JsonMember> {
    const part = this.part.trim();
    this.part = '';
    if (this.depth === 0) {
      if (sign !== '{' || part !== '') throw new JsonBroken(offset);
      this.depth = 1;
      return;
    }
    if (sign === ':' && this.key === null) {
      this.key = keyOf(part, offset);
      return;
    }
    if (sign === '[' && this.key !== null && this.index === null) {
      this.index = 0;
      this.depth = 2;
      return;
    }
    const { key, index } = this;
    if (key !== null && part !== '' && this.wanted.includes(key)) yield { key, index, text: part };
    if (this.depth === 2) {
      if (sign === ',') this.index = (index ?? 0) + 1;
      else {
        // The list is over; what comes next is a comma or the end.
        this.depth = 1;
        this.key = null;
        this.index = null;
      }
      return;
    }
    if (sign === ']' || sign === ':' || sign === '[') throw new JsonBroken(offset);
    this.key = null;
    if (sign === '}') {
      this.depth = 0;
      this.ended = true;
    }
  }
}

function keyOf(text: string, offset: number): string {
  try {
    const key: unknown = JSON.parse(text);
    if (typeof key === 'string') return key;
  } catch {
    // Told below.
  }
  throw new JsonBroken(offset);
}
