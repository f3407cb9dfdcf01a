import type { Config } from '../config.ts';
import { askOwner } from './admin-socket.ts';
import { withDatabaseAlone } from './open-alone.ts';
import { type VerifiedChain, verifyAllChains } from './verify-chains.ts';

/** Every chain of the audit log, also while a server owns the embedded database. */
export async function verifyDatabase(config: Config): Promise<VerifiedChain[]> {
  if (config.databaseUrl === null) {
    const answer = await askOwner(config.data, 'GET', '/audit');
    if (answer !== undefined) return answer as VerifiedChain[];
  }
  return await withDatabaseAlone(config, verifyAllChains);
}
