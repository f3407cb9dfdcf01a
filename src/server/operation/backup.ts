import { createWriteStream } from 'node:fs';
import { open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { sql } from 'kysely';
import { type Config, StartRefused } from '../config.ts';
import { connectDatabase, type Database, type Executor } from '../database.ts';
import { askOwner } from './admin-socket.ts';
import { type ArchiveLine, writeArchive } from './archive.ts';
import { withDatabaseAlone } from './open-alone.ts';
import { listMigrations, listTables } from './tables.ts';

export interface BackupMade {
  rows: number;
  files: number;
}

/** Rows asked for at a time. */
const rowsAtOnce = 200;

/** Write a backup whole or not at all, readable by its owner alone; of the database as it is at one moment. */
export async function backUp(config: Config, path: string, now: Date): Promise<BackupMade> {
  const write = (db: Database) => writeBackup(db, join(config.data, 'files'), path, now);
  if (config.databaseUrl !== null) return await withDatabaseAlone(config, write);
  const answer = (await askOwner(config.data, 'POST', '/copy')) as { copy: string } | undefined;
  if (answer === undefined) return await withDatabaseAlone(config, write);
  try {
    const db = await connectDatabase({ folder: answer.copy });
    return await write(db).finally(() => db.destroy());
  } finally {
    await rm(answer.copy, { recursive: true, force: true });
  }
}

async function writeBackup(db: Database, files: string, path: string, now: Date): Promise<BackupMade> {
  const draft = `${path}.${process.pid}.draft`;
  const made: BackupMade = { rows: 0, files: 0 };
  try {
    await db
      .transaction()
      .setIsolationLevel('repeatable read')
      .setAccessMode('read only')
      .execute((trx) =>
        pipeline(
          Readable.from(writeArchive(linesOf(trx, files, made, now))),
          createGzip({ level: 5 }),
          createWriteStream(draft, { mode: 0o600, flags: 'wx' }),
        ),
      );
    const file = await open(draft, 'r+');
    await file.sync().finally(() => file.close());
    await rename(draft, path);
    return made;
  } catch (error) {
    await rm(draft, { force: true });
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'EACCES' || code === 'ENOSPC')
      throw new StartRefused(`The backup cannot be written to ${path} (${code}).`);
    throw error;
  }
}

async function* linesOf(db: Executor, files: string, made: BackupMade, now: Date): AsyncGenerator<ArchiveLine> {
  const migrations = await listMigrations(db);
  if (migrations.length === 0) throw new StartRefused('There is no Assay in this database.');
  yield { kind: 'head', head: { format: 1, at: now.toISOString(), migrations } };
  for (const table of await listTables(db)) {
    yield { kind: 'table', name: table };
    await sql`declare backup_rows no scroll cursor for
      select row_to_json(t)::text as text from ${sql.table(table)} as t`.execute(db);
    for (;;) {
      const { rows } = await sql<{ text: string }>`fetch ${sql.lit(rowsAtOnce)} from backup_rows`.execute(db);
      for (const { text } of rows) yield { kind: 'content', text };
      made.rows += rows.length;
      if (rows.length < rowsAtOnce) break;
    }
    await sql`close backup_rows`.execute(db);
  }
  for await (const file of listFiles(files)) {
    const handle = await open(join(files, file), 'r').catch((error: NodeJS.ErrnoException) => {
      // Removed since the folder was read: its row said so, or will.
      if (error.code === 'ENOENT') return null;
      throw error;
    });
    if (handle === null) continue;
    yield { kind: 'file', path: file };
    // Pieces of a length whose base64 needs no padding.
    for await (const piece of handle.createReadStream({ highWaterMark: 48 * 1024 }))
      yield { kind: 'content', text: (piece as Buffer).toString('base64') };
    made.files += 1;
  }
  yield { kind: 'end' };
}

/** Files that are whole, by their path in the folder. */
async function* listFiles(folder: string): AsyncGenerator<string> {
  const kinds = await readdir(folder, { withFileTypes: true }).catch(() => []);
  for (const kind of kinds)
    if (kind.isDirectory() && kind.name !== 'drafts')
      for (const name of await readdir(join(folder, kind.name))) yield `${kind.name}/${name}`;
}
