import type { DatabaseTransaction } from '../database.ts';
import { issuedCredentials } from '../metrics.ts';
import { fixPublicUrl } from '../public-url.ts';
import type { CredentialRow } from './store.ts';

/** Keep signed credentials, and all that must be there with them, in the transaction that also writes the audit entry. */
export async function keepCredentials(
  trx: DatabaseTransaction,
  { publicUrl }: { publicUrl: string },
  credentials: CredentialRow[],
): Promise<void> {
  if (credentials.length === 0) return;
  await fixPublicUrl(trx, publicUrl);
  await trx.insertInto('credential').values(credentials).execute();
  issuedCredentials.inc(credentials.length);
}
