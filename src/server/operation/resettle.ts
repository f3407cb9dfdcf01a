import { appendAudit } from '../audit/append.ts';
import type { DatabaseTransaction } from '../database.ts';

/** What is not as it was, since nobody knows what happened between the backup and now. */
export interface Resettled {
  rosters: { issuer: string; id: string; name: string }[];
  corrections: { issuer: string; id: string; kind: string }[];
  letters: number;
}

const actor = 'assay restore';
/** More changes than a status list sees between two backups. */
const manyChanges = 1_000_000;

/**
 * Make a database that was restored safe to go on with. Places in status lists that were given out after the backup must
 * not be given out again: every list is closed, and the next credential begins a new one. Its revisions are skipped too,
 * since copies elsewhere are known by them. Rosters that ran come back paused, corrections as not yet
 * started, and letters that waited as failed: what they do may have been done.
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
  const corrections = await trx
    .updateTable('correction')
    .set({ state: 'ready' })
    .from('issuer')
    .whereRef('issuer.id', '=', 'correction.issuer_id')
    .where('correction.state', '=', 'running')
    .returning(['correction.id', 'correction.kind', 'correction.issuer_id', 'issuer.slug'])
    .execute();
  for (const { id, issuer_id } of corrections)
    await appendAudit(trx, { chain: issuer_id, actor, action: 'correction.stop', subject: id, reason }, now);
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
    corrections: corrections.map(({ id, kind, slug }) => ({ issuer: slug, id, kind })),
    letters: Number(letters.numUpdatedRows),
  };
}
