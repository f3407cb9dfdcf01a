import { titleOf } from '../../core/answer.ts';
import type { JsonObject } from '../../core/json/json.ts';
import { openPerson } from '../credential/person.ts';
import type { CredentialRow } from '../credential/store.ts';
import type { NewClaimLetter } from '../mail/queue.ts';
import type { LetterLanguage } from '../mail/texts.ts';
import type { MasterKey } from '../master-key.ts';
import type { Policy } from '../policy/policy.ts';

/** How learners hear of what they were awarded; null: they do not hear of it from here. */
export type Delivery = { language: LetterLanguage } | null;

/** What policy says of letters to learners, unless the one who issues says otherwise. */
export const deliveryOf = ({ deliver, language }: Policy, instead?: Policy['deliver']): Delivery =>
  (instead ?? deliver) === 'email' ? { language } : null;

type Claimable = Pick<CredentialRow, 'id' | 'issuer_id' | 'document' | 'person'>;

/** A letter with the claim link to each learner whose e-mail address is known. */
export function writeClaims(
  masterKey: MasterKey,
  credentials: readonly Claimable[],
  { language }: { language: LetterLanguage },
): NewClaimLetter[] {
  return credentials.flatMap((credential) => {
    const { name, email } = openPerson(masterKey, credential);
    const { id, issuer_id, document } = credential;
    if (email === undefined || document === null) return [];
    const { title, issuer } = readDocument(document);
    return [{ to: email, name: name ?? null, title, issuer, language, issuerId: issuer_id, credentialId: id }];
  });
}

/** What a letter says of a credential, which is our own: its issuer has a name. */
function readDocument(document: string): { title: string; issuer: string } {
  const credential = JSON.parse(document) as JsonObject & { issuer: { name: string } };
  return { title: titleOf(credential) ?? '', issuer: credential.issuer.name };
}
