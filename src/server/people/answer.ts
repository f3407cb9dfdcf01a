/** What better-auth says no with, in a sentence. */
const sentences: Readonly<Record<string, string>> = {
  INVALID_EMAIL_OR_PASSWORD: 'The e-mail address or the password is wrong.',
  INVALID_PASSWORD: 'This is not your password.',
  CREDENTIAL_ACCOUNT_NOT_FOUND: 'Your account has no password. Choose one by a letter: “Forgot your password?”.',
  INVALID_CODE: 'This code is wrong. Your app shows a new one every 30 seconds.',
  INVALID_BACKUP_CODE: 'This code is wrong, or was used already.',
  INVALID_TWO_FACTOR_COOKIE: 'This took too long. Sign in again.',
  TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: 'Too many wrong codes. Sign in again.',
  ACCOUNT_TEMPORARILY_LOCKED: 'Too many wrong codes. Wait 15 minutes, then sign in again.',
  INVALID_TOKEN: 'This link was used already, or has expired. Ask for a new one.',
  TOTP_NOT_ENABLED: 'Two-factor sign-in is not set up. Start again.',
  ADDRESS_NOT_PROVEN:
    'Confirm your e-mail address first, by the link in the letter that came when you made the account. A link to sign in, by letter, confirms it too.',
  SESSION_NOT_FRESH: 'You signed in a while ago. Sign out and in again, then do this.',
};

/** Why better-auth did not do it; null when it did. */
export async function faultOf(answer: Response): Promise<string | null> {
  if (answer.ok) return null;
  if (answer.status === 429) return 'Too many attempts. Wait a minute, then try again.';
  const { code = '' } = (await answer.json().catch(() => ({}))) as { code?: string };
  return sentences[code] ?? 'That did not work. Try again.';
}
