import { createHash } from 'node:crypto';
import { canonicalJson } from '../../core/json/canonical-json.ts';
import { type Delivery, writeClaims } from '../claim/letters.ts';
import type { DatabaseTransaction } from '../database.ts';
import { queueClaimLetters } from '../mail/queue.ts';
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

/** As the table makes a row of which no more is said. */
const defaults: Partial<CredentialRow> = {
  state: 'active',
  recipient: null,
  person: null,
  roster_id: null,
  erased_at: null,
  hidden_at: null,
  waiver: null,
  jwt: null,
  jwt_digest: null,
  batch: null,
  valid_until: null,
  reminded_at: null,
  revocation_listed: false,
  status_reason: null,
  status_at: null,
  superseded_by: null,
  claim_version: 1,
  claim_state: 'waiting',
  claimed_at: null,
  indexed: false,
};

/** Half of the columns hold nothing at first; as parameters of a long statement they would take as long as the others. */
function withoutDefaults(credentials: readonly CredentialRow[]): CredentialRow[] {
  const names = Object.keys(credentials[0] ?? {}) as (keyof CredentialRow)[];
  const told = names.filter(
    (name) => !(name in defaults) || credentials.some((credential) => credential[name] !== defaults[name]),
  );
  return credentials.map(
    (credential) => Object.fromEntries(told.map((name) => [name, credential[name]])) as unknown as CredentialRow,
  );
}

/** Keep signed credentials, and all that must be there with them, in the transaction that also writes the audit entry. */
export async function keepCredentials(
  trx: DatabaseTransaction,
  { publicUrl, masterKey }: { publicUrl: string; masterKey: MasterKey },
  credentials: CredentialRow[],
  delivery: Delivery,
): Promise<void> {
  const [first] = credentials;
  if (first === undefined) return;
  await fixPublicUrl(trx, publicUrl);
  await trx.insertInto('credential').values(withoutDefaults(credentials)).execute();
  issuedCredentials.inc(credentials.length);
  if (delivery !== null)
    await queueClaimLetters(trx, masterKey, writeClaims(masterKey, credentials, delivery), first.issued_at);
}
