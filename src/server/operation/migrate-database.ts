import type { Config } from '../config.ts';
import { migrate } from '../database.ts';
import { withDatabaseAlone } from './open-alone.ts';

/** Bring the tables up to date; gives the migrations that were done. */
export function migrateDatabase(config: Config): Promise<string[]> {
  return withDatabaseAlone(config, (db) => migrate(db), { mayMake: true });
}
