import type { Cryptography } from '../cryptography.ts';
import { isJsonObject, type JsonObject, toList } from '../json/json.ts';
import type { CredentialView } from './types.ts';

export interface Recipient {
  /** `emailAddress`, `name`, … (OB 3.0 IdentifierTypeEnum), or `id` for credentialSubject.id. */
  type: string;
  value: string;
}

/** `sha256$hex` of identifier and salt (OB 3.0 IdentityHash). MD5 is only ever compared, for old badges. */
export async function hashIdentity(
  identifier: string,
  salt: string,
  cryptography: Cryptography,
  algorithm: 'sha256' | 'md5' = 'sha256',
): Promise<string> {
  const digest = await cryptography.digest(algorithm, identifier + salt);
  return `${algorithm}$${Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

/**
 * Is the credential about this person (OB 3.0 §5 step 5)? Compared exactly first; e-mail addresses once more in lower case
 * and trimmed, as a courtesy, since OB 3.0 does not say how to write them.
 */
export async function matchRecipient(
  credential: CredentialView,
  recipient: Recipient,
  cryptography: Cryptography,
): Promise<boolean> {
  const [subject] = toList(credential.credentialSubject);
  if (!isJsonObject(subject)) return false;
  if (recipient.type === 'id') return subject.id === recipient.value;
  const spellings = new Set([recipient.value]);
  if (recipient.type === 'emailAddress') spellings.add(recipient.value.trim().toLowerCase());
  for (const identifier of toList(subject.identifier))
    if (isJsonObject(identifier) && identifier.identityType === recipient.type)
      for (const spelling of spellings) if (await matches(identifier, spelling, cryptography)) return true;
  return false;
}

async function matches(identifier: JsonObject, value: string, cryptography: Cryptography): Promise<boolean> {
  const { hashed, identityHash, salt } = identifier;
  if (typeof identityHash !== 'string') return false;
  if (hashed !== true) return identityHash === value;
  const algorithm = /^(sha256|md5)\$/.exec(identityHash)?.[1] as 'sha256' | 'md5' | undefined;
  if (algorithm === undefined) return false;
  const computed = await hashIdentity(value, typeof salt === 'string' ? salt : '', cryptography, algorithm);
  return computed === identityHash.toLowerCase();
}
