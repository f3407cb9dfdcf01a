import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { Finding } from '../../core/finding.ts';
import { type GateOutcome, refusalOf } from '../../core/issue/gate.ts';
import type { Learner } from '../../core/issue/learner.ts';
import {
  placeFinding,
  type RosterColumns,
  type RosterFault,
  type RosterOptions,
  readRosterHeader,
  readRosterRow,
} from '../../core/issue/roster.ts';
import { type CsvRow, readCsv } from '../../node/csv/read-csv.ts';
import type { Actor } from '../access/authorize.ts';
import { appendAudit } from '../audit/append.ts';
import { approvedVersion, type IssueDeps } from '../credential/issue.ts';
import { findHeld, recipientOf } from '../credential/recipient.ts';
import { type Dates, openSeries, plainOf, readDates, type Series, type Tried } from '../credential/sign.ts';
import type { SigningThread } from '../credential/signing-thread.ts';
import type { Database, Tables } from '../database.ts';
import { filesOf, findEvidenceFiles, findRefused, nameFiles } from '../evidence/use.ts';
import { faultsInWords, inWords } from '../in-words.ts';
import type { MasterKey } from '../master-key.ts';
import type { Policy } from '../policy/policy.ts';
import { ApiError, phrase } from '../problem.ts';
import { sealRow } from './sealed-row.ts';
import { findRoster, type RosterRow } from './store.ts';

const maximumRows = 1_000_000;
const chunkSize = 200;

type ReadDeps = IssueDeps & { signing: Pick<SigningThread, 'try'> };

export interface RosterRequest {
  achievementId: string;
  name: string;
  source: Readable;
  duplicates: 'refuse' | 'allow';
  columns: RosterOptions;
  dates: Dates;
  /** Why results under the pass mark are issued; null when they are faults. */
  belowPassMark: string | null;
  proof?: Policy['proof'] | undefined;
}

/**
 * Take a CSV in, row by row: each is read and its credential built as it will be, so that every fault is known before
 * anything is issued. What comes is a roster that is ready, and nothing is signed for anybody yet.
 */
export async function readRoster(deps: ReadDeps, actor: Actor, request: RosterRequest): Promise<RosterRow> {
  const { db } = deps;
  const { issuer } = actor;
  const version = await approvedVersion(db, issuer.id, request.achievementId);
  // A waiver is given when the roster is started: whoever gives it has seen which rows need it.
  const exceptions = { waiver: null, allowBelowPassMark: request.belowPassMark !== null };
  const opened = await openSeries(deps, issuer, version, exceptions, request.proof);
  if (!opened.ok) throw new ApiError('refused', 'This issuer cannot sign.', { findings: inWords(opened.findings) });
  const { policy } = opened.series;
  const dates = readDates(request.dates, policy.timeZone);
  const rows = readCsv(request.source);
  const first = await rows.next();
  const header = first.done ? [] : (first.value.cells ?? []);
  const read = readRosterHeader(header, opened.series.achievement, request.columns);
  if (!read.ok)
    throw new ApiError('refused', 'The header of the list cannot be used.', {
      faults: faultsInWords(read.faults, header),
    });
  const roster = {
    id: randomUUID(),
    issuer_id: issuer.id,
    achievement_id: version.achievement_id,
    achievement_version: version.version,
    name: request.name,
    state: 'reading' as const,
    header: JSON.stringify(header),
    valid_from: dates.validFrom ?? null,
    valid_until: dates.validUntil ?? null,
    actor: actor.name,
    duplicates: request.duplicates,
    proof: request.proof ?? policy.proof,
    time_zone: policy.timeZone,
    deliver: null,
    created_at: deps.now(),
    rows: 0,
    faulty: 0,
    issued: 0,
    failed: 0,
    judged: opened.series.judgedBy,
    waiver: null,
    below_pass_mark: request.belowPassMark,
  };
  await db.insertInto('roster').values(roster).execute();
  try {
    const counts = await keepRows(deps, roster, rows, read.columns, opened.series, dates);
    await db.transaction().execute(async (trx) => {
      await trx
        .updateTable('roster')
        .set({ ...counts, state: 'ready' })
        .where('id', '=', roster.id)
        .execute();
      const detail = {
        ...counts,
        achievement: version.achievement_id,
        version: version.version,
        ...(request.belowPassMark === null ? {} : { belowPassMark: 'allowed' }),
      };
      const reason = request.belowPassMark ?? '';
      const act = { actor: actor.name, action: 'roster.read', subject: roster.id, reason, detail };
      await appendAudit(trx, { chain: issuer.id, ...act }, deps.now());
    });
  } catch (error) {
    await removeRoster(db, roster.id);
    throw error;
  }
  return (await findRoster(db, issuer.id, roster.id)) as RosterRow;
}

