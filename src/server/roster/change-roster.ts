import type { Actor } from '../access/authorize.ts';
import { appendAudit } from '../audit/append.ts';
import type { Waiver } from '../credential/waiver.ts';
import type { Database, DatabaseTransaction } from '../database.ts';
import { ApiError, phrase } from '../problem.ts';
import type { RosterRow } from './store.ts';

const changes = {
  start: { from: ['ready'], to: 'running' },
  pause: { from: ['running'], to: 'paused' },
  resume: { from: ['paused'], to: 'running' },
  cancel: { from: ['ready', 'running', 'paused'], to: 'cancelled' },
  retry: { from: ['done', 'paused'], to: 'running' },
} as const satisfies Record<string, { from: readonly RosterRow['state'][]; to: RosterRow['state'] }>;
export type RosterChange = keyof typeof changes;

/**
 * Start, pause, resume or cancel a roster, or try its failed rows again. Once it is answered it holds: no row is issued
 * after a pause or a cancellation that was acknowledged. With a waiver the rows are issued too that the gate refused when the
 * list was read.
 */
export async function changeRoster(
  trx: DatabaseTransaction,
  id: string,
  change: RosterChange,
  actor: Actor,
  now: Date,
  waiver: Waiver | null = null,
  /** At its start: write to the learners? Null is as policy says. */
  deliver: RosterRow['deliver'] = null,
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
    throw new ApiError('conflict', phrase`This roster is ${roster.state}; ${change} is not possible.`);
  const failed = change === 'retry' ? 0 : roster.failed;
  if (change === 'retry')
    await trx
      .updateTable('roster_row')
      .set({ state: 'waiting', faults: null })
      .where('roster_id', '=', id)
      .where('state', '=', 'failed')
      .execute();
  const released = waiver === null ? 0 : await releaseRefused(trx, id);
  const changed = {
    state: to,
    failed,
    faulty: roster.faulty - released,
    ...(change === 'start' ? { deliver } : {}),
    ...(waiver === null ? {} : { waiver: JSON.stringify(waiver) }),
  };
  await trx.updateTable('roster').set(changed).where('id', '=', id).execute();
  const why = waiver === null ? {} : { reason: waiver.reason, detail: { waiver: { rows: released } } };
  const act = { chain: actor.issuer.id, actor: actor.name, action: `roster.${change}`, subject: id, ...why };
  await appendAudit(trx, act, now);
  return { ...roster, ...changed };
}

/** Rows on which nothing but the gate stood in the way: only they have kept what it said. */
async function releaseRefused(trx: DatabaseTransaction, id: string): Promise<number> {
  const { numUpdatedRows } = await trx
    .updateTable('roster_row')
    .set({ state: 'waiting', faults: null })
    .where('roster_id', '=', id)
    .where('state', '=', 'faulty')
    .where('gate', 'is not', null)
    .executeTakeFirst();
  return Number(numUpdatedRows);
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
