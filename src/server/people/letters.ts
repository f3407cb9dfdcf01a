import type { Letter } from '../mail/queue.ts';

/** To sign in without a password. */
export function magicLinkLetter(publicUrl: string, to: string, token: string): Letter {
  return {
    to,
    subject: 'Your link to sign in to Assay',
    text: `Open this link to sign in. It works once, for 15 minutes.

${publicUrl}/sign-in/link?token=${encodeURIComponent(token)}

If you did not ask for it, do nothing: nobody can sign in without this letter.
`,
  };
}

/** To choose a new password. */
export function resetLetter(publicUrl: string, to: string, token: string): Letter {
  return {
    to,
    subject: 'Choose a new password for Assay',
    text: `Open this link to choose a new password. It works once, for an hour.

${publicUrl}/reset?token=${encodeURIComponent(token)}

If you did not ask for it, do nothing: your password stays as it is.
`,
  };
}

/** To show that an address is theirs. */
export function verificationLetter(publicUrl: string, to: string, token: string): Letter {
  return {
    to,
    subject: 'Is this your e-mail address?',
    text: `Open this link to confirm that this address belongs to your account at Assay. It works for an hour.

${publicUrl}/verify-email?token=${encodeURIComponent(token)}

If you made no account there, do nothing.
`,
  };
}

/** To work in an issuer. */
export function invitationLetter(
  publicUrl: string,
  to: string,
  { token, issuer, role }: { token: string; issuer: string; role: string },
): Letter {
  return {
    to,
    subject: `Invitation to ${issuer.replace(/\s+/g, ' ').slice(0, 200)}`,
    text: `You are invited to work in ${issuer} on Assay, as ${role}. Open this link to accept. It works once, for 14 days.

${publicUrl}/invitations/${token}

If you do not know who writes this, do nothing.
`,
  };
}
