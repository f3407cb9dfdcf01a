import type { Selectable } from 'kysely';
import type { Executor, Tables } from '../database.ts';
import { ApiError } from '../problem.ts';

export type CredentialRow = Selectable<Tables['credential']>;

/** What was signed, as it is delivered. Throws ApiError when it was erased. */
export function signedDocument({ document }: Pick<CredentialRow, 'document'>): string {
  if (document === null) throw new ApiError('gone', 'The personal data of this credential was erased.');
  return document;
}

/** By its address, whoever issued it: for the public page. */
export function findCredential(db: Executor, id: string): Promise<CredentialRow | undefined> {
  return db.selectFrom('credential').selectAll().where('id', '=', id).executeTakeFirst();
}

/** An issuer's own credential; another issuer's is not there. */
export function findOwnCredential(db: Executor, issuerId: string, id: string): Promise<CredentialRow | undefined> {
  return db
    .selectFrom('credential')
    .selectAll()
    .where('issuer_id', '=', issuerId)
    .where('id', '=', id)
    .executeTakeFirst();
}

/** Newest first. `before`: the last one of the page before. */
export function listCredentials(
  db: Executor,
  issuerId: string,
  before: { issuedAt: Date; id: string } | null,
  limit: number,
): Promise<CredentialRow[]> {
  let query = db.selectFrom('credential').selectAll().where('issuer_id', '=', issuerId);
  if (before !== null)
    query = query.where((where) =>
      where.or([
        where('issued_at', '<', before.issuedAt),
        where.and([where('issued_at', '=', before.issuedAt), where('id', '<', before.id)]),
      ]),
    );
  return query.orderBy('issued_at', 'desc').orderBy('id', 'desc').limit(limit).execute();
}
