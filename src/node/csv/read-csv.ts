import type { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse/sync';
import { readLines } from './read-lines.ts';

export interface CsvRow {
  /** The line on which the row begins, from 1. */
  line: number;
  /** Null when the row cannot be read: a double quote is out of place, or the row is too long. */
  cells: string[] | null;
  /** About how much of the file the row takes, for a progress bar. */
  bytes: number;
}

const maximumRow = 256 * 1024;
const maximumLines = 1000;

/**
 * The rows of a CSV stream, one at a time: memory stays constant whatever the size. The delimiter (`,` `;` or tab) is read
 * off the first line. Records are cut out by lines and csv-parse reads each: when a quote is never closed, or closes in
 * the wrong place, only the line on which it stands is lost, where a parser of the whole stream would swallow what follows.
 */
export async function* readCsv(source: Readable): AsyncGenerator<CsvRow> {
  const lines = readLines(source, maximumRow + 1);
  const waiting: string[] = [];
  let ended = false;
  let line = 0;
  let delimiter = ',';
  let width = 0;
  const ensure = async (count: number): Promise<boolean> => {
    while (waiting.length < count && !ended) {
      const next = await lines.next();
      if (next.done) ended = true;
      else waiting.push(next.value);
    }
    return waiting.length >= count;
  };
  while (await ensure(1)) {
    line++;
    const first = waiting.shift() ?? '';
    if (first.trim() === '') continue;
    if (width === 0) delimiter = delimiterOf(first);
    let text = first;
    let taken = 0;
    let open = hasOddQuotes(first);
    while (open && taken < maximumLines && text.length <= maximumRow && (await ensure(taken + 1))) {
      const next = waiting[taken] ?? '';
      text += `\n${next}`;
      taken++;
      open = !hasOddQuotes(next);
    }
    let cells = open || text.length > maximumRow ? null : parseRecord(text, delimiter);
    // A header of another encoding than UTF-8: who reads it says so.
    if (width === 0 && text.includes('\u0000')) cells ??= [text];
    // A record of several lines that does not fit is more likely a stray quote than a cell with line ends.
    if (cells === null || (taken > 0 && width > 0 && cells.length !== width)) {
      yield { line, cells: null, bytes: Buffer.byteLength(first) + 1 };
      continue;
    }
    if (width === 0) width = cells.length;
    yield { line, cells, bytes: Buffer.byteLength(text) + 1 };
    waiting.splice(0, taken);
    line += taken;
  }
}

function hasOddQuotes(text: string): boolean {
  let quotes = 0;
  for (let index = text.indexOf('"'); index >= 0; index = text.indexOf('"', index + 1)) quotes++;
  return quotes % 2 === 1;
}

function parseRecord(text: string, delimiter: string): string[] | null {
  try {
    const records = parse(text, { delimiter, record_delimiter: '\u0000', relax_column_count: true }) as string[][];
    // A U+0000 outside of quotes would end the row unseen.
    return records.length === 1 ? (records[0] ?? null) : null;
  } catch (error) {
    if (error instanceof CsvError) return null;
    throw error;
  }
}

/** The one that stands most often outside quotes in the first line. */
function delimiterOf(text: string): string {
  const first = text.replace(/"[^"]*"/g, '');
  const times = (character: string) => first.split(character).length;
  return [',', ';', '\t'].reduce((best, other) => (times(other) > times(best) ? other : best));
}
