import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Config, StartRefused } from '../config.ts';
import { openDataFolder } from '../data-folder.ts';
import { connectDatabase, type Database, type DatabaseTransaction, migrate } from '../database.ts';
import { checkMasterKey } from '../issuer/keys.ts';
import { loadMasterKey } from '../master-key.ts';
import { migrations } from '../migrations/index.ts';
import { refuseUnreachable } from '../open-service.ts';
import { ArchiveDamaged, type ArchiveHead, type ArchiveLine, readArchive } from './archive.ts';
import { holdForeignKeys, loadRows } from './load-rows.ts';
import { receiveFile } from './receive-file.ts';
import { type Resettled, resettle } from './resettle.ts';
import { isEmpty, listMigrations, listTables } from './tables.ts';
import { type VerifiedRecord, verifyAllChains, verifyAllRecords } from './verify-chains.ts';

export interface Restored extends Resettled {
  /** When the backup was taken. */
  at: string;
  rows: number;
  files: number;
  /** Whether a master key was at hand, and opens what was restored. */
  masterKeyFits: boolean;
  /** Every log and ledger as it is now. A log is whole, or nothing is restored; a ledger may disagree with it. */
  records: VerifiedRecord[];
}

/** Bring a backup back into an empty database and a data folder without one: whole, or not at all. */
export async function restore(config: Config, path: string, now: Date): Promise<Restored> {
  const folder = await openDataFolder(config.data);
  const place = join(folder.path, 'restoring');
  try {
    for (const name of [...(config.databaseUrl === null ? ['database'] : []), ...(config.s3 === null ? ['files'] : [])])
      if (existsSync(join(folder.path, name)))
        throw new StartRefused(
          `There is something in ${join(folder.path, name)} already. Give an empty --data folder.`,
        );
    await rm(place, { recursive: true, force: true });
    await mkdir(join(place, 'files'), { recursive: true, mode: 0o700 });
    const restored = await intoDatabase(config, folder.path, place, path, now);
    if (config.databaseUrl === null) await rename(join(place, 'database'), join(folder.path, 'database'));
    return restored;
  } catch (error) {
    if (error instanceof ArchiveDamaged)
      throw new StartRefused(`${path} cannot be restored: it is ${error.message}. Nothing was changed.`);
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' && !existsSync(path))
      throw new StartRefused(`There is no file ${path}.`);
    throw error;
  } finally {
    await rm(place, { recursive: true, force: true });
    await folder.release();
  }
}

async function intoDatabase(config: Config, folder: string, place: string, path: string, now: Date): Promise<Restored> {
  const lines = readArchive(path);
  const first = (await lines.next()).value as ArchiveLine | undefined;
  const head = first?.kind === 'head' ? first.head : undefined;
  if (head === undefined) throw new ArchiveDamaged('not a backup');
  const db = await connectDatabase(
    config.databaseUrl === null ? { folder: place } : { url: config.databaseUrl, sessions: 2 },
  );
  try {
    await refuseUnreachable(makeTables(db, head));
    const files = join(folder, 'files');
    let placed = false;
    const restored = await db
      .transaction()
      .execute(async (trx) => {
        const loaded = await load(trx, lines, config.s3 === null ? join(place, 'files') : null);
        await checkContent(trx);
        const masterKeyFits = await opensWith(config, folder, trx);
        const resettled = await resettle(trx, { at: head.at, now });
        if (loaded.files > 0) await rename(join(place, 'files'), files);
        placed = loaded.files > 0;
        return { at: head.at, ...loaded, ...resettled, masterKeyFits };
      })
      .catch(async (error: unknown) => {
        if (placed) await rm(files, { recursive: true, force: true });
        throw error;
      });
    await migrate(db);
    return { ...restored, records: await verifyAllRecords(db) };
  } finally {
    await db.destroy();
  }
}

/** The tables of the backup's own time, empty. */
async function makeTables(db: Database, head: ArchiveHead): Promise<void> {
  const unknown = head.migrations.find((name) => !(name in migrations));
  if (unknown !== undefined)
    throw new StartRefused('This backup was made by a newer Assay. Restore it with that one, or a newer one.');
  const seen = await listMigrations(db);
  if (seen.length > 0 && !(await isEmpty(db)))
    throw new StartRefused('This database is not empty. A backup is restored into an empty one.');
  if (seen.some((name) => !head.migrations.includes(name)))
    throw new StartRefused('The tables of this database are newer than the backup. Give a database without tables.');
  await migrate(db, head.migrations);
}

async function load(
  trx: DatabaseTransaction,
  lines: AsyncIterable<ArchiveLine>,
  /** Null: they are kept elsewhere. */
  files: string | null,
): Promise<{ rows: number; files: number }> {
  const tables = await listTables(trx);
  const linkAgain = await holdForeignKeys(trx, tables);
  // Somebody may have begun to use it meanwhile; now nobody can until this is done.
  if (!(await isEmpty(trx))) throw new StartRefused('This database is in use. Stop what uses it.');
  const loaded = { rows: 0, files: 0 };
  let part: { add(text: string): Promise<void>; end(): Promise<void> } | undefined;
  try {
    for await (const line of lines) {
      if (line.kind === 'content') {
        if (part === undefined) throw new ArchiveDamaged('not a backup');
        await part.add(line.text);
        continue;
      }
      await part?.end();
      part = undefined;
      if (line.kind === 'table') {
        if (!tables.includes(line.name)) throw new ArchiveDamaged('not of this database’s tables');
        part = loadRows(trx, line.name, () => loaded.rows++);
      }
      if (line.kind === 'file') {
        if (files === null)
          throw new StartRefused(
            'This backup holds files, which go to the data folder. Restore without S3_BUCKET, copy them to the bucket, then set it.',
          );
        part = await receiveFile(files, line.path);
        loaded.files += 1;
      }
    }
  } catch (error) {
    // A file that is half received is still open.
    await part?.end().catch(() => undefined);
    throw error;
  }
  await linkAgain();
  return loaded;
}

/** Every chain of the audit log must be as it was written. (Digests of credentials are checked as they come.) */
async function checkContent(trx: DatabaseTransaction): Promise<void> {
  for (const { name, fault } of await verifyAllChains(trx))
    if (fault !== null)
      throw new StartRefused(
        `The audit log of ${name} in this backup is not whole: entry ${fault.number} is ${fault.fault}. Nothing was changed.`,
      );
}

/** The master key is no part of a backup: true when it is at hand already, and fits. Throws MasterKeyWrong when another is. */
async function opensWith(config: Config, folder: string, trx: DatabaseTransaction): Promise<boolean> {
  const sealed = await trx.selectFrom('issuer_key').select(['id', 'secret']).limit(1).executeTakeFirst();
  const given = config.masterKey ?? (await readFile(join(folder, 'master.key'), 'utf8').catch(() => undefined));
  if (sealed === undefined || given === undefined) return false;
  checkMasterKey((await loadMasterKey(folder, given.trim())).key, sealed);
  return true;
}
