import type { Actor } from '../access/authorize.ts';
import { appendAudit } from '../audit/append.ts';
import type { Database, DatabaseTransaction } from '../database.ts';
import { ApiError } from '../problem.ts';
import type { RosterRow } from './store.ts';

const changes = {
  start: { from: ['ready'], to: 'running' },
  pause: { from: ['running'], to: 'paused' },
  resume: { from: ['paused'], to: 'running' },
  cancel: { from: ['ready', 'running', 'paused'], to: 'cancelled' },
  retry: { from: ['done', 'paused'], to: 'running' },
} as const satisfies Record<string, { from: readonly RosterRow['state'][]; to: RosterRow['state'] }>;
export type RosterChange = keyof typeof changes;
export const rosterChanges = Object.keys(changes) as RosterChange[];

/**
 * Start, pause, resume or cancel a roster, or try its failed rows again. Once it is answered it holds: no row is issued
 * after a pause or a cancellation that was acknowledged.
 */
export async function changeRoster(
  trx: DatabaseTransaction,
  id: string,
  change: RosterChange,
  actor: Actor,
  now: Date,
): Promise<RosterRow> {
  const roster = await trx
    .selectFrom('roster')
    .selectAll()
    .where('issuer_id', '=', actor.issuer.id)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (roster === undefined || roster.state === 'reading') throw new ApiError('not-found', 'There is no such roster.');
  const { from, to } = changes[change];
  if (!(from as readonly string[]).includes(roster.state))
    throw new ApiError('conflict', `This roster is ${roster.state}; ${change} is not possible.`);
  const failed = change === 'retry' ? 0 : roster.failed;
  if (change === 'retry')
    await trx
      .updateTable('roster_row')
      .set({ state: 'waiting', faults: null })
      .where('roster_id', '=', id)
      .where('state', '=', 'failed')
      .execute();
  await trx.updateTable('roster').set({ state: to, failed }).where('id', '=', id).execute();
  const act = { chain: actor.issuer.id, actor: actor.name, action: `roster.${change}`, subject: id };
  await appendAudit(trx, act, now);
  return { ...roster, state: to, failed };
}

/**
 * What will not be issued need not be kept of anybody. In a transaction of its own: chunks that are being undone still hold
 * their rows while they wait for the roster.
 */
export async function forgetCancelled(db: Database): Promise<void> {
  await db
    .updateTable('roster_row')
    .set({ learner: null })
    .where('learner', 'is not', null)
    .where('roster_id', 'in', (query) => query.selectFrom('roster').select('id').where('state', '=', 'cancelled'))
    .execute();
}
