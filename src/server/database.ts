import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PGlite, type PGliteOptions, types } from '@electric-sql/pglite';
import { Kysely, PGliteDialect, PostgresDialect, type Transaction } from 'kysely';
import { Migrator } from 'kysely/migration';
import { Pool } from 'pg';
import { migrations } from './migrations/index.ts';
import type { Tables } from './tables.ts';

export type { Tables } from './tables.ts';

export type Database = Kysely<Tables>;
export type DatabaseTransaction = Transaction<Tables>;
/** A query runs on either. */
export type Executor = Database | DatabaseTransaction;

/**
 * PostgreSQL when an address is given, else the embedded database in a folder; null keeps it in memory, beginning with
 * `content`, a dump of another.
 */
export async function openDatabase(
  place: { url: string; sessions?: number } | { folder: string | null; content?: Blob },
): Promise<Database> {
  const db = await connectDatabase(place);
  await migrate(db);
  return db;
}

/** The same, with its tables as they are. */
export async function connectDatabase(place: Parameters<typeof openDatabase>[0]): Promise<Database> {
  if (!('url' in place))
    return new Kysely({ dialect: new PGliteDialect({ pglite: await openEmbedded(place.folder, place.content) }) });
  const pool = openPool(place.url, place.sessions ?? 8);
  const db: Database = new Kysely({ dialect: new PostgresDialect({ pool }) });
  pools.set(db, pool);
  return db;
}

const pools = new WeakMap<Database, Pool>();

/** The sessions of PostgreSQL that a database works with; none for the embedded one. */
export const poolOf = (db: Database): Pool | undefined => pools.get(db);

function openPool(url: string, sessions: number): Pool {
  const pool = new Pool({ connectionString: url, max: sessions });
  // A session that ends while nobody uses it is replaced; unheard, its error would end the process.
  pool.on('error', () => undefined);
  return pool;
}

/** An empty database that the build made: making one takes three times the time and the memory of loading it. */
const prepared = new URL('./empty-database.tar.gz', import.meta.url);

/** It writes and reads bytes one by one otherwise, which takes twenty times as long. */
const bytesAtOnce: PGliteOptions = {
  serializers: { [types.BYTEA]: (bytes: Uint8Array) => `\\x${Buffer.from(bytes).toString('hex')}` },
  parsers: { [types.BYTEA]: (text) => Buffer.from(text.slice(2), 'hex') },
};

async function openEmbedded(folder: string | null, content: Blob | undefined): Promise<PGlite> {
  if (folder === null) return await PGlite.create({ ...bytesAtOnce, ...(content && { loadDataDir: content }) });
  const path = join(folder, 'database');
  await mkdir(path, { recursive: true, mode: 0o700 });
  const isNew = !existsSync(join(path, 'PG_VERSION'));
  return await PGlite.create(path, {
    ...bytesAtOnce,
    ...(isNew && existsSync(prepared) ? { loadDataDir: new Blob([await readFile(prepared)]) } : {}),
  });
}

/**
 * Bring the tables up to date, and tell what was done; migrations are only ever appended. Processes that start together
 * wait for each other. `only`: no further than an older database had come.
 */
export async function migrate(db: Database, only?: readonly string[]): Promise<string[]> {
  const wanted = Object.entries(migrations).filter(([name]) => only === undefined || only.includes(name));
  const migrator = new Migrator({ db, provider: { getMigrations: async () => Object.fromEntries(wanted) } });
  const { error, results = [] } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
  return results.map(({ migrationName }) => migrationName);
}
