import { sql } from 'kysely';
import { appendAudit } from '../audit/append.ts';
import type { Database, DatabaseTransaction } from '../database.ts';
import { markRemoved, removeContents } from '../evidence/remove.ts';
import { findKept } from '../mail/queue.ts';
import type { MailTransport } from '../mail/transport.ts';
import { findPolicy } from '../policy/policy.ts';
import type { Storage } from '../storage/storage.ts';

export interface RetentionDeps {
  db: Database;
  storage: Storage;
  mail: MailTransport | null;
  now(): Date;
}

const hour = 3_600_000;
const day = 24 * hour;
/** A file that no credential took up by then is not waited for. */
const unusedFor = 7 * day;
/** Longer than any upload takes. */
const uploadFor = hour;
const chunkSize = 500;

/**
 * Remove what is kept no longer: files of evidence, lists of learners, sent letters, files that nobody used, sign-ins. In small
 * chunks, each with its entry in the audit log. Any number of processes may do so at once: they take different rows.
 */
export async function removeExpired(deps: RetentionDeps, isStopped: () => boolean = () => false): Promise<void> {
  const { db } = deps;
  await removeContents(deps, new Date(deps.now().getTime() - uploadFor));
  for (let after = ''; ; ) {
    const issuers = await db
      .selectFrom('issuer')
      .select('id')
      .where('id', '>', after)
      .orderBy('id')
      .limit(100)
      .execute();
    for (const { id } of issuers) {
      if (isStopped()) return;
      await removeOfIssuer(deps, id);
    }
    const last = issuers.at(-1);
    if (last === undefined || issuers.length < 100) break;
    after = last.id;
  }
  await repeat(() => db.transaction().execute((trx) => removeLetters(trx, null, before(deps, instanceMailDays))));
  await repeat(() => removeAnswers(db, before(deps, answerDays)));
  await repeat(() => removeSignIns(db, 'session', deps.now()));
  await repeat(() => removeSignIns(db, 'verification', deps.now()));
  await deps.mail?.forget((ids) => findKept(db, ids));
  await removeContents(deps, new Date(0));
}

/** Of letters of the instance, which belong to no issuer: the default of `retainMailDays`. */
const instanceMailDays = 90;

/** How long a request under an Idempotency-Key may be sent again; what was answered holds whole credentials. */
const answerDays = 30;

const before = ({ now }: RetentionDeps, days: number) => new Date(now().getTime() - days * day);

async function removeOfIssuer(deps: RetentionDeps, issuerId: string): Promise<void> {
  const { retainEvidenceDays, retainRosterDays, retainMailDays } = (await findPolicy(deps.db, issuerId)).policy;
  const remove = (what: string, work: (trx: DatabaseTransaction) => Promise<number>) =>
    repeat(() =>
      deps.db.transaction().execute(async (trx) => {
        const count = await work(trx);
        const act = { chain: issuerId, actor: 'retention', action: `retention.${what}`, subject: issuerId };
        if (count > 0) await appendAudit(trx, { ...act, detail: { count } }, deps.now());
        return count;
      }),
    );
  const unused = new Date(deps.now().getTime() - unusedFor);
  await remove('unused-evidence', (trx) => removeFiles(trx, issuerId, unused, true));
  if (retainEvidenceDays !== null)
    await remove('evidence', (trx) => removeFiles(trx, issuerId, before(deps, retainEvidenceDays), false));
  if (retainRosterDays !== null) {
    await remove('rosters', (trx) => endRosters(trx, issuerId, before(deps, retainRosterDays)));
    await remove('roster-rows', (trx) => removeRows(trx, issuerId, before(deps, retainRosterDays)));
  }
  if (retainMailDays !== null)
    await remove('letters', (trx) => removeLetters(trx, issuerId, before(deps, retainMailDays)));
}

/** Until nothing is left; requests come in between. */
async function repeat(work: () => Promise<number>): Promise<void> {
  while ((await work()) >= chunkSize) await new Promise((resolve) => setImmediate(resolve));
}

