import { sql } from 'kysely';
import type { Executor } from '../database.ts';

/** Rows of sessions and of links under way are not kept: who was signed in then shall sign in again. */
const notKept = ['session', 'verification', 'rateLimit'];
const ofMigrations = ['kysely_migration', 'kysely_migration_lock'];

/** Every table whose rows belong to a backup. */
export async function listTables(db: Executor): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select table_name as name from information_schema.tables
    where table_schema = current_schema() and table_type = 'BASE TABLE' order by table_name`.execute(db);
  return rows.map(({ name }) => name).filter((name) => ![...notKept, ...ofMigrations].includes(name));
}

/** The migrations that a database has seen, in order. */
export async function listMigrations(db: Executor): Promise<string[]> {
  const exists = await sql<{ found: string | null }>`select to_regclass('kysely_migration')::text as found`.execute(db);
  if (exists.rows[0]?.found === null) return [];
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db);
  return rows.map(({ name }) => name);
}

export async function isEmpty(db: Executor): Promise<boolean> {
  for (const table of await listTables(db)) {
    const { rows } = await sql`select 1 from ${sql.table(table)} limit 1`.execute(db);
    if (rows.length > 0) return false;
  }
  return true;
}
