import type { Actor } from '../access/authorize.ts';
import { appendAudit } from '../audit/append.ts';
import type { CredentialRow } from '../credential/store.ts';
import type { DatabaseTransaction } from '../database.ts';
import type { MasterKey } from '../master-key.ts';
import { ApiError } from '../problem.ts';
import { findRecordsAbove } from './learner.ts';
import { tellAbove } from './tell-above.ts';

/**
 * Take the page of a credential and its evidence down, or put them back. Nothing of the credential changes: copies verify as
 * before, and its status lists answer.
 */
export async function changeHidden(
  trx: DatabaseTransaction,
  deps: { masterKey: MasterKey; publicUrl: string },
  { id, hidden, reason }: { id: string; hidden: boolean; reason: string },
  by: Actor,
  now: Date,
): Promise<CredentialRow> {
  const { name: actor, issuer } = by;
  const credential = await trx
    .selectFrom('credential')
    .selectAll()
    .where('issuer_id', '=', issuer.id)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (credential === undefined) throw new ApiError('not-found', 'There is no such credential.');
  if (credential.erased_at !== null) throw new ApiError('conflict', 'This credential was erased.');
  if ((credential.hidden_at !== null) === hidden)
    throw new ApiError('conflict', hidden ? 'This credential is taken down already.' : 'This credential is shown.');
  const hidden_at = hidden ? now : null;
  await trx.updateTable('credential').set({ hidden_at }).where('id', '=', id).execute();
  const action = hidden ? 'credential.hide' : 'credential.show';
  await appendAudit(trx, { chain: issuer.id, actor, action, subject: id, reason }, now);
  if (hidden && !(await wasTold(trx, issuer.id, id, now))) {
    const above = await findRecordsAbove(trx, issuer, { credentials: [credential] });
    const shown = above
      .map(({ records, ...rest }) => ({ ...rest, records: records.filter(({ hidden_at }) => hidden_at === null) }))
      .filter(({ records }) => records.length > 0);
    await tellAbove(trx, deps, { act: 'hide', above: shown, reason }, by, now);
  }
  return { ...credential, hidden_at };
}

const day = 86_400_000;

/** Whoever takes a page down and puts it back again and again shall not fill the letter boxes above. */
async function wasTold(trx: DatabaseTransaction, chain: string, subject: string, now: Date): Promise<boolean> {
  const { count } = await trx
    .selectFrom('audit_entry')
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .where('chain', '=', chain)
    .where('subject', '=', subject)
    .where('action', '=', 'credential.hide')
    .where('at', '>', new Date(now.getTime() - day))
    .executeTakeFirstOrThrow();
  // This time is among them.
  return Number(count) > 1;
}
