import { randomBytes, randomUUID } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { appendAudit } from '../audit/append.ts';
import type { Database, DatabaseTransaction } from '../database.ts';
import { sha256Hex } from '../digest.ts';
import { findIssuer, type IssuerRow, listAncestors } from '../issuer/store.ts';
import { ApiError } from '../problem.ts';

/** What a key may do, for its issuer and everything below. `manage` is keys, units and rights. */
export const scopes = ['read', 'author', 'approve', 'issue', 'manage'] as const;
export type Scope = (typeof scopes)[number];

/** Who acts, as the audit log names it. */
export interface Actor {
  name: string;
  issuer: IssuerRow;
}

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
    .select(['id', 'name', 'scopes', 'created_at', 'revoked_at'])
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

/**
 * The issuer that a request is about, and who asks. Rights come down the tree: a key of a district acts in its schools. A
 * stranger learns nothing: what they may not see is not there.
 */
export async function authorize(
  { db }: { db: Database },
  request: FastifyRequest,
  slug: string,
  scope: Scope,
): Promise<Actor> {
  const [, given] = /^Bearer (assay_[A-Za-z0-9_-]{20,100})$/.exec(request.headers.authorization ?? '') ?? [];
  const key =
    given === undefined
      ? undefined
      : await db
          .selectFrom('api_key')
          .selectAll()
          .where('digest', '=', sha256Hex(given))
          .where('revoked_at', 'is', null)
          .executeTakeFirst();
  if (key === undefined)
    throw new ApiError('not-signed-in', 'Send an API key of this issuer as "Authorization: Bearer assay_…".');
  const issuer = await findIssuer(db, slug);
  if (issuer === undefined || !(await listAncestors(db, issuer)).includes(key.issuer_id))
    throw new ApiError('not-found', 'There is no such issuer, or this key has no rights there.');
  if (!key.scopes.split(' ').includes(scope))
    throw new ApiError('not-allowed', `This key may not do that: it lacks the scope "${scope}".`);
  return { name: `api-key ${key.id}`, issuer };
}
