import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Config, StartRefused } from '../config.ts';
import { openDataFolder } from '../data-folder.ts';
import { connectDatabase, type Database } from '../database.ts';
import { refuseUnreachable } from '../open-service.ts';

/**
 * Work with the database of a configuration while no service of this process does: the embedded one under the lock of its
 * folder. Its tables are as they are. Throws StartRefused, FolderInUse.
 */
export async function withDatabaseAlone<Result>(
  config: Config,
  use: (db: Database) => Promise<Result>,
  { mayMake = false } = {},
): Promise<Result> {
  if (config.databaseUrl !== null) {
    const db = await refuseUnreachable(answering(config.databaseUrl));
    return await use(db).finally(() => db.destroy());
  }
  if (!mayMake && !existsSync(join(config.data, 'database', 'PG_VERSION')))
    throw new StartRefused(
      `There is no database in the folder ${config.data}. Give its --data folder, or set DATABASE_URL.`,
    );
  const folder = await openDataFolder(config.data);
  try {
    const db = await connectDatabase({ folder: folder.path });
    return await use(db).finally(() => db.destroy());
  } finally {
    await folder.release();
  }
}

async function answering(url: string): Promise<Database> {
  const db = await connectDatabase({ url, sessions: 2 });
  try {
    await db.introspection.getSchemas();
    return db;
  } catch (error) {
    await db.destroy();
    throw error;
  }
}
