import type { Selectable } from 'kysely';
import type { Database, DatabaseTransaction, Executor, Tables } from '../database.ts';
import { isBehind, type Place } from '../paging.ts';

export type CorrectionRow = Selectable<Tables['correction']>;
export type CorrectionItem = Selectable<Tables['correction_item']>;
export type Act = CorrectionItem['act'];

/** An issuer's own correction; another issuer's is not there, and one that is still being read neither. */
export function findCorrection(db: Executor, issuerId: string, id: string): Promise<CorrectionRow | undefined> {
  return db
    .selectFrom('correction')
    .selectAll()
    .where('issuer_id', '=', issuerId)
    .where('id', '=', id)
    .where('state', '<>', 'reading')
    .executeTakeFirst();
}

export function listCorrections(
  db: Executor,
  issuerId: string,
  before: Place | null,
  limit: number,
): Promise<CorrectionRow[]> {
  let query = db.selectFrom('correction').selectAll().where('issuer_id', '=', issuerId).where('state', '<>', 'reading');
  if (before !== null) query = query.where(isBehind('created_at', before));
  return query.orderBy('created_at', 'desc').orderBy('id', 'desc').limit(limit).execute();
}

export function listItems(
  db: Executor,
  correctionId: string,
  after: number,
  limit: number,
  filter: { act?: Act | undefined; state?: CorrectionItem['state'] | undefined },
): Promise<CorrectionItem[]> {
  let query = db
    .selectFrom('correction_item')
    .selectAll()
    .where('correction_id', '=', correctionId)
    .where('number', '>', after);
  if (filter.act !== undefined) query = query.where('act', '=', filter.act);
  if (filter.state !== undefined) query = query.where('state', '=', filter.state);
  return query.orderBy('number').limit(limit).execute();
}

/** How many items there are of each act and state. */
export async function countItems(
  db: Executor,
  correctionId: string,
): Promise<{ act: Act; state: CorrectionItem['state']; count: number }[]> {
  const counted = await db
    .selectFrom('correction_item')
    .select(['act', 'state', ({ fn }) => fn.countAll<string>().as('count')])
    .where('correction_id', '=', correctionId)
    .groupBy(['act', 'state'])
    .orderBy('act')
    .orderBy('state')
    .execute();
  return counted.map(({ count, ...rest }) => ({ ...rest, count: Number(count) }));
}

export async function insertItems(db: Executor, items: Tables['correction_item'][]): Promise<void> {
  if (items.length > 0) await db.insertInto('correction_item').values(items).execute();
}

export async function removeCorrection(db: Executor, id: string): Promise<void> {
  await db.deleteFrom('correction_item').where('correction_id', '=', id).execute();
  await db.deleteFrom('correction').where('id', '=', id).execute();
}

/** Corrections that were being read when a process ended: whoever asked for them never heard that they are there. */
export async function removeUnreadCorrections(db: Database, olderThan: Date): Promise<void> {
  const left = await db
    .selectFrom('correction')
    .select('id')
    .where('state', '=', 'reading')
    .where('created_at', '<', olderThan)
    .execute();
  for (const { id } of left) await removeCorrection(db, id);
}

/** The next items that nobody else has in hand, held until the transaction ends. */
export function takeItems(trx: DatabaseTransaction, correctionId: string, limit: number): Promise<CorrectionItem[]> {
  return trx
    .selectFrom('correction_item')
    .selectAll()
    .where('correction_id', '=', correctionId)
    .where('state', '=', 'waiting')
    .orderBy('number')
    .limit(limit)
    .forUpdate()
    .skipLocked()
    .execute();
}
