import { randomBytes, randomUUID } from 'node:crypto';
import type { Selectable } from 'kysely';
import { appendAudit } from '../audit/append.ts';
import type { Database, DatabaseTransaction, Tables } from '../database.ts';
import { sha256Hex } from '../digest.ts';
import { ApiError } from '../problem.ts';
import type { Scope } from './roles.ts';

/** Make a key. What is returned is shown once; only its digest is kept. */
export async function createApiKey(
  trx: DatabaseTransaction,
  { issuerId, name, allowed }: { issuerId: string; name: string; allowed: readonly Scope[] },
  actor: string,
  now: Date,
): Promise<{ id: string; key: string }> {
  const key = `assay_${randomBytes(32).toString('base64url')}`;
  const id = randomUUID();
  await trx
    .insertInto('api_key')
    .values({
      id,
      issuer_id: issuerId,
      name,
      digest: sha256Hex(key),
      scopes: allowed.join(' '),
      created_at: now,
      revoked_at: null,
      made_by: actor,
    })
    .execute();
  const detail = { scopes: [...allowed] };
  await appendAudit(trx, { chain: issuerId, actor, action: 'api-key.make', subject: id, detail }, now);
  return { id, key };
}

/** The keys of an issuer, without themselves. */
export function listApiKeys(db: Database, issuerId: string) {
  return db
    .selectFrom('api_key')
    .select(['id', 'name', 'scopes', 'created_at', 'revoked_at', 'made_by'])
    .where('issuer_id', '=', issuerId)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
}

/** From the next request on the key opens nothing. */
export async function revokeApiKey(
  trx: DatabaseTransaction,
  { issuerId, id, reason }: { issuerId: string; id: string; reason: string },
  actor: string,
  now: Date,
): Promise<void> {
  const revoked = await trx
    .updateTable('api_key')
    .set({ revoked_at: now })
    .where('issuer_id', '=', issuerId)
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  if (revoked === undefined) throw new ApiError('not-found', 'There is no such key in use.');
  await appendAudit(trx, { chain: issuerId, actor, action: 'api-key.revoke', subject: id, reason }, now);
}

/** The key that an Authorization header carries; none when it is none of ours, or was taken back. */
export async function findApiKey(
  db: Database,
  authorization: string,
): Promise<Selectable<Tables['api_key']> | undefined> {
  const [, given] = /^Bearer (assay_[A-Za-z0-9_-]{20,100})$/.exec(authorization) ?? [];
  if (given === undefined) return undefined;
  return await db
    .selectFrom('api_key')
    .selectAll()
    .where('digest', '=', sha256Hex(given))
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
}
