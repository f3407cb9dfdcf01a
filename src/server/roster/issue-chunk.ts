import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Finding } from '../../core/finding.ts';
import type { GateOutcome } from '../../core/issue/gate.ts';
import type { Learner } from '../../core/issue/learner.ts';
import { findVersion } from '../achievement/store.ts';
import { appendAudit } from '../audit/append.ts';
import { isWrittenTo } from '../claim/letters.ts';
import type { IssueDeps } from '../credential/issue.ts';
import { digestOfBatch, keepCredentials } from '../credential/keep.ts';
import { findHeld, holdAchievement } from '../credential/recipient.ts';
import { openSeries, type Series, signCredential } from '../credential/sign.ts';
import type { CredentialRow } from '../credential/store.ts';
import type { Waiver } from '../credential/waiver.ts';
import type { DatabaseTransaction } from '../database.ts';
import { type FileClaim, filesOf, findEvidenceFiles, findRefused, keepUses } from '../evidence/use.ts';
import { findIssuerById } from '../issuer/store.ts';
import { allocatePlaces, type StatusPlace } from '../status-list/allocate.ts';
import type { RosterLine, RosterRow } from './store.ts';

/** Places that were given out and not used yet, by issuer: the next chunk takes them. */
export type SparePlaces = Map<string, StatusPlace[]>;

/** For several chunks; those that a process has in hand when it ends stay empty. */
const placesAtOnce = 400;
/** A few milliseconds of work. */
const signedAtOnce = 8;

/** Somebody paused or cancelled the roster meanwhile: the chunk is undone. */
class RosterStopped extends Error {
  override readonly name = 'RosterStopped';
}

/**
 * Issue the next rows of a roster. Rows, credentials, counts and the audit entry are one transaction: a process that is
 * killed leaves all of it or nothing, and its rows to whoever comes next. Several processes take different rows. Gives how
 * many rows were taken; 0 when none waits, or the roster is not running any more.
 */
export async function issueChunk(
  deps: IssueDeps,
  roster: RosterRow,
  size: number,
  spare: SparePlaces,
): Promise<number> {
  const { db } = deps;
  const series = await seriesOf(deps, roster);
  const writesTo = isWrittenTo(series.policy, roster.deliver ?? undefined);
  const places = await takePlaces(deps, roster.issuer_id, size, spare);
  const unused = [...places];
  try {
    return await db.transaction().execute(async (trx) => {
      const lines = await trx
        .selectFrom('roster_row')
        .selectAll()
        .where('roster_id', '=', roster.id)
        .where('state', '=', 'waiting')
        .orderBy('line')
        .limit(size)
        .forUpdate()
        .skipLocked()
        .execute();
      if (lines.length === 0) {
        await endIfEmpty(trx, roster.id);
        return 0;
      }
      const now = deps.now();
      const dates = {
        ...(roster.valid_from === null ? {} : { validFrom: roster.valid_from }),
        ...(roster.valid_until === null ? {} : { validUntil: roster.valid_until }),
      };
      const by = { issued_by: roster.actor, issue_reason: '' };
      const batch = randomUUID();
      const issued: Issued[] = [];
      const failed: Failed[] = [];
      const learners = lines.map(({ learner }) => JSON.parse(learner ?? '{}') as Learner);
      const files = await findEvidenceFiles(trx, series, learners);
      for (const [index, line] of lines.entries()) {
        const place = unused.shift() as StatusPlace;
        const learner = learners[index] ?? {};
        const judged = judgedBefore(series, roster, line);
        const signed = await signCredential(series, place, learner, dates, now, by, judged, files);
        if (signed.ok) issued.push({ line, credential: signed.credential, files: filesOf(learner) });
        else failed.push({ line, findings: signed.findings });
        // Signing is all work of this thread: whoever asks for something meanwhile is answered between.
        if (index % signedAtOnce === signedAtOnce - 1) await new Promise((resolve) => setImmediate(resolve));
      }
      await takeOutHeld(trx, roster, issued, failed);
      await takeOutForeign(trx, roster, issued, failed);
      await keepIssued(trx, deps, issued, batch, writesTo);
      for (const { line, findings } of failed) await markFailed(trx, line, findings);
      // The roster before the audit log, as whoever pauses it takes them: in another order each could wait for the other.
      await count(trx, roster.id, { issued: issued.length, failed: failed.length });
      await auditIssued(trx, roster, issued, batch, now);
      return lines.length;
    });
  } catch (error) {
    // Their credentials were undone, and nobody has seen them. After any other fault nobody knows: the database may have kept
    // them and not come to say so.
    unused.splice(0, unused.length, ...(error instanceof RosterStopped ? places : []));
    if (error instanceof RosterStopped) return 0;
    throw error;
  } finally {
    spare.set(roster.issuer_id, unused);
  }
}

/** A row on which the work itself fails is written down, so that it holds nobody up. */
export async function failNextRow({ db }: IssueDeps, roster: RosterRow): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const line = await trx
      .selectFrom('roster_row')
      .selectAll()
      .where('roster_id', '=', roster.id)
      .where('state', '=', 'waiting')
      .orderBy('line')
      .limit(1)
      .forUpdate()
      .skipLocked()
      .executeTakeFirst();
    if (line === undefined) return;
    await markFailed(trx, line, [{ code: 'roster-row-lost', severity: 'error' }]);
    await count(trx, roster.id, { issued: 0, failed: 1 });
  });
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

