import type { Selectable } from 'kysely';
import type { Executor, Tables } from '../database.ts';
import { isBehind, type Place } from '../paging.ts';

export type EvidenceFileRow = Selectable<Tables['evidence_file']>;

/** An issuer's own file; another issuer's is not there. */
export function findFile(db: Executor, issuerId: string, id: string): Promise<EvidenceFileRow | undefined> {
  return db
    .selectFrom('evidence_file')
    .selectAll()
    .where('issuer_id', '=', issuerId)
    .where('id', '=', id)
    .where('state', '=', 'kept')
    .executeTakeFirst();
}

/** Newest first. `before`: the last one of the page before. */
export function listFiles(
  db: Executor,
  issuerId: string,
  before: Place | null,
  limit: number,
): Promise<EvidenceFileRow[]> {
  let query = db.selectFrom('evidence_file').selectAll().where('issuer_id', '=', issuerId).where('state', '=', 'kept');
  if (before !== null) query = query.where(isBehind('uploaded_at', before));
  return query.orderBy('uploaded_at', 'desc').orderBy('id', 'desc').limit(limit).execute();
}

/** The credentials that carry files, by file. */
export async function listUses(db: Executor, fileIds: readonly string[]): Promise<Map<string, string[]>> {
  const uses = new Map<string, string[]>();
  if (fileIds.length === 0) return uses;
  const found = await db
    .selectFrom('evidence_use')
    .selectAll()
    .where('evidence_id', 'in', fileIds)
    .orderBy('credential_id')
    .execute();
  for (const { evidence_id, credential_id } of found)
    uses.set(evidence_id, [...(uses.get(evidence_id) ?? []), credential_id]);
  return uses;
}
