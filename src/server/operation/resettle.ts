import { appendAudit } from '../audit/append.ts';
import type { DatabaseTransaction } from '../database.ts';

/** What is not as it was, since nobody knows what happened between the backup and now. */
export interface Resettled {
  rosters: { issuer: string; id: string; name: string }[];
  letters: number;
}

const actor = 'assay restore';
/** More changes than a status list sees between two backups. */
const manyChanges = 1_000_000;

/**
 * Make a database that was restored safe to go on with. Places in status lists that were given out after the backup must
 * not be given out again: every list is closed, and the next credential begins a new one. Its revisions are skipped too,
 * since copies elsewhere are known by them. Rosters that ran come back paused, and letters that waited as failed: their
 * rows may have been issued, and they may have been sent.
 */
export async function resettle(trx: DatabaseTransaction, { at, now }: { at: string; now: Date }): Promise<Resettled> {
  await trx
    .updateTable('status_list')
    .set((list) => ({ taken: list.ref('size'), revision: list('revision', '+', manyChanges) }))
    .execute();
  const reason = `restored from the backup of ${at}`;
  const rosters = await trx
    .updateTable('roster')
    .set({ state: 'paused' })
    .from('issuer')
    .whereRef('issuer.id', '=', 'roster.issuer_id')
    .where('roster.state', '=', 'running')
    .returning(['roster.id', 'roster.name', 'roster.issuer_id', 'issuer.slug'])
    .execute();
  for (const { id, issuer_id } of rosters)
    await appendAudit(trx, { chain: issuer_id, actor, action: 'roster.pause', subject: id, reason }, now);
  const letters = await trx
    .updateTable('mail')
    .set({ state: 'failed', fault: reason })
    .where('state', '=', 'waiting')
    .executeTakeFirst();
  await appendAudit(
    trx,
    { chain: 'instance', actor, action: 'instance.restore', subject: 'instance', reason, detail: { at } },
    now,
  );
  return {
    rosters: rosters.map(({ id, name, slug }) => ({ issuer: slug, id, name })),
    letters: Number(letters.numUpdatedRows),
  };
}
