import type { Selectable } from 'kysely';
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

/** Lines after `after`, in order; of one state, or of all. */
export function listLines(
  db: Executor,
  rosterId: string,
  after: number,
  limit: number,
  state?: RosterLine['state'],
): Promise<RosterLine[]> {
  let query = db.selectFrom('roster_row').selectAll().where('roster_id', '=', rosterId).where('line', '>', after);
  if (state !== undefined) query = query.where('state', '=', state);
  return query.orderBy('line').limit(limit).execute();
}
