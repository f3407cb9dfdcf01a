import type { JsonObject } from '../../core/json/json.ts';
import type { Actor } from '../access/authorize.ts';
import { appendAudit } from '../audit/append.ts';
import type { DatabaseTransaction } from '../database.ts';
import { sha256Hex } from '../digest.ts';
import type { IssuerRow } from './store.ts';

/** What an issuer says of itself from now on. Credentials that were issued keep what they say. */
export async function changeProfile(
  trx: DatabaseTransaction,
  profile: JsonObject,
  reason: string,
  { issuer, name }: Actor,
  now: Date,
): Promise<IssuerRow> {
  const text = JSON.stringify(profile);
  await trx.updateTable('issuer').set({ profile: text }).where('id', '=', issuer.id).execute();
  const detail = { before: sha256Hex(issuer.profile), after: sha256Hex(text) };
  const act = { chain: issuer.id, actor: name, action: 'issuer.profile', subject: issuer.id, reason, detail };
  await appendAudit(trx, act, now);
  return { ...issuer, profile: text };
}