async function takePlaces(
  { db }: IssueDeps,
  issuerId: string,
  count: number,
  spare: SparePlaces,
): Promise<StatusPlace[]> {
  const kept = spare.get(issuerId) ?? [];
  // Taken out at once: another lane must not see them.
  spare.delete(issuerId);
  return kept.length >= count ? kept : [...kept, ...(await allocatePlaces(db, issuerId, placesAtOnce))];
}

interface Issued {
  line: RosterLine;
  credential: CredentialRow;
  /** Of evidence, by their ids. */
  files: readonly string[];
}

interface Failed {
  line: RosterLine;
  findings: Finding[];
}

/** Somebody else may have issued to these learners since the list was read. */
async function takeOutHeld(
  trx: DatabaseTransaction,
  roster: RosterRow,
  issued: Issued[],
  failed: Failed[],
): Promise<void> {
  if (roster.duplicates === 'allow') return;
  await holdAchievement(trx, roster.achievement_id);
  const recipients = issued.map(({ credential }) => credential.recipient);
  const held = await findHeld(trx, roster.achievement_id, recipients);
  if (held.size === 0) return;
  const all = issued.splice(0);
  for (const one of all)
    if (one.credential.recipient === null || !held.has(one.credential.recipient)) issued.push(one);
    else failed.push({ line: one.line, findings: [{ code: 'issue-held-already', severity: 'error' }] });
}

const claimOf = ({ credential: { id, recipient }, files }: Issued): FileClaim => ({
  credentialId: id,
  recipient,
  files,
});

/** One learner's evidence never reaches another's credential. */
async function takeOutForeign(
  trx: DatabaseTransaction,
  roster: RosterRow,
  issued: Issued[],
  failed: Failed[],
): Promise<void> {
  const refused = await findRefused(trx, roster.issuer_id, issued.map(claimOf), true);
  if (refused.size === 0) return;
  for (const one of issued.splice(0))
    if (!refused.has(one.credential.id)) issued.push(one);
    else failed.push({ line: one.line, findings: [{ code: 'issue-evidence-file-of-another', severity: 'error' }] });
}

async function keepIssued(
  trx: DatabaseTransaction,
  deps: IssueDeps,
  issued: readonly Issued[],
  batch: string,
  writesTo: boolean,
): Promise<void> {
  if (issued.length === 0) return;
  await keepCredentials(
    trx,
    deps,
    issued.map(({ line, credential }) => ({ ...credential, roster_id: line.roster_id, batch })),
    writesTo,
  );
  await keepUses(trx, issued.map(claimOf));
  // The learner's data now stands in the credential alone.
  const lines = issued.map(({ line }) => line.line);
  const ids = issued.map(({ credential }) => credential.id);
  await sql`
    update roster_row set state = 'issued', learner = null, credential_id = given.id
    from unnest(${lines}::integer[], ${ids}::text[]) as given (line, id)
    where roster_row.roster_id = ${issued[0]?.line.roster_id} and roster_row.line = given.line`.execute(trx);
}

async function auditIssued(
  trx: DatabaseTransaction,
  roster: RosterRow,
  issued: readonly Issued[],
  batch: string,
  now: Date,
): Promise<void> {
  if (issued.length === 0) return;
  const waived = issued.filter(({ credential }) => credential.waiver !== null).map(({ credential }) => credential.id);
  const detail = {
    roster: roster.id,
    count: issued.length,
    lines: [issued[0]?.line.line ?? 0, issued.at(-1)?.line.line ?? 0],
    batch,
    credentials: digestOfBatch(issued.map(({ credential }) => credential)),
    ...(waived.length === 0 ? {} : { waived }),
  };
  const act = { actor: roster.actor, action: 'roster.issue', subject: roster.id, detail };
  await appendAudit(trx, { chain: roster.issuer_id, ...act }, now);
}

async function markFailed(trx: DatabaseTransaction, line: RosterLine, findings: readonly Finding[]): Promise<void> {
  await trx
    .updateTable('roster_row')
    .set({ state: 'failed', faults: JSON.stringify(findings.map((finding) => ({ column: null, finding }))) })
    .where('roster_id', '=', line.roster_id)
    .where('line', '=', line.line)
    .execute();
}

/** After signing, since it holds the roster's row: who paused or cancelled it before is obeyed. Throws RosterStopped then. */
async function count(
  trx: DatabaseTransaction,
  rosterId: string,
  { issued, failed }: { issued: number; failed: number },
): Promise<void> {
  const counted = await trx
    .updateTable('roster')
    .set((roster) => ({ issued: roster('issued', '+', issued), failed: roster('failed', '+', failed) }))
    .where('id', '=', rosterId)
    .where('state', '=', 'running')
    .returning('id')
    .executeTakeFirst();
  if (counted === undefined) throw new RosterStopped();
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
