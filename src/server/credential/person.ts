import type { Learner } from '../../core/issue/learner.ts';
import type { MasterKey } from '../master-key.ts';

/** Who a credential is for, to write to them and to find them; never what was signed. */
export interface Person {
  name?: string;
  email?: string;
  /** Did they agree that the name stands in clear? A later edition is to know. */
  nameConsent?: boolean;
}

const purposeOf = (credentialId: string) => `person ${credentialId}`;

/** Sealed for the credential; null when neither name nor e-mail address is known. */
export function sealPerson(
  masterKey: MasterKey,
  credentialId: string,
  { name, email, nameConsent }: Learner,
): Uint8Array | null {
  if (name === undefined && email === undefined) return null;
  const person: Person = {
    ...(name === undefined ? {} : { name }),
    ...(email === undefined ? {} : { email }),
    ...(nameConsent === undefined ? {} : { nameConsent }),
  };
  return masterKey.seal(new TextEncoder().encode(JSON.stringify(person)), purposeOf(credentialId));
}

/** Nobody when it was erased. Throws MasterKeyWrong. */
export function openPerson(masterKey: MasterKey, { id, person }: { id: string; person: Uint8Array | null }): Person {
  if (person === null) return {};
  return JSON.parse(new TextDecoder().decode(masterKey.open(person, purposeOf(id)))) as Person;
}
