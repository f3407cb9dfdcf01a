import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../database.ts';
import { ApiError } from '../problem.ts';
import { type IssuerKeyRow, listKeys } from './store.ts';

/** What follows when a key is published no more, or marked as in other hands from a date. */
export interface Consequences {
  /** Credentials that it signed: elsewhere none of them can be verified any longer. */
  signed: number;
  /** Of these, in the ledger before the date: this instance goes on verifying them. None when the key is retired. */
  before: number;
  /** Of all that it signed, accepted by learners. */
  accepted: number;
  /** Credentials that other keys signed, which are not touched. */
  others: number;
  /** Status lists that are signed anew. */
  lists: number;
  /** It is the one in use, so that a new one is made in the same step. */
  replaced: boolean;
  lastSignedAt: string | null;
}

interface Signed {
  total: number;
  accepted: number;
  /** Issued before a date. */
  before: number;
  lastAt: Date | null;
}

export async function findConsequences(
  db: Database,
  issuerId: string,
  id: string,
  from: Date | null,
): Promise<Consequences> {
  const keys = await listKeys(db, issuerId);
  const key = keys.find((one) => one.id === id && ['active', 'published'].includes(one.state));
  if (key === undefined) throw new ApiError('not-found', 'There is no such key that is published.');
  const own = await countSignedBy(db, keys, key, from);
  const all = await countRows(db, issuerId, sql<boolean>`true`, null);
  const { lists } = await db
    .selectFrom('status_list')
    .select(sql<string>`count(*)`.as('lists'))
    .where('issuer_id', '=', issuerId)
    .executeTakeFirstOrThrow();
  return {
    signed: own.total,
    before: from === null ? 0 : own.before,
    accepted: own.accepted,
    others: all.total - own.total,
    lists: Number(lists),
    replaced: key.state === 'active',
    lastSignedAt: own.lastAt?.toISOString() ?? null,
  };
}

/**
 * Credentials that a key signed: those that were issued while it was the one in use, in the form that it signs. One key follows
 * another in the transaction that makes it.
 */
export function countSignedBy(
  db: Database,
  keys: readonly IssuerKeyRow[],
  key: IssuerKeyRow,
  from: Date | null = null,
): Promise<Signed> {
  const next = keys.find(({ use, created_at }) => use === key.use && created_at > key.created_at);
  const until = next?.created_at ?? key.ended_at;
  const form = key.use === 'jwt' ? sql`jwt is not null` : sql`(jwt is null or document like '%"proof":%')`;
  const during = until === null ? sql`true` : sql`issued_at < ${until}::timestamptz`;
  const condition = sql<boolean>`issued_at >= ${key.created_at}::timestamptz and ${during} and ${form}`;
  return countRows(db, key.issuer_id, condition, from);
}

async function countRows(
  db: Database,
  issuerId: string,
  condition: RawBuilder<boolean>,
  from: Date | null,
): Promise<Signed> {
  const { total, accepted, before, last } = await db
    .selectFrom('credential')
    .select([
      sql<string>`count(*)`.as('total'),
      sql<string>`count(*) filter (where claim_state = 'accepted')`.as('accepted'),
      sql<string>`count(*) filter (where issued_at < ${from}::timestamptz)`.as('before'),
      sql<Date | null>`max(issued_at)`.as('last'),
    ])
    .where('issuer_id', '=', issuerId)
    .where(condition)
    .executeTakeFirstOrThrow();
  return { total: Number(total), accepted: Number(accepted), before: Number(before), lastAt: last };
}
