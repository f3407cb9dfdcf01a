import { appendAudit } from '../audit/append.ts';
import type { Database, DatabaseTransaction } from '../database.ts';
import type { CorrectionItem, CorrectionRow } from './store.ts';

/** Somebody cancelled the correction meanwhile: the chunk is undone. */
export class CorrectionStopped extends Error {
  override readonly name = 'CorrectionStopped';
}

export type Counts = Record<'done' | 'skipped' | 'failed', number>;

/** After the work, since it holds the correction's row: who cancelled it before is obeyed. Throws CorrectionStopped then. */
export async function countDone(
  trx: DatabaseTransaction,
  correctionId: string,
  { done, skipped, failed }: Counts,
): Promise<void> {
  const counted = await trx
    .updateTable('correction')
    .set((correction) => ({
      done: correction('done', '+', done),
      skipped: correction('skipped', '+', skipped),
      failed: correction('failed', '+', failed),
    }))
    .where('id', '=', correctionId)
    .where('state', '=', 'running')
    .returning('id')
    .executeTakeFirst();
  if (counted === undefined) throw new CorrectionStopped();
}

export async function markItems(
  trx: DatabaseTransaction,
  correctionId: string,
  numbers: readonly number[],
  state: CorrectionItem['state'],
): Promise<void> {
  if (numbers.length === 0) return;
  await trx
    .updateTable('correction_item')
    .set({ state, learner: null })
    .where('correction_id', '=', correctionId)
    .where('number', 'in', numbers)
    .execute();
}

/** Done when no item waits, not even one that another process has in hand. */
export async function endIfEmpty(trx: DatabaseTransaction, correction: CorrectionRow, now: Date): Promise<void> {
  const ended = await trx
    .updateTable('correction')
    .set({ state: 'done' })
    .where('id', '=', correction.id)
    .where('state', '=', 'running')
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('correction_item')
            .select('number')
            .where('correction_id', '=', correction.id)
            .where('state', '=', 'waiting'),
        ),
      ),
    )
    .returning(['done', 'skipped', 'failed'])
    .executeTakeFirst();
  if (ended === undefined) return;
  const { issuer_id: chain, actor, id: subject, reason } = correction;
  await appendAudit(trx, { chain, actor, action: 'correction.done', subject, reason, detail: { ...ended } }, now);
}

/** An item on which the work itself fails is written down, so that it holds nobody up. */
export async function failNextItem(db: Database, correctionId: string): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const item = await trx
      .selectFrom('correction_item')
      .select('number')
      .where('correction_id', '=', correctionId)
      .where('state', '=', 'waiting')
      .orderBy('number')
      .limit(1)
      .forUpdate()
      .skipLocked()
      .executeTakeFirst();
    if (item === undefined) return;
    await trx
      .updateTable('correction_item')
      .set({ faults: JSON.stringify([{ column: null, finding: { code: 'roster-row-lost', severity: 'error' } }]) })
      .where('correction_id', '=', correctionId)
      .where('number', '=', item.number)
      .execute();
    await markItems(trx, correctionId, [item.number], 'failed');
    await countDone(trx, correctionId, { done: 0, skipped: 0, failed: 1 });
  });
}
