import type { CredentialView } from '../../core/credential/types.ts';
import { isJsonObject, type JsonObject, type JsonValue, toList } from '../../core/json/json.ts';

/** Parts of a credential in canonical form, for display only. */
export function subjectOf(credential: CredentialView | null): JsonObject | null {
  const [subject] = toList(credential?.credentialSubject);
  return isJsonObject(subject) ? subject : null;
}

/** What was earned. A record has none of its own: the achievements it lists are only named. */
export function achievementOf(credential: CredentialView | null): JsonObject | null {
  if (toList(credential?.type).includes('ClrCredential')) return null;
  const [achievement] = toList(subjectOf(credential)?.achievement);
  return isJsonObject(achievement) ? achievement : null;
}

/** A string that is not empty, or nothing. */
export function textOf(value: JsonValue | undefined): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value : null;
}

/** Only a picture that the credential itself holds: fetching one would tell its owner that somebody looks. */
export function pictureOf(credential: CredentialView | null): string | null {
  for (const image of [achievementOf(credential)?.image, credential?.image]) {
    const address = isJsonObject(image) ? image.id : image;
    if (typeof address === 'string' && /^data:image\/(png|jpeg|webp);base64,[A-Za-z0-9+/=]+$/.test(address))
      return address;
  }
  return null;
}
