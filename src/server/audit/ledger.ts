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

type Digests = Pick<CredentialRow, 'id' | 'digest' | 'jwt_digest'>;
type BatchRow = Digests & { batch: string };

/** What the ledger holds of credentials that one entry of the audit log tells of together. */
interface Batch {
  /** One of its credentials. */
  credential: string;
  count: number;
  digest: string;
}

/**
 * Does the ledger agree with the audit log: every credential there, and none that was altered or put in? Gives the first
 * disagreement, null for none. Whether the log itself is whole, `verifyAudit` says. Credentials may be issued meanwhile: those
 * that the log did not tell of at the beginning are no fault. What it holds in memory is one digest for each batch.
 */
export async function verifyLedger(db: Executor, issuerId: string): Promise<LedgerFault | null> {
  const head = await db.selectFrom('audit_head').select('number').where('chain', '=', issuerId).executeTakeFirst();
  const until = head?.number ?? 0;
  const batches = new Map<string, Batch>();
  let singles = 0;
  for await (const rows of readRows(db, issuerId)) {
    const damaged = rows.find((row) => !isWhole(row));
    if (damaged !== undefined) return { fault: 'altered', credential: damaged.id };
    singles += rows.filter(({ batch }) => batch === null).length;
    foldBatches(
      batches,
      rows.flatMap(({ batch, ...row }) => (batch === null ? [] : [{ ...row, batch }])),
    );
  }
  let missing: LedgerFault | null = null;
  let told = 0;
  for await (const entries of readEntries(db, issuerId)) {
    const ids = entries.flatMap(({ batch, subject }) => (batch === null ? [subject] : []));
    const rows = await findSingles(db, issuerId, ids);
    for (const { number, subject, batch, digest, jwt, count } of entries) {
      if (batch === null) {
        const row = rows.get(subject);
        if (row === undefined) missing ??= { fault: 'missing', entry: number, credential: subject };
        else if (row.digest !== digest || row.jwt_digest !== jwt) return { fault: 'altered', credential: row.id };
        else told += 1;
        continue;
      }
      const held = batches.get(batch);
      batches.delete(batch);
      if (number > until) continue;
      if (held === undefined || held.count < count) missing ??= { fault: 'missing', entry: number, credential: null };
      else if (held.count > count || held.digest !== digest) return { fault: 'altered', credential: held.credential };
    }
  }
  const [untold] = batches.values();
  if (untold !== undefined) return { fault: 'added', credential: untold.credential };
  const added = singles === told ? undefined : await findUntold(db, issuerId);
  return added === undefined ? missing : { fault: 'added', credential: added.id };
}

const pageSize = 500;

type Row = Digests & Pick<CredentialRow, 'document' | 'jwt' | 'batch' | 'issued_at'>;

/** All of an issuer, so that those of a batch, which were issued at one time, are together. */
async function* readRows(db: Executor, issuerId: string): AsyncGenerator<Row[]> {
  let left: Row[] = [];
  for (let after: Place | null = null; ; ) {
    const page: Row[] = await pageOf(db, issuerId, after, pageSize)
      .select(['id', 'digest', 'jwt_digest', 'document', 'jwt', 'batch', 'issued_at'])
      .execute();
    const last = page.at(-1);
    if (last === undefined || page.length < pageSize) return yield [...left, ...page];
    const isOver = ({ issued_at }: Row) => issued_at.getTime() !== last.issued_at.getTime();
    yield [...left, ...page].filter(isOver);
    left = [...left, ...page].filter((row) => !isOver(row));
    after = { at: last.issued_at, id: last.id };
  }
}

function foldBatches(batches: Map<string, Batch>, rows: readonly BatchRow[]): void {
  const grouped = new Map<string, BatchRow[]>();
  for (const row of rows) {
    const held = grouped.get(row.batch);
    if (held === undefined) grouped.set(row.batch, [row]);
    else held.push(row);
  }
  for (const [batch, held] of grouped)
    batches.set(batch, { credential: held[0]?.id ?? '', count: held.length, digest: digestOfBatch(held) });
}

/** Is what was signed still what the row says? Erased documents leave their digests. */
function isWhole({ document, digest, jwt, jwt_digest }: Row): boolean {
  return (document === null || sha256Hex(document) === digest) && (jwt === null || sha256Hex(jwt) === jwt_digest);
}

interface Told {
  number: number;
  subject: string;
  /** Null where the entry tells of one credential, its subject. */
  batch: string | null;
  digest: string;
  jwt: string | null;
  count: number;
}

const ofIssuing = ['credential.issue', 'credential.reissue', 'roster.issue'];

/** What the audit log tells of credentials that were issued. */
async function* readEntries(db: Executor, chain: string): AsyncGenerator<Told[]> {
  for (let after = 0; ; ) {
    const page = await db
      .selectFrom('audit_entry')
      .select(['number', 'subject', 'detail'])
      .where('chain', '=', chain)
      .where('number', '>', after)
      .where('action', 'in', ofIssuing)
      .orderBy('number')
      .limit(pageSize)
      .execute();
    yield page.map(({ number, subject, detail: text }) => {
      const detail = JSON.parse(text) as Record<string, unknown>;
      const batch = typeof detail.batch === 'string' ? detail.batch : null;
      const jwt = typeof detail.jwt === 'string' ? detail.jwt : null;
      const digest = String(batch === null ? detail.digest : detail.credentials);
      return { number, subject, batch, digest, jwt, count: Number(detail.count ?? 1) };
    });
    const last = page.at(-1);
    if (last === undefined || page.length < pageSize) return;
    after = last.number;
  }
}

async function findSingles(db: Executor, issuerId: string, ids: string[]): Promise<Map<string, Digests>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('credential')
    .select(['id', 'digest', 'jwt_digest'])
    .where('issuer_id', '=', issuerId)
    .where('id', 'in', ids)
    .where('batch', 'is', null)
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
}

/** A credential that no entry tells of. */
function findUntold(db: Executor, issuerId: string): Promise<{ id: string } | undefined> {
  return db
    .selectFrom('credential')
    .select('id')
    .where('issuer_id', '=', issuerId)
    .where('batch', 'is', null)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('audit_entry')
            .select('number')
            .where('chain', '=', issuerId)
            .where('action', 'in', ofIssuing)
            .whereRef('subject', '=', 'credential.id'),
        ),
      ),
    )
    .limit(1)
    .executeTakeFirst();
}