async function removeFiles(
  trx: DatabaseTransaction,
  issuerId: string,
  uploadedBefore: Date,
  onlyUnused: boolean,
): Promise<number> {
  let query = trx
    .selectFrom('evidence_file')
    .select('id')
    .where('issuer_id', '=', issuerId)
    .where('state', '=', 'kept')
    .where('uploaded_at', '<', uploadedBefore)
    .orderBy('id')
    .limit(chunkSize);
  if (onlyUnused)
    query = query.where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('evidence_use')
            .select('evidence_use.evidence_id')
            .whereRef('evidence_use.evidence_id', '=', 'evidence_file.id'),
        ),
      ),
    );
  const files = await query.forUpdate().skipLocked().execute();
  await markRemoved(
    trx,
    files.map(({ id }) => id),
  );
  return files.length;
}

/** A list that nobody started, or went on with, is not issued any more. */
async function endRosters(trx: DatabaseTransaction, issuerId: string, createdBefore: Date): Promise<number> {
  const ended = await trx
    .updateTable('roster')
    .set({ state: 'cancelled' })
    .where('issuer_id', '=', issuerId)
    .where('state', 'in', ['ready', 'paused'])
    .where('created_at', '<', createdBefore)
    .returning('id')
    .execute();
  return ended.length;
}

async function removeRows(trx: DatabaseTransaction, issuerId: string, createdBefore: Date): Promise<number> {
  const rows = await trx
    .selectFrom('roster_row')
    .innerJoin('roster', 'roster.id', 'roster_row.roster_id')
    .select(['roster_row.roster_id', 'roster_row.line'])
    .where('roster.issuer_id', '=', issuerId)
    .where('roster.state', 'in', ['done', 'cancelled'])
    .where('roster.created_at', '<', createdBefore)
    .limit(chunkSize)
    .forUpdate('roster_row')
    .skipLocked()
    .execute();
  const lines = new Map<string, number[]>();
  for (const { roster_id, line } of rows) lines.set(roster_id, [...(lines.get(roster_id) ?? []), line]);
  for (const [rosterId, numbers] of lines)
    await trx.deleteFrom('roster_row').where('roster_id', '=', rosterId).where('line', 'in', numbers).execute();
  return rows.length;
}

async function removeLetters(trx: DatabaseTransaction, issuerId: string | null, createdBefore: Date): Promise<number> {
  const letters = await trx
    .selectFrom('mail')
    .select('id')
    .where('issuer_id', issuerId === null ? 'is' : '=', issuerId)
    .where('state', 'in', ['sent', 'failed'])
    .where('created_at', '<', createdBefore)
    .limit(chunkSize)
    .forUpdate()
    .skipLocked()
    .execute();
  const ids = letters.map(({ id }) => id);
  if (ids.length > 0) await trx.deleteFrom('mail').where('id', 'in', ids).execute();
  return ids.length;
}

async function removeAnswers(db: Database, createdBefore: Date): Promise<number> {
  const removed = await db
    .deleteFrom('idempotent_request')
    .where('created_at', '<', createdBefore)
    .where(({ eb, refTuple, selectFrom }) =>
      eb(
        refTuple('issuer_id', 'key'),
        'in',
        selectFrom('idempotent_request as old')
          .select(['old.issuer_id', 'old.key'])
          .where('old.created_at', '<', createdBefore)
          .limit(chunkSize)
          .$asTuple('issuer_id', 'key'),
      ),
    )
    .returning('key')
    .execute();
  return removed.length;
}

/** Sessions, and links and codes of letters, that open nothing any more. */
async function removeSignIns(db: Database, table: 'session' | 'verification', now: Date): Promise<number> {
  const removed = await sql`
    delete from ${sql.table(table)} where id in (
      select id from ${sql.table(table)} where "expiresAt" < ${now} limit ${chunkSize})
    returning id`.execute(db);
  return removed.rows.length;
}

/** Removes what is kept no longer, at start and once a day, until it is closed. */
export class RetentionKeeper {
  private readonly work: Promise<void>;
  private closed = false;
  private wake: () => void = () => undefined;

  constructor(deps: RetentionDeps, onError: (error: unknown) => void) {
    this.work = this.run(deps, onError);
  }

  /** Ends after what is under way. */
  async close(): Promise<void> {
    this.closed = true;
    this.wake();
    await this.work;
  }

  private async run(deps: RetentionDeps, onError: (error: unknown) => void): Promise<void> {
    while (!this.closed) {
      await removeExpired(deps, () => this.closed).catch(onError);
      if (this.closed) return;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, day);
        this.wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }
}
