import { titleOf } from '../../core/answer.ts';
import type { JsonObject } from '../../core/json/json.ts';
import { openPerson } from '../credential/person.ts';
import type { CredentialRow } from '../credential/store.ts';
import type { Executor } from '../database.ts';
import { addresseeOf, type Letter, type MailRow } from '../mail/queue.ts';
import { type LetterLanguage, writeClaimLetter, writeReminder } from '../mail/texts.ts';
import type { MasterKey } from '../master-key.ts';
import type { Policy } from '../policy/policy.ts';

type Person = Pick<CredentialRow, 'id' | 'person'>;

/** Do learners hear from here of what they are awarded? What policy says, unless the one who issues says otherwise. */
export const isWrittenTo = ({ deliver }: Policy, instead?: Policy['deliver']): boolean =>
  (instead ?? deliver) === 'email';

/** Those whose learners can be written to. Throws MasterKeyWrong. */
export function withAddress<Credential extends Person>(
  masterKey: MasterKey,
  credentials: readonly Credential[],
): Credential[] {
  return credentials.filter((credential) => openPerson(masterKey, credential).email !== undefined);
}

/** What a letter about a credential leads to, as it holds when the letter is sent. */
export interface CredentialLinks {
  claim: string;
  /** What its learner opens: the claim link, until everybody who has the address may read it. */
  page: string;
}

/** The letter about a credential, from what is kept of it; null when there is nobody to write to any more. Throws MasterKeyWrong. */
export function writeLetter(
  masterKey: MasterKey,
  kind: 'claim' | 'reminder',
  credential: Person & Pick<CredentialRow, 'document' | 'valid_until'>,
  language: LetterLanguage,
  links: CredentialLinks,
): Letter | null {
  const { email, name = null } = openPerson(masterKey, credential);
  const { document, valid_until } = credential;
  if (email === undefined || document === null) return null;
  // It is our own: its issuer has a name.
  const signed = JSON.parse(document) as JsonObject & { issuer: { name: string } };
  const about = { title: titleOf(signed) ?? '', issuer: signed.issuer.name, language };
  if (kind === 'claim') return { to: email, ...writeClaimLetter({ ...about, name }, links.claim) };
  if (valid_until === null) return null;
  return { to: email, ...writeReminder({ ...about, endsAt: valid_until.toISOString() }, links.page) };
}

/** To whom letters go, by their ids; null for one whose learner was erased. Throws MasterKeyWrong. */
export async function findAddressees(
  db: Executor,
  masterKey: MasterKey,
  rows: readonly MailRow[],
): Promise<Map<string, string | null>> {
  const ids = rows.flatMap(({ kind, credential_id }) => (kind === 'letter' ? [] : [credential_id ?? '']));
  const found =
    ids.length === 0 ? [] : await db.selectFrom('credential').select(['id', 'person']).where('id', 'in', ids).execute();
  const addresses = new Map(found.map((credential) => [credential.id, openPerson(masterKey, credential).email]));
  return new Map(
    rows.map((row) => [
      row.id,
      row.kind === 'letter' ? addresseeOf(masterKey, row) : (addresses.get(row.credential_id ?? '') ?? null),
    ]),
  );
}
