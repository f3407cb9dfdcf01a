import type { Database, DatabaseTransaction } from '../database.ts';
import type { Storage } from '../storage/storage.ts';
import { storageKeyOf } from './content.ts';

/**
 * Nobody gets these files any more, nor what opens them, once the transaction is over; their content goes afterwards, with
 * `removeContents`, which somebody else takes up when this process does not come to it.
 */
export async function markRemoved(trx: DatabaseTransaction, fileIds: readonly string[]): Promise<void> {
  if (fileIds.length === 0) return;
  await trx.deleteFrom('evidence_grant').where('evidence_id', 'in', fileIds).execute();
  await trx.deleteFrom('evidence_use').where('evidence_id', 'in', fileIds).execute();
  await trx
    .updateTable('evidence_file')
    .set({ state: 'removing', sealed: new Uint8Array(), digest: '' })
    .where('id', 'in', fileIds)
    .execute();
}

/** Delete the content of removed files, and of uploads that broke off before `receivedBefore`, and then their rows. */
export async function removeContents(
  { db, storage }: { db: Database; storage: Storage },
  receivedBefore: Date,
): Promise<void> {
  for (;;) {
    const files = await db
      .selectFrom('evidence_file')
      .select('id')
      .where(({ eb, or, and }) =>
        or([
          eb('state', '=', 'removing'),
          and([eb('state', '=', 'receiving'), eb('uploaded_at', '<', receivedBefore)]),
        ]),
      )
      .limit(100)
      .execute();
    for (const { id } of files) {
      await storage.delete(storageKeyOf(id));
      await db.deleteFrom('evidence_file').where('id', '=', id).where('state', '<>', 'kept').execute();
    }
    if (files.length < 100) return;
  }
}
