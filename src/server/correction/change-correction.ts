import type { Actor } from '../access/authorize.ts';
import { appendAudit } from '../audit/append.ts';
import type { Database, DatabaseTransaction } from '../database.ts';
import { ApiError, phrase } from '../problem.ts';
import type { CorrectionRow } from './store.ts';

const changes = {
  start: { from: ['ready'], to: 'running' },
  cancel: { from: ['ready', 'running'], to: 'cancelled' },
} as const satisfies Record<string, { from: readonly CorrectionRow['state'][]; to: CorrectionRow['state'] }>;
export type CorrectionChange = keyof typeof changes;
export const correctionChanges = Object.keys(changes) as CorrectionChange[];

/** Start or cancel a correction. Nothing is changed after a cancellation that was answered; what was done stays. */
export async function changeCorrection(
  trx: DatabaseTransaction,
  id: string,
  change: CorrectionChange,
  actor: Actor,
  now: Date,
): Promise<CorrectionRow> {
  const correction = await trx
    .selectFrom('correction')
    .selectAll()
    .where('issuer_id', '=', actor.issuer.id)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (correction === undefined || correction.state === 'reading')
    throw new ApiError('not-found', 'There is no such correction.');
  const { from, to } = changes[change];
  if (!(from as readonly string[]).includes(correction.state))
    throw new ApiError('conflict', phrase`This correction is ${correction.state}; ${change} is not possible.`);
  await trx.updateTable('correction').set({ state: to }).where('id', '=', id).execute();
  const { reason } = correction;
  const act = { chain: actor.issuer.id, actor: actor.name, action: `correction.${change}`, subject: id, reason };
  await appendAudit(trx, act, now);
  return { ...correction, state: to };
}

/** What will not be done need not be kept of anybody; in a transaction of its own, since chunks that are being undone hold items. */
export async function forgetCorrected(db: Database, id: string): Promise<void> {
  await db
    .updateTable('correction_item')
    .set({ learner: null })
    .where('correction_id', '=', id)
    .where('learner', 'is not', null)
    .execute();
}
