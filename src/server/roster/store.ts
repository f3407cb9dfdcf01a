import { type Selectable, sql } from 'kysely';
import type { Executor, Tables } from '../database.ts';
import { isBehind, type Place } from '../paging.ts';

export type RosterRow = Selectable<Tables['roster']>;
export type RosterLine = Selectable<Tables['roster_row']>;

/** An issuer's own roster; another issuer's is not there. */
export function findRoster(db: Executor, issuerId: string, id: string): Promise<RosterRow | undefined> {
  return db.selectFrom('roster').selectAll().where('issuer_id', '=', issuerId).where('id', '=', id).executeTakeFirst();
}

export function listRosters(db: Executor, issuerId: string, before: Place | null, limit: number): Promise<RosterRow[]> {
  let query = db.selectFrom('roster').selectAll().where('issuer_id', '=', issuerId).where('state', '<>', 'reading');
  if (before !== null) query = query.where(isBehind('created_at', before));
  return query.orderBy('created_at', 'desc').orderBy('id', 'desc').limit(limit).execute();
}

/** Lines after `after`, in order: all of them, or those in a state, or with a fault in a column (0: in the row as a whole). */
export function listLines(
  db: Executor,
  rosterId: string,
  after: number,
  limit: number,
  { state, column }: { state?: RosterLine['state'] | undefined; column?: number | undefined } = {},
): Promise<RosterLine[]> {
  let query = db.selectFrom('roster_row').selectAll().where('roster_id', '=', rosterId).where('line', '>', after);
  if (state !== undefined) query = query.where('state', '=', state);
  // As it was written: quotes inside of values are escaped, so that nothing else looks like it.
  if (column !== undefined) query = query.where('faults', 'like', `%{"column":${column || null},"finding":{%`);
  return query.orderBy('line').limit(limit).execute();
}

/** Rows that are to be issued, in order. */
export const waitingLines = (db: Executor, rosterId: string, limit: number) =>
  db
    .selectFrom('roster_row')
    .selectAll()
    .where('roster_id', '=', rosterId)
    .where('state', '=', 'waiting')
    .orderBy('line')
    .limit(limit);

/** How often each fault stands in each column. */
export async function countFaults(
  db: Executor,
  rosterId: string,
): Promise<{ code: string; column: number | null; count: number }[]> {
  const { rows } = await sql<{ code: string; column: string | null; count: string }>`
    select fault->'finding'->>'code' as code, fault->>'column' as "column", count(*) as count
    from roster_row, json_array_elements(roster_row.faults::json) as fault
    where roster_id = ${rosterId} and faults is not null
    group by 1, 2 order by 3 desc, 1, 2`.execute(db);
  return rows.map(({ code, column, count }) => ({
    code,
    column: column === null ? null : Number(column),
    count: Number(count),
  }));
}

/** Rows on which nothing but the gate stands in the way: a waiver would issue them. */
export async function countRefused(db: Executor, rosterId: string): Promise<number> {
  const { count } = await db
    .selectFrom('roster_row')
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .where('roster_id', '=', rosterId)
    .where('state', '=', 'faulty')
    .where('gate', 'is not', null)
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** What became of the letters to the learners of a roster. */
export async function countLetters(
  db: Executor,
  rosterId: string,
): Promise<{ waiting: number; sent: number; failed: number }> {
  const counted = await db
    .selectFrom('roster_row')
    .innerJoin('mail', 'mail.credential_id', 'roster_row.credential_id')
    .select(['mail.state', ({ fn }) => fn.countAll<string>().as('count')])
    .where('roster_id', '=', rosterId)
    .groupBy('mail.state')
    .execute();
  const letters = { waiting: 0, sent: 0, failed: 0 };
  for (const { state, count } of counted) letters[state] = Number(count);
  return letters;
}
