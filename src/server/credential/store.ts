import type { Selectable } from 'kysely';
import type { JsonObject } from '../../core/json/json.ts';
import type { Executor, Tables } from '../database.ts';
import { isBehind, type Place } from '../paging.ts';
import { ApiError } from '../problem.ts';

export type CredentialRow = Selectable<Tables['credential']>;

/** What was signed, as it is delivered. Throws ApiError when it was erased. */
export function signedDocument({ document }: Pick<CredentialRow, 'document'>): string {
  if (document === null) throw new ApiError('gone', 'The personal data of this credential was erased.');
  return document;
}

/** Neither erased nor taken down. */
export const isDelivered = ({ document, hidden_at }: Pick<CredentialRow, 'document' | 'hidden_at'>) =>
  document !== null && hidden_at === null;

/** What it is called, of the names that `nameVersions` found; a record has its own, and none once it was erased. */
export function nameIn(
  names: ReadonlyMap<string, string>,
  { achievement_id, achievement_version, document }: CredentialRow,
): string {
  if (achievement_id !== null) return names.get(`${achievement_id} ${achievement_version}`) ?? '';
  return String((JSON.parse(document ?? '{}') as JsonObject).name ?? '');
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

/** The newest edition of a credential: itself, unless it was superseded. */
export async function findNewestEdition(db: Executor, id: string): Promise<CredentialRow | undefined> {
  const newest = await db
    .withRecursive('edition', (query) =>
      query
        .selectFrom('credential')
        .select(['id', 'superseded_by'])
        .where('id', '=', id)
        .unionAll((next) =>
          next
            .selectFrom('credential')
            .innerJoin('edition', 'edition.superseded_by', 'credential.id')
            .select(['credential.id', 'credential.superseded_by']),
        ),
    )
    .selectFrom('edition')
    .select('id')
    .where('superseded_by', 'is', null)
    .executeTakeFirst();
  return newest && (await findCredential(db, newest.id));
}

/** The credential as a compact JWS; undefined when there is no such form of it. */
export async function findJwt(db: Executor, id: string): Promise<{ jwt: string; digest: string } | undefined> {
  const found = await db.selectFrom('credential').select(['jwt', 'jwt_digest']).where('id', '=', id).executeTakeFirst();
  return found?.jwt ? { jwt: found.jwt, digest: found.jwt_digest ?? '' } : undefined;
}

/**
 * What was signed, byte for byte: the document with its proof, or the JWT where that alone was signed. Throws ApiError when it
 * was erased.
 */
export function signedForm(credential: CredentialRow): {
  content: string;
  digest: string;
  contentType: 'application/vc' | 'application/vc+jwt';
} {
  const { digest, jwt, jwt_digest } = credential;
  const document = signedDocument(credential);
  if (jwt === null || (JSON.parse(document) as JsonObject).proof !== undefined)
    return { content: document, digest, contentType: 'application/vc' };
  return { content: jwt, digest: jwt_digest ?? '', contentType: 'application/vc+jwt' };
}

/** Which credentials of a list are asked for: those that all of this is true of. */
export interface CredentialFilter {
  achievement?: string | undefined;
  state?: CredentialRow['state'] | undefined;
  claim?: CredentialRow['claim_state'] | undefined;
  roster?: string | undefined;
  test?: boolean | undefined;
  issuedFrom?: Date | undefined;
  issuedBefore?: Date | undefined;
}

/** Newest first. `before`: the last one of the page before. */
export function listCredentials(
  db: Executor,
  issuerId: string,
  before: Place | null,
  limit: number,
  { achievement, state, claim, roster, test, issuedFrom, issuedBefore }: CredentialFilter = {},
): Promise<CredentialRow[]> {
  let query = db.selectFrom('credential').selectAll().where('issuer_id', '=', issuerId);
  if (achievement !== undefined) query = query.where('achievement_id', '=', achievement);
  if (state !== undefined) query = query.where('state', '=', state);
  if (claim !== undefined) query = query.where('claim_state', '=', claim);
  if (roster !== undefined) query = query.where('roster_id', '=', roster);
  if (test !== undefined) query = query.where('test', '=', test);
  if (issuedFrom !== undefined) query = query.where('issued_at', '>=', issuedFrom);
  if (issuedBefore !== undefined) query = query.where('issued_at', '<', issuedBefore);
  if (before !== null) query = query.where(isBehind('issued_at', before));
  return query.orderBy('issued_at', 'desc').orderBy('id', 'desc').limit(limit).execute();
}

/** How the claims of credentials stand, by credential. */
export async function findClaims(
  db: Executor,
  ids: readonly string[],
): Promise<Map<string, Pick<CredentialRow, 'id' | 'claim_version' | 'claim_state'>>> {
  if (ids.length === 0) return new Map();
  const found = await db
    .selectFrom('credential')
    .select(['id', 'claim_version', 'claim_state'])
    .where('id', 'in', ids)
    .execute();
  return new Map(found.map((claim) => [claim.id, claim]));
}
