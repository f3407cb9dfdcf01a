import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';

/**
 * A backup: lines in a gzip file. The head says what it holds; `table` and `file` begin a part, whose lines are rows as JSON
 * or pieces of the file in base64; `end` holds the digest of every line before it.
 */
export interface ArchiveHead {
  format: 1;
  at: string;
  /** Migrations that its tables have seen. */
  migrations: string[];
}

export type ArchiveLine =
  | { kind: 'head'; head: ArchiveHead }
  | { kind: 'table'; name: string }
  | { kind: 'file'; path: string }
  | { kind: 'content'; text: string }
  | { kind: 'end' };

export class ArchiveDamaged extends Error {
  override readonly name = 'ArchiveDamaged';
}

const mark = { head: '#assay-backup ', table: '#table ', file: '#file ', end: '#end ' } as const;

/** Lines as they are written, with the digest that ends them. */
export async function* writeArchive(lines: AsyncIterable<ArchiveLine>): AsyncGenerator<string> {
  const digest = createHash('sha256');
  for await (const line of lines) {
    const text = `${line.kind === 'end' ? mark.end + JSON.stringify(digest.digest('hex')) : write(line)}\n`;
    if (line.kind !== 'end') digest.update(text);
    yield text;
  }
}

function write(line: Exclude<ArchiveLine, { kind: 'end' }>): string {
  if (line.kind === 'head') return mark.head + JSON.stringify(line.head);
  if (line.kind === 'table') return mark.table + JSON.stringify(line.name);
  if (line.kind === 'file') return mark.file + JSON.stringify(line.path);
  if (/[\n\r]|^#/.test(line.text)) throw new Error('a row has more than one line');
  return line.text;
}

/** The lines of an archive; throws ArchiveDamaged unless it begins, ends and is as it was written. */
export async function* readArchive(path: string): AsyncGenerator<ArchiveLine> {
  const digest = createHash('sha256');
  let state: 'before' | 'inside' | 'ended' = 'before';
  for await (const text of readLines(path)) {
    const line = read(text);
    if ((state === 'before') !== (line.kind === 'head') || state === 'ended') throw new ArchiveDamaged('not a backup');
    state = 'inside';
    if (line.kind === 'end') {
      if (text !== mark.end + JSON.stringify(digest.digest('hex'))) throw new ArchiveDamaged('altered');
      state = 'ended';
    } else digest.update(`${text}\n`);
    yield line;
  }
  if (state !== 'ended') throw new ArchiveDamaged(state === 'before' ? 'not a backup' : 'cut off');
}

function read(text: string): ArchiveLine {
  if (!text.startsWith('#')) return { kind: 'content', text };
  const at = text.indexOf(' ') + 1;
  try {
    const value = JSON.parse(text.slice(at));
    if (text.startsWith(mark.head) && value?.format === 1 && Array.isArray(value.migrations))
      return { kind: 'head', head: value };
    if (text.startsWith(mark.table) && typeof value === 'string') return { kind: 'table', name: value };
    if (text.startsWith(mark.file) && typeof value === 'string') return { kind: 'file', path: value };
    if (text.startsWith(mark.end)) return { kind: 'end' };
  } catch {}
  throw new ArchiveDamaged('not a backup of a kind that is known here');
}

async function* readLines(path: string): AsyncGenerator<string> {
  const gunzip = createGunzip();
  // Both ends of the pipe fail together; the loop below hears of it.
  pipeline(createReadStream(path), gunzip, () => undefined);
  gunzip.setEncoding('utf8');
  let rest: string[] = [];
  try {
    for await (const chunk of gunzip as AsyncIterable<string>) {
      const [first = '', ...lines] = chunk.split('\n');
      rest.push(first);
      for (const line of lines) {
        yield rest.join('');
        rest = [line];
      }
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code?.startsWith('Z_')) throw new ArchiveDamaged('not a whole gzip file');
    throw error;
  }
  if (rest.join('') !== '') throw new ArchiveDamaged('cut off');
}
