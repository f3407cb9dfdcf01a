import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { Kysely, PGliteDialect } from 'kysely';
import type { TestProject } from 'vitest/node';
import { migrate, openDatabase, type Tables } from './database.ts';
import { startPostgresServer } from './test-databases.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Models that tests copy: making a database and its tables takes many times as long. */
    databases: {
      /** A dump of the embedded database. */
      embedded: string;
      /** The address of a database on a running server. */
      postgres: string;
    };
  }
}

/** Once for all tests of the service. */
export default async function prepareDatabases(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'assay-databases-'));
  const embedded = join(folder, 'embedded.tar');
  const pglite = await PGlite.create();
  const db = new Kysely<Tables>({ dialect: new PGliteDialect({ pglite }) });
  await migrate(db);
  writeFileSync(embedded, new Uint8Array(await (await pglite.dumpDataDir('none')).arrayBuffer()));
  await db.destroy();
  const server = await startPostgresServer();
  const postgres = await server.createDatabase();
  await (await openDatabase({ url: postgres })).destroy();
  project.provide('databases', { embedded, postgres });
  return async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
}
