import { randomUUID } from 'node:crypto';
import type { GateOutcome } from '../../core/issue/gate.ts';
import { findVersion } from '../achievement/store.ts';
import { isWrittenTo } from '../claim/letters.ts';
import type { IssueDeps } from '../credential/issue.ts';
import { type Made, openSeries, plainOf, rowOf, type Series } from '../credential/sign.ts';
import type { SigningThread } from '../credential/signing-thread.ts';
import type { Waiver } from '../credential/waiver.ts';
import type { DatabaseTransaction, Executor } from '../database.ts';
import { filesOf, findEvidenceFiles } from '../evidence/use.ts';
import { findIssuerById } from '../issuer/store.ts';
import { allocatePlaces, type StatusPlace } from '../status-list/allocate.ts';
import {
  auditIssued,
  type Failed,
  type Issued,
  keepIssued,
  markFailed,
  takeOutForeign,
  takeOutHeld,
} from './keep-issued.ts';
import type { LinesInHand } from './lines-in-hand.ts';
import { openRow } from './sealed-row.ts';
import { type RosterLine, type RosterRow, waitingLines } from './store.ts';

/** What one lane of a process works with; each takes chunk after chunk. */
export interface Lane {
  deps: IssueDeps & { signing: Pick<SigningThread, 'sign'> };
  /** Of all lanes of the process that owns the database; null where other processes work beside it. */
  inHand: LinesInHand | null;
  /** Places that were given out and not used yet, by issuer: the next chunk takes them. */
  spare: Map<string, StatusPlace[]>;
  /** The lines of the chunk that is under way, or was last. */
  lines: readonly RosterLine[];
}

/** For several chunks; those that a process has in hand when it ends stay empty. */
const placesAtOnce = 400;

/** Somebody decided something else while the chunk was signed: it is undone. */
class ChunkOvertaken extends Error {
  override readonly name = 'ChunkOvertaken';
}

/**
 * Issue the next rows of a roster. Rows, credentials, counts and the audit entry are one transaction: a process that is
 * killed leaves all of it or nothing, and its rows to whoever comes next. Several processes take different rows. Gives how
 * many rows were taken; 0 when none waits, or the roster is not running any more.
 */
export async function issueChunk(lane: Lane, roster: RosterRow, size: number): Promise<number> {
  lane.lines = [];
  const series = await seriesOf(lane.deps, roster);
  const places = await takePlaces(lane, roster.issuer_id, size);
  const chunk = { roster, series, size, unused: [...places] };
  try {
    return await (lane.inHand === null ? issueLocked(lane, chunk) : issueInHand(lane, chunk, lane.inHand));
  } catch (error) {
    // Their credentials were undone, and nobody has seen them. After any other fault nobody knows: the database may have kept
    // them and not come to say so.
    chunk.unused = error instanceof ChunkOvertaken ? places : [];
    if (error instanceof ChunkOvertaken) return 0;
    throw error;
  } finally {
    lane.spare.set(roster.issuer_id, chunk.unused);
  }
}

/**
 * A row on which the work itself fails is written down, so that it holds nobody up: those of the last chunk, or the next one where
 * it did not come so far as to take any.
 */
export async function failLines({ deps, lines }: Lane, roster: RosterRow): Promise<void> {
  await deps.db.transaction().execute(async (trx) => {
    const waiting =
      lines.length > 0
        ? await stillWaiting(trx, roster.id, lines)
        : await waitingLines(trx, roster.id, 1).forUpdate().skipLocked().execute();
    for (const line of waiting) await markFailed(trx, deps, line, [{ code: 'roster-row-lost', severity: 'error' }]);
    if (waiting.length > 0) await count(trx, roster, { issued: 0, failed: waiting.length });
  });
}

interface Chunk {
  roster: RosterRow;
  series: Series;
  size: number;
  unused: StatusPlace[];
}

/** Other processes see that these rows are locked while they are signed, and take others. */
function issueLocked(lane: Lane, chunk: Chunk): Promise<number> {
  return lane.deps.db.transaction().execute(async (trx) => {
    lane.lines = await waitingLines(trx, chunk.roster.id, chunk.size).forUpdate().skipLocked().execute();
    const signed = await signLines(trx, lane, chunk);
    return await keepChunk(trx, lane.deps, chunk, signed);
  });
}

/** The one session of the embedded database is free while these are signed: another lane keeps what it has signed. */
async function issueInHand(lane: Lane, chunk: Chunk, inHand: LinesInHand): Promise<number> {
  const { db } = lane.deps;
  const { roster, size } = chunk;
  lane.lines = await inHand.take(db, roster.id, size);
  try {
    const signed = await signLines(db, lane, chunk);
    return await db.transaction().execute(async (trx) => {
      const waiting = new Set((await stillWaiting(trx, roster.id, lane.lines)).map(({ line }) => line));
      const isWaiting = ({ line }: Issued | Failed) => waiting.has(line.line);
      const [issued, failed] = [signed.issued.filter(isWaiting), signed.failed.filter(isWaiting)];
      return await keepChunk(trx, lane.deps, chunk, { ...signed, issued, failed });
    });
  } finally {
    inHand.release(roster.id, lane.lines);
  }
}

/** Those that nobody has changed since they were read: erased, say. */
async function stillWaiting(
  trx: DatabaseTransaction,
  rosterId: string,
  lines: readonly RosterLine[],
): Promise<RosterLine[]> {
  if (lines.length === 0) return [];
  const found = await waitingLines(trx, rosterId, lines.length)
    .where(
      'line',
      'in',
      lines.map(({ line }) => line),
    )
    .forUpdate()
    .execute();
  const known = new Map(found.map(({ line, learner }) => [line, learner !== null]));
  return lines.filter(({ line, learner }) => known.get(line) === (learner !== null));
}

