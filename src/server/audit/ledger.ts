import { sql } from 'kysely';
import { digestOfBatch } from '../credential/keep.ts';
import type { CredentialRow } from '../credential/store.ts';
import type { Executor } from '../database.ts';
import { sha256Hex } from '../digest.ts';
import type { Place } from '../paging.ts';

/** What the ledger says of a credential: digests and ids, never people. */
export type LedgerEntry = Pick<
  CredentialRow,
  | 'id'
  | 'digest'
  | 'jwt_digest'
  | 'achievement_id'
  | 'achievement_version'
  | 'issued_at'
  | 'issued_by'
  | 'issue_reason'
  | 'roster_id'
  | 'state'
  | 'status_at'
  | 'status_reason'
  | 'superseded_by'
  | 'erased_at'
  | 'test'
>;

/** In the order of issue, after a place. */
export function listLedger(db: Executor, issuerId: string, after: Place | null, limit: number): Promise<LedgerEntry[]> {
  return pageOf(db, issuerId, after, limit)
    .select([
      'id',
      'digest',
      'jwt_digest',
      'achievement_id',
      'achievement_version',
      'issued_at',
      'issued_by',
      'issue_reason',
      'roster_id',
      'state',
      'status_at',
      'status_reason',
      'superseded_by',
      'erased_at',
      'test',
    ])
    .execute();
}

function pageOf(db: Executor, issuerId: string, after: Place | null, limit: number) {
  let query = db.selectFrom('credential').where('issuer_id', '=', issuerId);
  if (after !== null)
    query = query.where(sql<boolean>`(issued_at, id) > (${after.at}::timestamptz, ${after.id}::text)`);
  return query.orderBy('issued_at').orderBy('id').limit(limit);
}

export type LedgerFault =
  /** The row, or what was signed, is not as the audit log says. */
  | { fault: 'altered'; credential: string }
  /** The audit log knows nothing of this row. */
  | { fault: 'added'; credential: string }
  /** The audit log knows of credentials that are not there: one, or as many as stood in one act. */
  | { fault: 'missing'; entry: number; credential: string | null };

type Told = { number: number; digest: string; jwt: string | undefined };
type ToldBatch = { number: number; count: number; digest: string };

/**
 * Does the ledger agree with the audit log: every credential there, and none that was altered or put in? Gives the first
 * disagreement, null for none. Whether the log itself is whole, `verifyAudit` says.
 */
export async function verifyLedger(db: Executor, issuerId: string): Promise<LedgerFault | null> {
  const { ones, batches } = await readLog(db, issuerId);
  const open = new Map<string, Pick<CredentialRow, 'id' | 'digest' | 'jwt_digest'>[]>();
  for (let after: Place | null = null; ; ) {
    const page: Pick<CredentialRow, 'id' | 'digest' | 'jwt_digest' | 'document' | 'jwt' | 'batch' | 'issued_at'>[] =
      await pageOf(db, issuerId, after, pageSize)
        .select(['id', 'digest', 'jwt_digest', 'document', 'jwt', 'batch', 'issued_at'])
        .execute();
    for (const row of page) {
      if (!isWhole(row)) return { fault: 'altered', credential: row.id };
      if (row.batch === null) {
        const told = ones.get(row.id);
        if (told === undefined) return { fault: 'added', credential: row.id };
        if (told.digest !== row.digest || told.jwt !== (row.jwt_digest ?? undefined))
          return { fault: 'altered', credential: row.id };
        ones.delete(row.id);
        continue;
      }
      const told = batches.get(row.batch);
      if (told === undefined) return { fault: 'added', credential: row.id };
      const rows = open.get(row.batch) ?? [];
      rows.push({ id: row.id, digest: row.digest, jwt_digest: row.jwt_digest });
      open.set(row.batch, rows);
      if (rows.length < told.count) continue;
      if (rows.length > told.count || digestOfBatch(rows) !== told.digest)
        return { fault: 'altered', credential: row.id };
      open.delete(row.batch);
      batches.delete(row.batch);
    }
    const last = page.at(-1);
    if (last === undefined || page.length < pageSize) break;
    after = { at: last.issued_at, id: last.id };
  }
  const [one] = ones;
  if (one !== undefined) return { fault: 'missing', entry: one[1].number, credential: one[0] };
  const [batch] = batches.values();
  return batch === undefined ? null : { fault: 'missing', entry: batch.number, credential: null };
}

const pageSize = 500;

/** Is what was signed still what the row says? Erased documents leave their digests. */
function isWhole({
  document,
  digest,
  jwt,
  jwt_digest,
}: Pick<CredentialRow, 'document' | 'digest' | 'jwt' | 'jwt_digest'>): boolean {
  return (document === null || sha256Hex(document) === digest) && (jwt === null || sha256Hex(jwt) === jwt_digest);
}

async function readLog(
  db: Executor,
  chain: string,
): Promise<{ ones: Map<string, Told>; batches: Map<string, ToldBatch> }> {
  const ones = new Map<string, Told>();
  const batches = new Map<string, ToldBatch>();
  for (let number = 0; ; ) {
    const page = await db
      .selectFrom('audit_entry')
      .select(['number', 'subject', 'detail'])
      .where('chain', '=', chain)
      .where('number', '>', number)
      .where('action', 'in', ['credential.issue', 'credential.reissue', 'roster.issue'])
      .orderBy('number')
      .limit(1000)
      .execute();
    for (const entry of page) {
      const detail = JSON.parse(entry.detail) as Record<string, unknown>;
      if (typeof detail.batch === 'string')
        batches.set(detail.batch, {
          number: entry.number,
          count: Number(detail.count),
          digest: String(detail.credentials),
        });
      else
        ones.set(entry.subject, {
          number: entry.number,
          digest: String(detail.digest),
          jwt: typeof detail.jwt === 'string' ? detail.jwt : undefined,
        });
      number = entry.number;
    }
    if (page.length < 1000) return { ones, batches };
  }
}
