import type { Selectable } from 'kysely';
import type { Executor, Tables } from '../database.ts';

export type IssuerRow = Selectable<Tables['issuer']>;
export type IssuerKeyRow = Selectable<Tables['issuer_key']>;

export function findIssuer(db: Executor, slug: string): Promise<IssuerRow | undefined> {
  return db.selectFrom('issuer').selectAll().where('slug', '=', slug).executeTakeFirst();
}

export function findIssuerById(db: Executor, id: string): Promise<IssuerRow | undefined> {
  return db.selectFrom('issuer').selectAll().where('id', '=', id).executeTakeFirst();
}

export function listChildren(db: Executor, issuerId: string): Promise<IssuerRow[]> {
  return db.selectFrom('issuer').selectAll().where('parent_id', '=', issuerId).orderBy('slug').execute();
}

/** The issuer and everything above it, itself first. */
export async function listAncestors(db: Executor, issuer: IssuerRow): Promise<string[]> {
  const found = await db
    .withRecursive('above', (query) =>
      query
        .selectFrom('issuer')
        .select(['id', 'parent_id'])
        .where('id', '=', issuer.id)
        .unionAll((next) =>
          next
            .selectFrom('issuer')
            .innerJoin('above', 'above.parent_id', 'issuer.id')
            .select(['issuer.id', 'issuer.parent_id']),
        ),
    )
    .selectFrom('above')
    .select('id')
    .execute();
  return found.map(({ id }) => id);
}

/** An issuer and everything below it, itself among them. */
export async function listDescendants(db: Executor, issuerId: string): Promise<{ id: string; slug: string }[]> {
  return await db
    .withRecursive('below', (query) =>
      query
        .selectFrom('issuer')
        .select(['id', 'slug'])
        .where('id', '=', issuerId)
        .unionAll((next) =>
          next
            .selectFrom('issuer')
            .innerJoin('below', 'below.id', 'issuer.parent_id')
            .select(['issuer.id', 'issuer.slug']),
        ),
    )
    .selectFrom('below')
    .select(['id', 'slug'])
    .orderBy('slug')
    .execute();
}

export function listKeys(db: Executor, issuerId: string): Promise<IssuerKeyRow[]> {
  return db
    .selectFrom('issuer_key')
    .selectAll()
    .where('issuer_id', '=', issuerId)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
}

export function findActiveKey(
  db: Executor,
  issuerId: string,
  use: IssuerKeyRow['use'],
): Promise<IssuerKeyRow | undefined> {
  return db
    .selectFrom('issuer_key')
    .selectAll()
    .where('issuer_id', '=', issuerId)
    .where('use', '=', use)
    .where('state', '=', 'active')
    .executeTakeFirst();
}
