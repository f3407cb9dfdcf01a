import { randomBytes, randomUUID } from 'node:crypto';
import { appendAudit } from '../audit/append.ts';
import type { DatabaseTransaction, Executor } from '../database.ts';
import { sha256Hex } from '../digest.ts';
import { ApiError } from '../problem.ts';
import type { EvidenceFileRow } from './store.ts';

export interface NewGrant {
  file: Pick<EvidenceFileRow, 'id' | 'issuer_id'>;
  expiresAt: Date;
  /** As the audit log names them. */
  actor: string;
  reason?: string;
}

/** Leave to read one file until it expires or is withdrawn, for whoever has the token. It is shown once; its digest is kept. */
export async function createGrant(
  trx: DatabaseTransaction,
  { file, expiresAt, actor, reason }: NewGrant,
  now: Date,
): Promise<{ id: string; token: string }> {
  const id = randomUUID();
  const token = randomBytes(32).toString('base64url');
  await trx
    .insertInto('evidence_grant')
    .values({
      id,
      evidence_id: file.id,
      digest: sha256Hex(token),
      made_by: actor,
      created_at: now,
      expires_at: expiresAt,
      withdrawn_at: null,
    })
    .execute();
  const detail = { grant: id, expiresAt: expiresAt.toISOString() };
  await appendAudit(
    trx,
    {
      chain: file.issuer_id,
      actor,
      action: 'evidence.grant',
      subject: file.id,
      detail,
      ...(reason === undefined ? {} : { reason }),
    },
    now,
  );
  return { id, token };
}

/** Newest first, without their tokens. */
export function listGrants(db: Executor, fileId: string) {
  return db
    .selectFrom('evidence_grant')
    .select(['id', 'made_by', 'created_at', 'expires_at', 'withdrawn_at'])
    .where('evidence_id', '=', fileId)
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .limit(1000)
    .execute();
}

/** From the next request on the grant opens nothing. */
export async function withdrawGrant(
  trx: DatabaseTransaction,
  { file, id, actor, reason }: Omit<NewGrant, 'expiresAt'> & { id: string },
  now: Date,
): Promise<void> {
  const withdrawn = await trx
    .updateTable('evidence_grant')
    .set({ withdrawn_at: now })
    .where('evidence_id', '=', file.id)
    .where('id', '=', id)
    .where('withdrawn_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  if (withdrawn === undefined) throw new ApiError('not-found', 'There is no such grant in force.');
  await appendAudit(
    trx,
    {
      chain: file.issuer_id,
      actor,
      action: 'evidence.withdraw',
      subject: file.id,
      detail: { grant: id },
      ...(reason === undefined ? {} : { reason }),
    },
    now,
  );
}

/** The file, for whoever has a grant in force; not while the page of its credential is taken down. */
export function findGranted(
  db: Executor,
  fileId: string,
  token: string,
  now: Date,
): Promise<EvidenceFileRow | undefined> {
  return db
    .selectFrom('evidence_file')
    .selectAll('evidence_file')
    .innerJoin('evidence_grant', 'evidence_grant.evidence_id', 'evidence_file.id')
    .where('evidence_file.id', '=', fileId)
    .where('evidence_file.state', '=', 'kept')
    .where('evidence_grant.digest', '=', sha256Hex(token))
    .where('evidence_grant.withdrawn_at', 'is', null)
    .where('evidence_grant.expires_at', '>', now)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('evidence_use')
            .innerJoin('credential', 'credential.id', 'evidence_use.credential_id')
            .select('credential.id')
            .whereRef('evidence_use.evidence_id', '=', 'evidence_file.id')
            .where('credential.hidden_at', 'is not', null),
        ),
      ),
    )
    .executeTakeFirst();
}
