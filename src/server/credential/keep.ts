import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { canonicalJson } from '../../core/json/canonical-json.ts';
import { withAddress } from '../claim/letters.ts';
import type { DatabaseTransaction } from '../database.ts';
import { queueAbout } from '../mail/queue.ts';
import type { MasterKey } from '../master-key.ts';
import { issuedCredentials } from '../metrics.ts';
import { fixPublicUrl } from '../public-url.ts';
import type { CredentialRow } from './store.ts';

/** What the audit log says of a credential: the digest of each form that was signed. */
export function digestsOf({ digest, jwt_digest }: Pick<CredentialRow, 'digest' | 'jwt_digest'>) {
  return { digest, ...(jwt_digest === null ? {} : { jwt: jwt_digest }) };
}

/** One digest over many credentials that one entry of the audit log covers, in the order of their ids. */
export function digestOfBatch(credentials: readonly Pick<CredentialRow, 'id' | 'digest' | 'jwt_digest'>[]): string {
  const sorted = credentials.toSorted((one, two) => (one.id < two.id ? -1 : 1));
  const hash = createHash('sha256');
  for (const credential of sorted) hash.update(batchLine(credential));
  return hash.digest('hex');
}

export function batchLine(credential: Pick<CredentialRow, 'id' | 'digest' | 'jwt_digest'>): string {
  return `${canonicalJson({ id: credential.id, ...digestsOf(credential) })}\n`;
}

/** Of the columns that hold no text. */
const types: { readonly [Name in keyof CredentialRow]?: string } = {
  achievement_version: 'integer',
  status_index: 'integer',
  claim_version: 'integer',
  person: 'bytea',
  test: 'boolean',
  revocation_listed: 'boolean',
  indexed: 'boolean',
  issued_at: 'timestamptz',
  valid_until: 'timestamptz',
  reminded_at: 'timestamptz',
  status_at: 'timestamptz',
  claimed_at: 'timestamptz',
  erased_at: 'timestamptz',
  hidden_at: 'timestamptz',
};

/** What all have in common is sent once: most of the time of a long statement goes into its parameters. */
async function insertCredentials(trx: DatabaseTransaction, credentials: readonly CredentialRow[]): Promise<void> {
  const first = credentials[0] as CredentialRow;
  const names = Object.keys(first) as (keyof CredentialRow)[];
  const isOwn = (name: keyof CredentialRow) =>
    name === 'id' || credentials.some((credential) => credential[name] !== first[name]);
  const own = names.filter(isOwn);
  const shared = names.filter((name) => !isOwn(name));
  const value = (credential: CredentialRow) => (name: keyof CredentialRow) =>
    sql`${credential[name]}::${sql.raw(types[name] ?? 'text')}`;
  const rows = credentials.map((credential) => sql`(${sql.join(own.map(value(credential)))})`);
  await sql`
    insert into credential (${sql.join([...own, ...shared].map((name) => sql.ref(name)))})
    select given.*, ${sql.join(shared.map(value(first)))} from (values ${sql.join(rows)}) as given`.execute(trx);
}

/** Keep signed credentials, and all that must be there with them, in the transaction that also writes the audit entry. */
export async function keepCredentials(
  trx: DatabaseTransaction,
  { publicUrl, masterKey }: { publicUrl: string; masterKey: MasterKey },
  credentials: CredentialRow[],
  isWrittenTo: boolean,
): Promise<void> {
  const [first] = credentials;
  if (first === undefined) return;
  if (!first.test) await fixPublicUrl(trx, publicUrl);
  await insertCredentials(trx, credentials);
  issuedCredentials.inc(credentials.length);
  if (isWrittenTo) await queueAbout(trx, 'claim', withAddress(masterKey, credentials), first.issued_at);
}
