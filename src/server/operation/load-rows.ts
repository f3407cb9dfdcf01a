import { sql } from 'kysely';
import type { DatabaseTransaction } from '../database.ts';
import { sha256Hex } from '../digest.ts';
import { ArchiveDamaged } from './archive.ts';

const rowsAtOnce = 200;
/** In characters; a row may be larger by itself. */
const textAtOnce = 2_000_000;

/** Put the rows of a table back, some at a time. */
export function loadRows(trx: DatabaseTransaction, table: string, onRow: () => void) {
  let waiting: string[] = [];
  let length = 0;
  const end = async () => {
    if (waiting.length === 0) return;
    const rows = `[${waiting.join(',')}]`;
    waiting = [];
    length = 0;
    const name = sql.table(table);
    await sql`insert into ${name} select * from json_populate_recordset(null::${name}, ${rows}::text::json)`.execute(
      trx,
    );
  };
  return {
    end,
    async add(text: string) {
      if (table === 'credential') checkCredential(text);
      waiting.push(text);
      length += text.length;
      onRow();
      if (waiting.length >= rowsAtOnce || length > textAtOnce) await end();
    },
  };
}

/** What was signed must come back byte for byte. */
function checkCredential(text: string): void {
  const { id, document, digest } = JSON.parse(text) as { id: string; document: string | null; digest: string };
  if (document !== null && sha256Hex(document) !== digest)
    throw new ArchiveDamaged(`not whole: the credential ${id} is not the one that was signed`);
}

/**
 * Take the foreign keys off, so that tables may come in any order; nobody else comes in until the transaction ends. What is
 * given puts them back, which checks every row.
 */
export async function holdForeignKeys(
  trx: DatabaseTransaction,
  tables: readonly string[],
): Promise<() => Promise<void>> {
  for (const table of tables) await sql`lock table ${sql.table(table)} in access exclusive mode`.execute(trx);
  const { rows } = await sql<{ owner: string; name: string; definition: string }>`
    select conrelid::regclass::text as owner, quote_ident(conname) as name, pg_get_constraintdef(oid) as definition
    from pg_constraint where contype = 'f' and connamespace = current_schema()::regnamespace
    order by conname`.execute(trx);
  // Names and definitions as the database itself writes them.
  for (const { owner, name } of rows) await sql.raw(`alter table ${owner} drop constraint ${name}`).execute(trx);
  return async () => {
    for (const { owner, name, definition } of rows)
      await sql.raw(`alter table ${owner} add constraint ${name} ${definition}`).execute(trx);
  };
}