interface Signed {
  issued: Issued[];
  failed: Failed[];
  now: Date;
}

async function signLines(db: Executor, { deps, lines }: Lane, { roster, series, unused }: Chunk): Promise<Signed> {
  const now = deps.now();
  const signed: Signed = { issued: [], failed: [], now };
  if (lines.length === 0) return signed;
  const rows = lines.map((line) => ({
    line,
    learner: openRow(deps.masterKey, line).learner ?? {},
    place: unused.shift() as StatusPlace,
    judged: judgedBefore(series, roster, line),
  }));
  const dates = {
    ...(roster.valid_from === null ? {} : { validFrom: roster.valid_from }),
    ...(roster.valid_until === null ? {} : { validUntil: roster.valid_until }),
  };
  const files = await findEvidenceFiles(
    db,
    series,
    rows.map(({ learner }) => learner),
  );
  const toSign = rows.map(({ place, learner, judged }) => ({ place, learner, judged }));
  const made = await deps.signing.sign({ series: plainOf(series), dates, now, files, toSign });
  const by = { issued_by: roster.actor, issue_reason: '' };
  for (const [index, { line, learner, place }] of rows.entries()) {
    const one = made[index] as Made;
    if (one.ok)
      signed.issued.push({
        line,
        credential: rowOf(series, one, { place, learner, now, by }),
        files: filesOf(learner),
      });
    else signed.failed.push({ line, findings: one.findings });
  }
  return signed;
}

async function keepChunk(
  trx: DatabaseTransaction,
  deps: IssueDeps,
  { roster, series }: Chunk,
  { issued, failed, now }: Signed,
): Promise<number> {
  const taken = issued.length + failed.length;
  if (taken === 0) {
    await endIfEmpty(trx, roster.id);
    return 0;
  }
  if (issued.length > 0) await requireKeys(trx, series);
  const batch = randomUUID();
  await takeOutHeld(trx, roster, issued, failed);
  await takeOutForeign(trx, roster, issued, failed);
  await keepIssued(trx, deps, issued, batch, isWrittenTo(series.policy, roster.deliver ?? undefined));
  for (const { line, findings } of failed) await markFailed(trx, deps, line, findings);
  // The roster before the audit log, as whoever pauses it takes them: in another order each could wait for the other.
  await count(trx, roster, { issued: issued.length, failed: failed.length });
  await auditIssued(trx, roster, issued, batch, now);
  return taken;
}

/** What the gate said when the row was read; undefined when that holds no longer. */
function judgedBefore(series: Series, roster: RosterRow, line: RosterLine): GateOutcome | null | undefined {
  if (roster.judged !== series.judgedBy) return undefined;
  return line.gate === null ? null : (JSON.parse(line.gate) as GateOutcome);
}

async function seriesOf(deps: IssueDeps, roster: RosterRow): Promise<Series> {
  const issuer = await findIssuerById(deps.db, roster.issuer_id);
  const version = await findVersion(deps.db, roster.achievement_id, roster.achievement_version);
  const exceptions = {
    waiver: roster.waiver === null ? null : (JSON.parse(roster.waiver) as Waiver),
    allowBelowPassMark: roster.below_pass_mark !== null,
  };
  const opened =
    issuer === undefined || version === undefined
      ? undefined
      : await openSeries(deps, issuer, version, exceptions, roster.proof);
  if (!opened?.ok) throw new Error(`the roster ${roster.id} cannot be issued`);
  return opened.series;
}

async function takePlaces({ deps, spare }: Lane, issuerId: string, count: number): Promise<StatusPlace[]> {
  const kept = spare.get(issuerId) ?? [];
  // Taken out at once: what becomes of them is not known before the chunk is kept.
  spare.delete(issuerId);
  return kept.length >= count ? kept : [...kept, ...(await allocatePlaces(deps.db, issuerId, placesAtOnce))];
}

/** What a key has signed that was taken out of use meanwhile nobody could verify. */
async function requireKeys(trx: DatabaseTransaction, { issuerId, signing }: Series): Promise<void> {
  const used = [signing.proof, signing.jwt].flatMap((one) => one?.verificationMethod.split('#')[1] ?? []);
  const published = await trx
    .selectFrom('issuer_key')
    .select('id')
    .where('issuer_id', '=', issuerId)
    .where('public_key', 'in', used)
    .where('state', 'in', ['active', 'published'])
    .forShare()
    .execute();
  if (published.length < used.length) throw new ChunkOvertaken();
}

/**
 * After signing, since it holds the roster's row: who paused or cancelled it before, or waived what the gate says, is obeyed.
 * Throws ChunkOvertaken then.
 */
async function count(
  trx: DatabaseTransaction,
  { id, waiver }: Pick<RosterRow, 'id' | 'waiver'>,
  { issued, failed }: { issued: number; failed: number },
): Promise<void> {
  const counted = await trx
    .updateTable('roster')
    .set((roster) => ({ issued: roster('issued', '+', issued), failed: roster('failed', '+', failed) }))
    .where('id', '=', id)
    .where('state', '=', 'running')
    .returning('waiver')
    .executeTakeFirst();
  if (counted === undefined || counted.waiver !== waiver) throw new ChunkOvertaken();
}

/** Done when no row waits, not even one that another process has in hand. */
async function endIfEmpty(trx: DatabaseTransaction, rosterId: string): Promise<void> {
  await trx
    .updateTable('roster')
    .set({ state: 'done' })
    .where('id', '=', rosterId)
    .where('state', '=', 'running')
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('roster_row').select('line').where('roster_id', '=', rosterId).where('state', '=', 'waiting'),
        ),
      ),
    )
    .execute();
}
