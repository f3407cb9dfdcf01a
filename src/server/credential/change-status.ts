import type { Actor } from '../access/authorize.ts';
import { appendAudit } from '../audit/append.ts';
import type { DatabaseTransaction } from '../database.ts';
import { ApiError, phrase } from '../problem.ts';
import type { CredentialRow } from './store.ts';

const changes = {
  revoke: { from: ['active', 'suspended'], to: 'revoked' },
  suspend: { from: ['active'], to: 'suspended' },
  reinstate: { from: ['suspended'], to: 'active' },
} as const satisfies Record<string, { from: readonly CredentialRow['state'][]; to: CredentialRow['state'] }>;
export type StatusChange = keyof typeof changes;

/**
 * Change the status of a credential, with the reason, and with it the revision of its status list: whoever fetches the list
 * from then on sees it. Revoking is for ever (Bitstring Status List §2.1).
 */
export async function changeStatus(
  trx: DatabaseTransaction,
  id: string,
  change: StatusChange,
  reason: string,
  actor: Actor,
  now: Date,
): Promise<CredentialRow> {
  const { from, to } = changes[change];
  const credential = await trx
    .selectFrom('credential')
    .selectAll()
    .where('issuer_id', '=', actor.issuer.id)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (credential === undefined) throw new ApiError('not-found', 'There is no such credential.');
  if (!(from as readonly string[]).includes(credential.state))
    throw new ApiError('conflict', phrase`This credential is ${credential.state}; ${change} is not possible.`);
  await trx
    .updateTable('credential')
    .set({ state: to, status_reason: reason, status_at: now })
    .where('id', '=', id)
    .execute();
  await trx
    .updateTable('status_list')
    .set((list) => ({ revision: list('revision', '+', 1) }))
    .where('id', '=', credential.status_list_id)
    .execute();
  const act = { chain: actor.issuer.id, actor: actor.name, action: `credential.${change}`, subject: id, reason };
  await appendAudit(trx, act, now);
  return { ...credential, state: to, status_reason: reason, status_at: now };
}
