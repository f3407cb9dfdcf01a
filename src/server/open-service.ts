import { join } from 'node:path';
import { type Config, StartRefused } from './config.ts';
import { type DataFolder, openDataFolder } from './data-folder.ts';
import { type Database, openDatabase } from './database.ts';
import { checkMasterKey } from './issuer/keys.ts';
import { type IssuingDeps, openIssuing } from './issuing.ts';
import { openTransport } from './mail/transport.ts';
import { loadMasterKey } from './master-key.ts';
import { openStorage } from './storage/storage.ts';

/** What `serve` and `worker` work with, before anything listens. */
export interface OpenService {
  folder: DataFolder;
  issuing: IssuingDeps;
  /** Where a new master key was written; null when there was one. */
  masterKeyMade: string | null;
  /** Ends it; what was pushed last ends first. */
  closing: (() => Promise<unknown>)[];
  close(): Promise<void>;
}

/** Open the data folder, the database and the master key. Throws StartRefused, FolderInUse, MasterKeyWrong, PublicUrlChanged. */
export async function openService(config: Config, publicUrl: string): Promise<OpenService> {
  const folder = await openDataFolder(config.data);
  const closing: OpenService['closing'] = [() => folder.release()];
  const close = async () => {
    for (const end of closing.toReversed()) await end();
  };
  try {
    const db = await connect(config, folder.path);
    closing.push(() => db.destroy());
    const sealed = await db.selectFrom('issuer_key').select(['id', 'secret']).limit(1).executeTakeFirst();
    const { key: masterKey, made } = await loadMasterKey(
      folder.path,
      config.masterKey ?? undefined,
      sealed !== undefined,
    );
    if (sealed !== undefined) checkMasterKey(masterKey, sealed);
    const issuing = await openIssuing({
      config,
      db,
      masterKey,
      storage: await openStorage(join(folder.path, 'files'), config.s3),
      publicUrl,
      now: () => new Date(),
      sessions: config.databaseUrl === null ? 1 : config.databaseSessions,
      mail: openTransport({ ...config, outbox: join(folder.path, 'outbox'), publicUrl }),
    });
    return { folder, issuing, masterKeyMade: made, closing, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function connect(config: Config, folder: string): Promise<Database> {
  const { databaseUrl, databaseSessions } = config;
  return databaseUrl === null
    ? await openDatabase({ folder })
    : await refuseUnreachable(openDatabase({ url: databaseUrl, sessions: databaseSessions }));
}

/** PostgreSQL that does not answer, or lets nobody in, in a sentence. The address holds a password, so it is not repeated. */
export async function refuseUnreachable<Result>(opening: Promise<Result>): Promise<Result> {
  return await opening.catch((error: NodeJS.ErrnoException) => {
    throw new StartRefused(
      `The database that DATABASE_URL names cannot be used (${error.code ?? error.name}). Start it, or mend the address.`,
    );
  });
}
