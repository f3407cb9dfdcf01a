import { appendAudit } from '../audit/append.ts';
import type { DatabaseTransaction } from '../database.ts';
import { sha256Hex } from '../digest.ts';
import { countDone, markItems } from './progress.ts';
import { becomes } from './selection.ts';
import type { CorrectionItem, CorrectionRow } from './store.ts';

type StatusAct = 'revoke' | 'suspend' | 'reinstate';

/**
 * Change the status of the credentials of these items, each once: items, credentials, one new revision for each list, counts and
 * one entry in the audit log are one transaction. A credential that changed meanwhile stays as it is.
 */
export async function changeItems(
  trx: DatabaseTransaction,
  correction: CorrectionRow,
  act: StatusAct,
  items: readonly CorrectionItem[],
  now: Date,
): Promise<string[]> {
  const { issuer_id, reason } = correction;
  const { from, to } = becomes[act];
  const ids = items.flatMap(({ credential_id }) => credential_id ?? []);
  const credentials = await trx
    .selectFrom('credential')
    .select(['id', 'state', 'status_list_id'])
    .where('issuer_id', '=', issuer_id)
    .where('id', 'in', ids)
    .orderBy('id')
    .forUpdate()
    .execute();
  const changed = credentials.filter(({ state }) => (from as readonly string[]).includes(state));
  const changedIds = new Set(changed.map(({ id }) => id));
  const lists = [...new Set(changed.map(({ status_list_id }) => status_list_id))];
  if (changed.length > 0)
    await trx
      .updateTable('credential')
      .set({ state: to, status_reason: reason, status_at: now })
      .where('id', 'in', [...changedIds])
      .execute();
  await countLists(trx, lists);
  const isDone = ({ credential_id }: CorrectionItem) => credential_id !== null && changedIds.has(credential_id);
  const done = items.filter(isDone).map(({ number }) => number);
  const skipped = items.filter((item) => !isDone(item)).map(({ number }) => number);
  await markItems(trx, correction.id, done, 'done');
  await markItems(trx, correction.id, skipped, 'skipped');
  await countDone(trx, correction.id, { done: done.length, skipped: skipped.length, failed: 0 });
  if (changed.length > 0) {
    const detail = {
      correction: correction.id,
      count: changed.length,
      credentials: sha256Hex([...changedIds].sort().join('\n')),
    };
    const entry = { actor: correction.actor, action: `credential.${act}`, subject: correction.id, reason, detail };
    await appendAudit(trx, { chain: issuer_id, ...entry }, now);
  }
  return lists;
}

/** Whoever fetches these lists from then on sees the change. In one order, so that nobody waits for the other. */
export async function countLists(trx: DatabaseTransaction, lists: readonly string[]): Promise<void> {
  if (lists.length === 0) return;
  await trx.selectFrom('status_list').select('id').where('id', 'in', lists).orderBy('id').forUpdate().execute();
  await trx
    .updateTable('status_list')
    .set((list) => ({ revision: list('revision', '+', 1) }))
    .where('id', 'in', lists)
    .execute();
}
