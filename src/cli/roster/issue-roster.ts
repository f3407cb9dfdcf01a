import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { renderFinding } from '../../core/catalogue/render.ts';
import type { Finding } from '../../core/finding.ts';
import type { IssueResult } from '../../core/issue/issue-credential.ts';
import type { Learner } from '../../core/issue/learner.ts';
import {
  type RosterColumns,
  type RosterFault,
  type RosterOptions,
  readRosterHeader,
  readRosterRow,
} from '../../core/issue/roster.ts';
import type { JsonObject } from '../../core/json/json.ts';
import { type ExitCode, exitCode, Misuse } from '../exit-code.ts';
import type { Io } from '../io.ts';
import { safeLine } from '../print/safe-text.ts';
import { Terminal } from '../print/terminal.ts';
import { count } from '../print/words.ts';
import { cannotWrite, makeFolder, writeWhole } from '../write-file.ts';
import { Progress } from './progress.ts';
import { type CsvRow, readCsv } from './read-csv.ts';
import { credentialFileName, csvLine } from './result-file.ts';

export interface RosterRun {
  source: Readable;
  /** Bytes of the source, for the progress bar; null when unknown. */
  size: number | null;
  achievement: JsonObject;
  issueOne(learner: Learner): Promise<IssueResult>;
  columns: RosterOptions;
  folder: string;
  extension: string;
  dryRun: boolean;
  force: boolean;
  io: Io;
}

const resultName = 'results.csv';
const faultsShown = 20;

/**
 * Issue one credential for each row, one row at a time: memory stays the same for ten rows and for a million. A row with
 * faults is written down and the next one goes on. Exit code: all issued, or at least one not.
 */
export async function issueRoster(run: RosterRun): Promise<ExitCode> {
  const { io, folder } = run;
  const progress = new Progress(io.stderr, run.size);
  const errors = new Terminal(io.stderr, io.env);
  const rows = readCsv(run.source);
  const { header, columns } = await readHeader(rows, run);
  await makeFolder(folder);
  const results = await ResultFile.open(join(folder, resultName), run.force);
  try {
    await results.write(['line', 'name', 'outcome', 'file', 'credential', 'column', 'fault', 'what to do']);
    for await (const row of rows) {
      const done = await issueRow(row, columns, run);
      progress.bytes += row.bytes;
      if (done.ok) {
        progress.done++;
        await results.write([
          row.line,
          done.learner.name ?? '',
          run.dryRun ? 'no faults' : 'issued',
          done.file,
          done.credential,
          '',
          '',
          '',
        ]);
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
    }
    progress.clear();
    await results.close();
  } catch (error) {
    progress.clear();
    await results.abandon();
    throw error;
  }
  const out = new Terminal(io.stdout, io.env);
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

type RowResult =
  | { ok: true; learner: Learner; file: string; credential: string }
  | { ok: false; name: string; faults: RosterFault[] };

async function issueRow({ line, cells }: CsvRow, columns: RosterColumns, run: RosterRun): Promise<RowResult> {
  if (cells === null)
    return {
      ok: false,
      name: '',
      faults: [{ column: null, finding: { code: 'roster-row-unreadable', severity: 'error' } }],
    };
  const nameColumn = columns.findIndex((column) => column.kind === 'field' && column.field === 'name');
  const name = cells[nameColumn] ?? '';
  const read = readRosterRow(columns, cells);
  if (!read.ok) return { ok: false, name, faults: read.faults };
  const issued = await run.issueOne(read.learner);
  if (!issued.ok)
    return { ok: false, name, faults: issued.findings.map((finding: Finding) => ({ column: null, finding })) };
  const file = credentialFileName(line, read.learner.name, run.extension);
  if (!run.dryRun) {
    try {
      await writeWhole(join(run.folder, file), issued.bytes, { replace: run.force });
    } catch (error) {
      if (!(error instanceof Misuse)) throw error;
      return {
        ok: false,
        name,
        faults: [{ column: null, finding: { code: 'issue-file-not-written', severity: 'error', params: { file } } }],
      };
    }
  }
  return {
    ok: true,
    learner: read.learner,
    file: run.dryRun ? '' : file,
    credential: run.dryRun ? '' : String(issued.credential.id),
  };
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
