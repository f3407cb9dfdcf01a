import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { renderFinding } from '../../core/catalogue/render.ts';
import type { Finding } from '../../core/finding.ts';
import type { Learner } from '../../core/issue/learner.ts';
import {
  type RosterColumns,
  type RosterFault,
  type RosterOptions,
  readRosterHeader,
  readRosterRow,
} from '../../core/issue/roster.ts';
import type { JsonObject } from '../../core/json/json.ts';
import { csvLine } from '../../node/csv/csv-line.ts';
import { type CsvRow, readCsv } from '../../node/csv/read-csv.ts';
import type { IssuedRow } from '../../node/issue-worker.ts';
import type { Outcome } from '../../node/worker-pool.ts';
import { type ExitCode, exitCode, Misuse } from '../exit-code.ts';
import type { Io } from '../io.ts';
import { safeLine } from '../print/safe-text.ts';
import { Terminal } from '../print/terminal.ts';
import { count } from '../print/words.ts';
import { cannotWrite, makeFolder, writeWhole } from '../write-file.ts';
import { credentialFileName } from './credential-file-name.ts';
import { Progress } from './progress.ts';

/** Issue to one learner after another, in order; null is a row that is not to be issued. */
export type IssueAll = <Item>(
  items: AsyncIterable<Item>,
  learnerOf: (item: Item) => Learner | null,
) => AsyncIterable<{ item: Item; outcome: Outcome<IssuedRow | null> }>;

export interface RosterRun {
  source: Readable;
  /** Bytes of the source, for the progress bar; null when unknown. */
  size: number | null;
  achievement: JsonObject;
  issueAll: IssueAll;
  columns: RosterOptions;
  folder: string;
  extension: string;
  dryRun: boolean;
  force: boolean;
  io: Io;
}

const resultName = 'results.csv';
const faultsShown = 20;
/** Files that are being written at the same time. */
const maximumWrites = 16;

/**
 * Issue one credential for each row, some rows at a time: memory stays the same for ten rows and for a million. A row with
 * faults is written down and the next one goes on. Exit code: all issued, or at least one not.
 */
export async function issueRoster(run: RosterRun): Promise<ExitCode> {
  const { io, folder } = run;
  const progress = new Progress(io.stderr, run.size);
  const errors = new Terminal(io.stderr, io.env, io.speech);
  const rows = readCsv(run.source);
  const { header, columns } = await readHeader(rows, run);
  await makeFolder(folder);
  const results = await ResultFile.open(join(folder, resultName), run.force);
  try {
    await results.write(['line', 'name', 'outcome', 'file', 'credential', 'column', 'fault', 'what to do']);
    const note = async (done: RowResult) => {
      const { row } = done;
      progress.bytes += row.bytes;
      if (done.ok) {
        progress.done++;
        const outcome = run.dryRun ? 'no faults' : 'issued';
        await results.write([row.line, done.name, outcome, done.file, done.credential, '', '', '']);
      } else {
        progress.faults++;
        for (const [index, { column, finding }] of done.faults.entries()) {
          const { say, todo = '' } = renderFinding(finding);
          const name = column === null ? '' : (header[column - 1] ?? '');
          await results.write([row.line, index === 0 ? done.name : '', 'not issued', '', '', name, say, todo]);
          if (index === 0 && progress.faults <= faultsShown) {
            progress.clear();
            errors.text(
              `${say} ${todo}`,
              `line ${row.line}${name === '' ? '' : `, column ${safeLine(name, 60)}`}: `,
              '  ',
            );
          }
        }
      }
      progress.show(Date.now());
    };
    const writes: Promise<RowResult>[] = [];
    for await (const { item, outcome } of run.issueAll(readRows(rows, columns), learnerOf)) {
      const write = finishRow(item, outcome, run);
      // It is awaited in its turn; until then nobody listens.
      write.catch(() => undefined);
      writes.push(write);
      if (writes.length >= maximumWrites) await note(await (writes.shift() as Promise<RowResult>));
    }
    for (const write of writes) await note(await write);
    progress.clear();
    await results.close();
  } catch (error) {
    progress.clear();
    await results.abandon();
    throw error;
  }
  const out = new Terminal(io.stdout, io.env, io.speech);
  if (progress.faults > faultsShown)
    errors.line(`… and ${count(progress.faults - faultsShown, 'more row')} with faults.`);
  const words = run.dryRun ? ['without faults', 'with faults'] : ['issued', 'not issued'];
  out.text(
    `${count(progress.done + progress.faults, 'row')}: ${progress.done} ${words[0]}, ${progress.faults} ${words[1]}. ${join(folder, resultName)} has every row.`,
  );
  return progress.faults > 0 ? exitCode.failed : exitCode.done;
}

