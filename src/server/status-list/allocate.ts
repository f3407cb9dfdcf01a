import { randomBytes, randomUUID } from 'node:crypto';
import type { Selectable } from 'kysely';
import { minimumEntries } from '../../core/status/bitstring.ts';
import type { Database, DatabaseTransaction, Tables } from '../database.ts';
import { placeOf } from './scramble.ts';

type StatusListRow = Selectable<Tables['status_list']>;

/** A place in a status list: the same in its list of revocations and in its list of suspensions. */
export interface StatusPlace {
  listId: string;
  index: number;
}

/**
 * Take places for `count` credentials, in a transaction of its own: signing comes after it, and nobody shall wait for that.
 * Places whose credentials then do not come about are lost, which costs nothing; none is ever given out twice.
 */
export async function allocatePlaces(db: Database, issuerId: string, count: number): Promise<StatusPlace[]> {
  return await db.transaction().execute(async (trx) => {
    const places: StatusPlace[] = [];
    while (places.length < count) {
      const list = (await openList(trx, issuerId)) ?? (await makeList(trx, issuerId));
      const first = list.taken;
      const here = Math.min(count - places.length, list.size - first);
      await trx
        .updateTable('status_list')
        .set({ taken: first + here })
        .where('id', '=', list.id)
        .execute();
      for (let number = first; number < first + here; number++)
        places.push({ listId: list.id, index: placeOf(number, list.size, list.scramble) });
    }
    return places;
  });
}

/** The issuer's list that still has places, held until the transaction ends. */
function openList(trx: DatabaseTransaction, issuerId: string): Promise<StatusListRow | undefined> {
  return trx
    .selectFrom('status_list')
    .selectAll()
    .where('issuer_id', '=', issuerId)
    .whereRef('taken', '<', 'size')
    .orderBy('id')
    .limit(1)
    .forUpdate()
    .executeTakeFirst();
}

async function makeList(trx: DatabaseTransaction, issuerId: string): Promise<StatusListRow> {
  // One after the other: whoever waited here finds the list that the other made.
  await trx.selectFrom('issuer').select('id').where('id', '=', issuerId).forUpdate().execute();
  const made = await openList(trx, issuerId);
  if (made !== undefined) return made;
  const list: StatusListRow = {
    id: randomUUID(),
    issuer_id: issuerId,
    taken: 0,
    size: minimumEntries,
    scramble: new Uint8Array(randomBytes(16)),
    revision: 0,
  };
  await trx.insertInto('status_list').values(list).execute();
  return list;
}
