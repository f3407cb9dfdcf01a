import type { Selectable } from 'kysely';
import type { Executor, Tables } from '../database.ts';

export type ImageRow = Selectable<Tables['image']>;

/** Several issuers may have the same picture: its id is its digest. */
export function findImage(db: Executor, id: string): Promise<Pick<ImageRow, 'media_type' | 'content'> | undefined> {
  return db.selectFrom('image').select(['media_type', 'content']).where('id', '=', id).limit(1).executeTakeFirst();
}

/** False when the issuer has it already. */
export async function insertImage(db: Executor, row: ImageRow): Promise<boolean> {
  const inserted = await db
    .insertInto('image')
    .values(row)
    .onConflict((conflict) => conflict.columns(['issuer_id', 'id']).doNothing())
    .returning('id')
    .executeTakeFirst();
  return inserted !== undefined;
}