async function readHeader(
  rows: AsyncGenerator<CsvRow>,
  run: RosterRun,
): Promise<{ header: string[]; columns: RosterColumns }> {
  const first = await rows.next();
  const header = first.done ? [] : (first.value.cells ?? []);
  const read = readRosterHeader(header, run.achievement, run.columns);
  if (read.ok) return { header, columns: read.columns };
  const words = read.faults.slice(0, 10).map(({ column, finding }) => {
    const { say, todo = '' } = renderFinding(finding);
    return `line 1${column === null ? '' : `, column ${column}`}: ${say} ${todo}`;
  });
  throw new Misuse(
    `The header of the list cannot be used; nothing was issued. ${words[0]}`,
    words.slice(1).join(' ') || undefined,
  );
}

interface ReadRow {
  row: CsvRow;
  name: string;
  read: ReturnType<typeof readRosterRow>;
}

type RowResult = { row: CsvRow; name: string } & (
  | { ok: true; file: string; credential: string }
  | { ok: false; faults: RosterFault[] }
);

async function* readRows(rows: AsyncGenerator<CsvRow>, columns: RosterColumns): AsyncGenerator<ReadRow> {
  const nameColumn = columns.findIndex((column) => column.kind === 'field' && column.field === 'name');
  for await (const row of rows)
    yield row.cells === null
      ? { row, name: '', read: { ok: false, faults: [fault({ code: 'roster-row-unreadable', severity: 'error' })] } }
      : { row, name: row.cells[nameColumn] ?? '', read: readRosterRow(columns, row.cells) };
}

const learnerOf = ({ read }: ReadRow): Learner | null => (read.ok ? read.learner : null);

const fault = (finding: Finding): RosterFault => ({ column: null, finding });

/** Write the credential of a row to its file, and say what came of the row. */
async function finishRow(
  { row, name, read }: ReadRow,
  outcome: Outcome<IssuedRow | null>,
  run: RosterRun,
): Promise<RowResult> {
  if (!read.ok) return { ok: false, row, name, faults: read.faults };
  const issued = outcome.lost ? null : outcome.result;
  if (issued === null) return { ok: false, row, name, faults: [fault({ code: 'roster-row-lost', severity: 'error' })] };
  if (!issued.ok) return { ok: false, row, name, faults: issued.findings.map(fault) };
  if (run.dryRun) return { ok: true, row, name: read.learner.name ?? '', file: '', credential: '' };
  const file = credentialFileName(row.line, read.learner.name, run.extension);
  try {
    await writeWhole(join(run.folder, file), issued.bytes, { replace: run.force });
  } catch (error) {
    if (!(error instanceof Misuse)) throw error;
    const params = { file };
    return {
      ok: false,
      row,
      name,
      faults: [fault({ code: 'issue-file-not-written', severity: 'error', params })],
    };
  }
  return { ok: true, row, name: read.learner.name ?? '', file, credential: issued.id };
}

/** The result of each row as it comes; it takes its name when it is whole. */
class ResultFile {
  private readonly stream: ReturnType<typeof createWriteStream>;
  private readonly path: string;

  private constructor(path: string, stream: ReturnType<typeof createWriteStream>) {
    this.path = path;
    this.stream = stream;
  }

  static async open(path: string, replace: boolean): Promise<ResultFile> {
    // Reserves the name, so that a second run into the same folder is refused before anything is signed.
    await writeWhole(path, '', { replace });
    const stream = createWriteStream(`${path}.partial`, { mode: 0o600 });
    try {
      await once(stream, 'open');
    } catch (error) {
      throw cannotWrite(path, error);
    }
    return new ResultFile(path, stream);
  }

  async write(cells: readonly (string | number)[]): Promise<void> {
    if (!this.stream.write(csvLine(cells))) await once(this.stream, 'drain');
  }

  async close(): Promise<void> {
    this.stream.end();
    await once(this.stream, 'finish');
    await rename(`${this.path}.partial`, this.path);
  }

  /** What was written so far stays under its partial name: it says what was issued. */
  async abandon(): Promise<void> {
    this.stream.end();
    await once(this.stream, 'close').catch(() => {});
  }
}
