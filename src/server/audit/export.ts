import { csvLine } from '../../node/csv/csv-line.ts';
import type { Executor } from '../database.ts';
import { type Place, writePlace } from '../paging.ts';
import { listLedger } from './ledger.ts';

export type ExportFormat = 'csv' | 'jsonl';

const pageSize = 1000;

/** The issue ledger in the order of issue, page by page. Each line names its place, from which a later export goes on. */
export async function* exportLedger(
  db: Executor,
  { issuerId, publicUrl }: { issuerId: string; publicUrl: string },
  format: ExportFormat,
  after: Place | null,
): AsyncGenerator<string> {
  const write = writer(format);
  yield write.head([
    'credential',
    'digest',
    'jwtDigest',
    'achievement',
    'version',
    'issuedAt',
    'issuedBy',
    'reason',
    'roster',
    'state',
    'stateSince',
    'stateReason',
    'supersededBy',
    'erasedAt',
    'test',
    'cursor',
  ]);
  for (let place = after; ; ) {
    const page = await listLedger(db, issuerId, place, pageSize);
    yield page
      .map((entry) =>
        write.line([
          `${publicUrl}/credentials/${entry.id}`,
          entry.digest,
          entry.jwt_digest,
          entry.achievement_id,
          entry.achievement_version,
          entry.issued_at.toISOString(),
          entry.issued_by,
          entry.issue_reason,
          entry.roster_id,
          entry.state,
          entry.status_at?.toISOString() ?? null,
          entry.status_reason,
          entry.superseded_by === null ? null : `${publicUrl}/credentials/${entry.superseded_by}`,
          entry.erased_at?.toISOString() ?? null,
          entry.test,
          writePlace({ at: entry.issued_at, id: entry.id }),
        ]),
      )
      .join('');
    const last = page.at(-1);
    if (last === undefined || page.length < pageSize) return;
    place = { at: last.issued_at, id: last.id };
  }
}

/** The audit log in its order, with all that its hashes cover. */
export async function* exportAudit(
  db: Executor,
  chain: string,
  format: ExportFormat,
  after: number,
): AsyncGenerator<string> {
  const write = writer(format);
  yield write.head(['number', 'at', 'actor', 'action', 'subject', 'reason', 'detail', 'previous', 'hash']);
  for (let number = after; ; ) {
    const page = await db
      .selectFrom('audit_entry')
      .selectAll()
      .where('chain', '=', chain)
      .where('number', '>', number)
      .orderBy('number')
      .limit(pageSize)
      .execute();
    yield page
      .map(({ at, actor, action, subject, reason, detail, previous, hash, ...entry }) =>
        write.line([entry.number, at.toISOString(), actor, action, subject, reason, detail, previous, hash]),
      )
      .join('');
    if (page.length < pageSize) return;
    number = page.at(-1)?.number ?? number;
  }
}

type Cell = string | number | boolean | null;

function writer(format: ExportFormat) {
  let names: readonly string[] = [];
  return {
    head(given: readonly string[]): string {
      names = given;
      return format === 'csv' ? csvLine([...names]) : '';
    },
    line: (cells: readonly Cell[]): string =>
      format === 'csv'
        ? csvLine(cells.map((cell) => (cell === null ? '' : typeof cell === 'boolean' ? String(cell) : cell)))
        : `${JSON.stringify(Object.fromEntries(names.map((name, index) => [name, cells[index] ?? null])))}\n`,
  };
}
