import { randomUUID } from 'node:crypto';
import type { Actor } from '../access/authorize.ts';
import { appendAudit } from '../audit/append.ts';
import type { CredentialRow } from '../credential/store.ts';
import type { DatabaseTransaction } from '../database.ts';
import type { MasterKey } from '../master-key.ts';
import { ApiError } from '../problem.ts';
import { announceDispute } from './letter.ts';
import { type DisputeRow, sealPart } from './store.ts';

/** Who holds the claim link: nobody is named in the audit log. */
const holder = 'claim-link';
/** Of one credential at a time: whoever writes more is waiting for the answers. */
export const openAtMost = 3;

/** The learner says what is wrong in their credential, and those who may answer hear of it. False when as many wait for an answer as may. */
export async function openNewDispute(
  trx: DatabaseTransaction,
  { masterKey, publicUrl }: { masterKey: MasterKey; publicUrl: string },
  { id: credentialId, issuer_id, claim_version }: Pick<CredentialRow, 'id' | 'issuer_id' | 'claim_version'>,
  { about, words }: { about: DisputeRow['about']; words: string },
  now: Date,
): Promise<boolean> {
  const credential = await trx
    .selectFrom('credential')
    .select('id')
    .where('id', '=', credentialId)
    // The link was good when it was looked at; it must be so still. Two at once count each other.
    .where('claim_version', '=', claim_version)
    .forUpdate()
    .executeTakeFirst();
  if (credential === undefined) throw new ApiError('conflict', 'This claim link is not in use any more.');
  const waiting = await trx
    .selectFrom('dispute')
    .select('id')
    .where('credential_id', '=', credentialId)
    .where('state', '=', 'open')
    .limit(openAtMost)
    .execute();
  if (waiting.length >= openAtMost) return false;
  const id = randomUUID();
  await trx
    .insertInto('dispute')
    .values({
      id,
      credential_id: credentialId,
      issuer_id,
      about,
      state: 'open',
      words: sealPart(masterKey, id, 'words', words),
      answer: null,
      created_at: now,
      changed_at: now,
      changed_by: holder,
    })
    .execute();
  const act = { chain: issuer_id, actor: holder, action: 'dispute.open', subject: credentialId };
  await announceDispute(trx, { masterKey, publicUrl }, { credential: credentialId, issuerId: issuer_id, about }, now);
  await appendAudit(trx, { ...act, detail: { dispute: id, about } }, now);
  return true;
}

/** The issuer answers, or closes it. The answer is for the learner and sealed; the reason stands in the audit log for ever. */
export async function changeDispute(
  trx: DatabaseTransaction,
  masterKey: MasterKey,
  { id, state, answer, reason }: { id: string; state: 'answered' | 'closed'; answer?: string; reason?: string },
  { name: actor, issuer }: Actor,
  now: Date,
): Promise<DisputeRow> {
  const changed = await trx
    .updateTable('dispute')
    .set({
      state,
      changed_at: now,
      changed_by: actor,
      ...(answer === undefined ? {} : { answer: sealPart(masterKey, id, 'answer', answer) }),
    })
    .where('issuer_id', '=', issuer.id)
    .where('id', '=', id)
    .where('state', '<>', 'closed')
    .returningAll()
    .executeTakeFirst();
  if (changed === undefined) throw new ApiError('not-found', 'There is no such dispute that is not closed.');
  const action = state === 'answered' ? 'dispute.answer' : 'dispute.close';
  const act = { chain: issuer.id, actor, action, subject: changed.credential_id, detail: { dispute: id } };
  await appendAudit(trx, { ...act, ...(reason === undefined ? {} : { reason }) }, now);
  return changed;
}
