import type { Config } from '../config.ts';
import { askOwner } from './admin-socket.ts';
import { withDatabaseAlone } from './open-alone.ts';
import { type VerifiedRecord, verifyAllRecords } from './verify-chains.ts';

/** Every chain of the audit log and every ledger, also while a server owns the embedded database. */
export async function verifyDatabase(config: Config): Promise<VerifiedRecord[]> {
  if (config.databaseUrl === null) {
    const answer = await askOwner(config.data, 'GET', '/audit');
    if (answer !== undefined) return answer as VerifiedRecord[];
  }
  return await withDatabaseAlone(config, verifyAllRecords);
}
