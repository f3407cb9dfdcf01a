import type { Actor } from '../access/authorize.ts';
import { appendAudit } from '../audit/append.ts';
import type { CredentialRow } from '../credential/store.ts';
import type { DatabaseTransaction } from '../database.ts';
import { ApiError } from '../problem.ts';

/** Who holds the claim link: nobody is named in the audit log. */
const holder = 'claim-link';

const changes = {
  accept: { from: ['waiting', 'declined'], to: 'accepted' },
  decline: { from: ['waiting'], to: 'declined' },
} as const satisfies Record<
  string,
  { from: readonly CredentialRow['claim_state'][]; to: CredentialRow['claim_state'] }
>;
export type ClaimChange = keyof typeof changes;

/** The learner accepts or declines. Saying again what holds already changes nothing. */
export async function changeClaim(
  trx: DatabaseTransaction,
  { id, claim_version }: Pick<CredentialRow, 'id' | 'claim_version'>,
  change: ClaimChange,
  now: Date,
): Promise<void> {
  const { from, to } = changes[change];
  const credential = await trx
    .selectFrom('credential')
    .select(['issuer_id', 'claim_state'])
    .where('id', '=', id)
    // The link was good when it was looked at; it must be so still.
    .where('claim_version', '=', claim_version)
    .forUpdate()
    .executeTakeFirst();
  if (credential === undefined) throw new ApiError('conflict', 'This claim link is not in use any more.');
  if (credential.claim_state === to) return;
  if (!(from as readonly string[]).includes(credential.claim_state))
    throw new ApiError('conflict', 'This credential was accepted already.');
  await trx.updateTable('credential').set({ claim_state: to, claimed_at: now }).where('id', '=', id).execute();
  await appendAudit(
    trx,
    { chain: credential.issuer_id, actor: holder, action: `credential.${change}`, subject: id },
    now,
  );
}

/** The learner lets search engines list the page of a credential that they accepted, or forbids it again. */
export async function changeIndexing(
  trx: DatabaseTransaction,
  { id, issuer_id, claim_version }: CredentialRow,
  indexed: boolean,
  now: Date,
): Promise<void> {
  const changed = await trx
    .updateTable('credential')
    .set({ indexed })
    .where('id', '=', id)
    .where('claim_version', '=', claim_version)
    .where('claim_state', '=', 'accepted')
    .where('indexed', '<>', indexed)
    .returning('id')
    .executeTakeFirst();
  if (changed === undefined) return;
  const action = indexed ? 'credential.index' : 'credential.unindex';
  await appendAudit(trx, { chain: issuer_id, actor: holder, action, subject: id }, now);
}

/** Another claim link; the one before opens nothing from now on. What was accepted stays so. */
export async function renewClaim(
  trx: DatabaseTransaction,
  { id, reason }: { id: string; reason: string },
  actor: Actor,
  now: Date,
): Promise<Pick<CredentialRow, 'id' | 'claim_version' | 'claim_state'>> {
  const changed = await trx
    .updateTable('credential')
    .set((credential) => ({ claim_version: credential('claim_version', '+', 1) }))
    .where('issuer_id', '=', actor.issuer.id)
    .where('id', '=', id)
    .returning(['id', 'claim_version', 'claim_state'])
    .executeTakeFirst();
  if (changed === undefined) throw new ApiError('not-found', 'There is no such credential.');
  const act = { chain: actor.issuer.id, actor: actor.name, action: 'credential.renew-claim', subject: id, reason };
  await appendAudit(trx, act, now);
  return changed;
}