/** Rosters that were being read when a process ended: whoever sent them never heard that they are there. */
export async function removeUnread(db: Database, olderThan: Date): Promise<void> {
  const left = await db
    .selectFrom('roster')
    .select('id')
    .where('state', '=', 'reading')
    .where('created_at', '<', olderThan)
    .execute();
  for (const { id } of left) await removeRoster(db, id);
}

async function removeRoster(db: Database, id: string): Promise<void> {
  await db.deleteFrom('roster_row').where('roster_id', '=', id).execute();
  await db.deleteFrom('roster').where('id', '=', id).execute();
}

async function keepRows(
  { db, signing, masterKey, now }: ReadDeps,
  roster: Pick<RosterRow, 'id' | 'duplicates' | 'achievement_id'>,
  rows: AsyncGenerator<CsvRow>,
  columns: RosterColumns,
  series: Series,
  dates: Dates,
): Promise<{ rows: number; faulty: number }> {
  const counts = { rows: 0, faulty: 0 };
  const seen = new Map<string, number>();
  const seenFiles = new Map<string, string | null>();
  const keep = async (chunk: ReadRow[]) => {
    await markForeignFiles(db, series.issuerId, chunk, seenFiles);
    if (roster.duplicates === 'refuse') await markDuplicates(db, roster.achievement_id, chunk, seen);
    const kept = chunk.map((row) => toLine(masterKey, roster.id, row, obstaclesOf(row, series.gate?.refuses ?? false)));
    counts.faulty += kept.filter(({ state }) => state === 'faulty').length;
    if (kept.length > 0) await db.insertInto('roster_row').values(kept).execute();
  };
  const trying = { series: plainOf(series), dates, now: now() };
  let read: CsvRow[] = [];
  let kept: Promise<void> = Promise.resolve();
  // While one chunk is tried, the one before is kept.
  const work = async () => {
    const chunk = readChunk(series, columns, read);
    read = [];
    const learners = chunk.flatMap(({ learner }) => learner ?? []);
    const files = await findEvidenceFiles(db, series, learners);
    const tried = signing.try({ ...trying, files, toTry: learners });
    tried.catch(() => undefined);
    await kept;
    kept = tried.then((found) => keep(addTried(columns, chunk, found)));
    kept.catch(() => undefined);
  };
  try {
    for await (const row of rows) {
      if (counts.rows >= maximumRows)
        throw new ApiError(
          'too-large',
          phrase`A list has at most ${maximumRows.toLocaleString('en')} rows. Send it in parts.`,
        );
      counts.rows += 1;
      read.push(row);
      if (read.length >= chunkSize) await work();
    }
    await work();
    await kept;
  } finally {
    // Who takes the rows out after a fault must not be overtaken.
    await kept.catch(() => undefined);
  }
  return counts;
}

interface ReadRow {
  line: number;
  name: string;
  learner: Learner | null;
  recipient: string | null;
  faults: RosterFault[];
  /** How it falls short of the gate. */
  gate: GateOutcome | null;
}

/** What stands in the way. What the gate refuses may be waived, so that such a row keeps its learner. */
const obstaclesOf = ({ faults, gate }: ReadRow, isRefusing: boolean): RosterFault[] =>
  faults.length > 0 || gate === null || !isRefusing ? faults : refusalOf(gate).map(whole);

