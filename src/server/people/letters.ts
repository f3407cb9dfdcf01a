import { fillIn } from '../../core/catalogue/fill-in.ts';
import { chooseLanguage, type Language, readAcceptLanguage } from '../../core/catalogue/language.ts';
import type { Role } from '../access/roles.ts';
import type { Letter } from '../mail/queue.ts';
import { type LetterText, letters } from './letter-texts.ts';

/** The language of a letter that somebody asked for in a browser: the browser's. */
export const letterLanguage = (headers: Headers | undefined): Language =>
  chooseLanguage(readAcceptLanguage(headers?.get('accept-language') ?? undefined));

/** To sign in without a password. */
export function magicLinkLetter(publicUrl: string, to: string, token: string, language: Language): Letter {
  const link = `${publicUrl}/sign-in/link?token=${encodeURIComponent(token)}`;
  return write(to, letters[language].magicLink, { link }, language);
}

/** To choose a new password. */
export function resetLetter(publicUrl: string, to: string, token: string, language: Language): Letter {
  const link = `${publicUrl}/reset?token=${encodeURIComponent(token)}`;
  return write(to, letters[language].reset, { link }, language);
}

/** To show that an address is theirs. */
export function verificationLetter(publicUrl: string, to: string, token: string, language: Language): Letter {
  const link = `${publicUrl}/verify-email?token=${encodeURIComponent(token)}`;
  return write(to, letters[language].verification, { link }, language);
}

/** To work in an issuer. */
export function invitationLetter(
  publicUrl: string,
  to: string,
  { token, issuer, role }: { token: string; issuer: string; role: Role },
  language: Language,
): Letter {
  const { invitation, roles } = letters[language];
  const params = {
    link: `${publicUrl}/invitations/${token}`,
    issuer: issuer.replace(/\s+/g, ' ').slice(0, 200),
    role: roles[role],
  };
  return write(to, invitation, params, language);
}

function write(to: string, { subject, text }: LetterText, params: Record<string, string>, language: Language): Letter {
  return { to, subject: fillIn(subject, params, language), text: fillIn(text, params, language) };
}
