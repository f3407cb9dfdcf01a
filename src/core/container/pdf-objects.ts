/** One object of a PDF (ISO 32000-1 §7.3), as far as attachments need it. Names keep their slash: `/EF`. */
export type PdfValue = PdfDictionary | PdfValue[] | PdfReference | string | number | boolean | null;
export interface PdfDictionary {
  kind: 'dictionary';
  entries: Map<string, PdfValue>;
}
export interface PdfReference {
  kind: 'reference';
  number: number;
}

const maximumDepth = 50;
const blank = '\0\t\n\f\r ';
const ends = `${blank}()<>[]{}/%`;

export function isDictionary(value: PdfValue | undefined): value is PdfDictionary {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'dictionary';
}

export function isReference(value: PdfValue | undefined): value is PdfReference {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'reference';
}

/** The text is no PDF object, or the work allowed for the whole file is spent. */
export class PdfSyntaxError extends Error {
  override readonly name = 'PdfSyntaxError';
}

/**
 * Reads objects out of a file's bytes, given as Latin-1 text. `budget` is how many characters may be read in all: broken
 * objects make a reader start again and again, and a file must not buy more work than its length pays for.
 */
export class PdfReader {
  at = 0;
  private readonly text: string;
  private readonly budget: { left: number };

  constructor(text: string, budget: { left: number }) {
    this.text = text;
    this.budget = budget;
  }

  read(depth = 0): PdfValue {
    if (depth > maximumDepth) throw new PdfSyntaxError();
    this.skipBlank();
    const first = this.take();
    if (first === '/') return `/${this.word()}`;
    if (first === '(') return this.literal();
    if (first === '[') return this.list(depth);
    if (first === '<') {
      if (this.text[this.at] !== '<') return this.hexadecimal();
      this.take();
      return this.dictionary(depth);
    }
    if (ends.includes(first)) throw new PdfSyntaxError();
    const word = first + this.word();
    if (word === 'true' || word === 'false') return word === 'true';
    if (word === 'null') return null;
    const number = Number(word);
    if (Number.isNaN(number)) throw new PdfSyntaxError();
    return this.reference(number) ?? number;
  }

  /** Go past `keyword` when it stands next. */
  accept(keyword: string): boolean {
    this.skipBlank();
    if (!this.text.startsWith(keyword, this.at)) return false;
    this.spend(keyword.length);
    return true;
  }

  private dictionary(depth: number): PdfDictionary {
    const entries = new Map<string, PdfValue>();
    while (!this.accept('>>')) {
      const key = this.read(depth + 1);
      if (typeof key !== 'string' || !key.startsWith('/')) throw new PdfSyntaxError();
      entries.set(key, this.read(depth + 1));
    }
    return { kind: 'dictionary', entries };
  }

  private list(depth: number): PdfValue[] {
    const values: PdfValue[] = [];
    while (!this.accept(']')) values.push(this.read(depth + 1));
    return values;
  }

  /** `12 0 R`, which begins like a number. */
  private reference(number: number): PdfReference | null {
    if (!Number.isInteger(number) || number < 0) return null;
    const match = /[\0\t\n\f\r ]{1,9}\d{1,5}[\0\t\n\f\r ]{1,9}R(?![A-Za-z0-9])/y;
    match.lastIndex = this.at;
    if (!match.test(this.text)) return null;
    this.spend(match.lastIndex - this.at);
    return { kind: 'reference', number };
  }

  /** A text in parentheses, which may nest; escapes stay as they are, since only names of files are shown. */
  private literal(): string {
    let open = 1;
    const start = this.at;
    while (open > 0) {
      const character = this.take();
      if (character === '\\') this.take();
      else if (character === '(') open += 1;
      else if (character === ')') open -= 1;
    }
    return this.text.slice(start, this.at - 1);
  }

  private hexadecimal(): string {
    const start = this.at;
    while (this.take() !== '>');
    return this.text.slice(start, this.at - 1);
  }

  private word(): string {
    const start = this.at;
    while (this.at < this.text.length && !ends.includes(this.text[this.at] as string)) this.spend(1);
    return this.text.slice(start, this.at);
  }

  private skipBlank(): void {
    for (;;) {
      const character = this.text[this.at];
      if (character === undefined) return;
      if (character === '%') while (this.at < this.text.length && !'\r\n'.includes(this.take()));
      else if (blank.includes(character)) this.spend(1);
      else return;
    }
  }

  private take(): string {
    const character = this.text[this.at];
    if (character === undefined) throw new PdfSyntaxError();
    this.spend(1);
    return character;
  }

  private spend(characters: number): void {
    this.at += characters;
    this.budget.left -= characters;
    if (this.budget.left < 0) throw new PdfSyntaxError();
  }
}