function toLine(masterKey: MasterKey, rosterId: string, row: ReadRow, obstacles: RosterFault[]): Tables['roster_row'] {
  const { line, name, faults, gate } = row;
  const place = { roster_id: rosterId, line };
  const learner = faults.length > 0 ? null : row.learner;
  return {
    ...place,
    state: obstacles.length > 0 ? 'faulty' : 'waiting',
    ...sealRow(masterKey, place, { name: name.slice(0, 300), learner, faults: obstacles }),
    credential_id: null,
    gate: faults.length > 0 || gate === null ? null : JSON.stringify(gate),
  };
}

/** The same learner twice in the list, or with a credential of this achievement already. */
async function markDuplicates(
  db: Database,
  achievementId: string,
  chunk: readonly ReadRow[],
  seen: Map<string, number>,
): Promise<void> {
  const held = await findHeld(
    db,
    achievementId,
    chunk.map(({ recipient }) => recipient),
  );
  for (const { line, recipient, faults } of chunk) {
    if (recipient === null || faults.length > 0) continue;
    const first = seen.get(recipient);
    if (first !== undefined)
      faults.push(whole({ code: 'roster-row-twice', severity: 'error', params: { line: first } }));
    else if (held.has(recipient)) faults.push(whole({ code: 'issue-held-already', severity: 'error' }));
    else seen.set(recipient, line);
  }
}

const whole = (finding: Finding): RosterFault => ({ column: null, finding });

/** A file of evidence that belongs to another learner, or that another row of the list has. */
async function markForeignFiles(
  db: Database,
  issuerId: string,
  chunk: readonly ReadRow[],
  seen: Map<string, string | null>,
): Promise<void> {
  const claims = chunk.map(({ line, learner, recipient }) => ({
    credentialId: String(line),
    recipient,
    files: learner === null ? [] : filesOf(learner),
  }));
  const refused = await findRefused(db, issuerId, claims);
  for (const [index, { credentialId, recipient, files }] of claims.entries()) {
    const isTheirs = (file: string) => !seen.has(file) || (recipient !== null && seen.get(file) === recipient);
    if (refused.has(credentialId) || !files.every(isTheirs))
      chunk[index]?.faults.push(whole({ code: 'issue-evidence-file-of-another', severity: 'error' }));
    else for (const file of files) seen.set(file, recipient);
  }
}

function readChunk(series: Series, columns: RosterColumns, rows: readonly CsvRow[]): ReadRow[] {
  const nameColumn = columns.findIndex((column) => column.kind === 'field' && column.field === 'name');
  return rows.map(({ line, cells }) => ({
    line,
    // As a credential has it, by whose name the row is found when the learner is erased.
    name: cells?.[nameColumn]?.trim() ?? '',
    ...readLearner(series, columns, cells),
  }));
}

function readLearner(
  { publicUrl, masterKey, policy }: Series,
  columns: RosterColumns,
  cells: CsvRow['cells'],
): Omit<ReadRow, 'line' | 'name'> {
  const refused = (faults: RosterFault[]) => ({ learner: null, recipient: null, faults, gate: null });
  if (cells === null) return refused([whole({ code: 'roster-row-unreadable', severity: 'error' })]);
  const read = readRosterRow(columns, cells, { timeZone: policy.timeZone });
  if (!read.ok) return refused(read.faults);
  const learner = nameFiles(publicUrl, read.learner);
  return { learner, recipient: recipientOf(masterKey, learner), faults: [], gate: null };
}

/** `tried`: of the rows that have a learner, in their order. */
function addTried(columns: RosterColumns, chunk: readonly ReadRow[], tried: readonly Tried[]): ReadRow[] {
  const left = tried.values();
  return chunk.map((row) => {
    const found = row.learner === null ? undefined : left.next().value;
    if (found === undefined) return row;
    const { findings, gate } = found;
    return findings.length === 0
      ? { ...row, gate }
      : { ...row, learner: null, recipient: null, faults: findings.map((finding) => placeFinding(columns, finding)) };
  });
}
