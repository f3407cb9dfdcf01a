import { sql } from 'kysely';
import { appendAudit } from '../audit/append.ts';
import type { DatabaseTransaction } from '../database.ts';
import { markRemoved } from '../evidence/remove.ts';

/** What went. */
export interface Removed {
  issuers: number;
  achievements: number;
  credentials: number;
}

/** Tables of rows that belong to rows of others, by these; removed before what they belong to. */
const parts: readonly [table: string, column: string, whole: string][] = [
  ['correction_item', 'correction_id', 'correction'],
  ['roster_row', 'roster_id', 'roster'],
  ['achievement_comment', 'achievement_id', 'achievement'],
  ['achievement_version', 'achievement_id', 'achievement'],
  ['skill_item', 'framework_id', 'skill_framework'],
];

/** Tables of rows that belong to an issuer, in the order in which they go. */
const owned = [
  ...['dispute', 'mail', 'correction_item', 'correction', 'roster_row', 'credential', 'roster', 'status_list'],
  ...['achievement_comment', 'achievement_version', 'achievement', 'skill_item', 'skill_framework', 'image', 'policy'],
  ...['api_key', 'invitation', 'member', 'idempotent_request', 'issuer_key'],
];

/**
 * Remove every issuer of the sample data, all that is theirs, and their logs; the log of the instance says it. Files of evidence are
 * marked, and their content is deleted afterwards.
 */
export async function removeSampleData(trx: DatabaseTransaction, actor: string, now: Date): Promise<Removed> {
  const issuers = (await trx.selectFrom('issuer').select('id').where('sample', '=', true).forUpdate().execute()).map(
    ({ id }) => id,
  );
  const theirs = sql`any(${issuers}::text[])`;
  const count = async (table: string) => {
    const query = sql<{ count: string }>`select count(*) as count from ${sql.table(table)} where issuer_id = ${theirs}`;
    return Number((await query.execute(trx)).rows[0]?.count ?? 0);
  };
  const removed = {
    issuers: issuers.length,
    achievements: await count('achievement'),
    credentials: await count('credential'),
  };
  const files = await trx
    .selectFrom('evidence_file')
    .select('id')
    .where('issuer_id', 'in', [...issuers, ''])
    .execute();
  await markRemoved(
    trx,
    files.map(({ id }) => id),
  );
  for (const table of owned) {
    const part = parts.find(([name]) => name === table);
    if (part === undefined) await sql`delete from ${sql.table(table)} where issuer_id = ${theirs}`.execute(trx);
    else
      await sql`delete from ${sql.table(table)} where ${sql.ref(part[1])} in
        (select id from ${sql.table(part[2])} where issuer_id = ${theirs})`.execute(trx);
  }
  // Their logs are about nothing any more.
  for (const table of ['audit_entry', 'audit_head'])
    await sql`delete from ${sql.table(table)} where chain = ${theirs}`.execute(trx);
  const act = {
    chain: 'instance',
    actor,
    action: 'sample-data.remove',
    subject: 'sample-data',
    detail: { ...removed },
  };
  await appendAudit(trx, act, now);
  return removed;
}

/** The issuers themselves, once the content of their files is gone. */
export async function removeIssuers(trx: DatabaseTransaction): Promise<void> {
  await trx.updateTable('issuer').set({ parent_id: null }).where('sample', '=', true).execute();
  await trx.deleteFrom('issuer').where('sample', '=', true).execute();
}
