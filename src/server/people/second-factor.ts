import { randomBytes } from 'node:crypto';
import { createAuthMiddleware } from 'better-auth/api';
import { deleteSessionCookie } from 'better-auth/cookies';
import type { BetterAuthPlugin } from 'better-auth/types';

/** In seconds: how long a sign-in waits for its code. */
const codeWithin = 600;

/** Every path that makes a session of one factor, but that of the password, which the plugin two-factor watches. */
const firstFactors = /^\/(magic-link\/|callback\/|oauth2\/|sign-up\/|sign-in\/(?!email$))/;

/**
 * better-auth asks for the second factor after a password alone. Here who has one needs it also after a link from a letter and
 * after another service signed them in: the session that was just made is taken back, and waits for the code as after a
 * password. (A passkey verifies its user by itself, see `identity.ts`.) The cookie and the two records are those that
 * `/two-factor/verify-totp` and `/two-factor/verify-backup-code` look for.
 */
export const secondFactorEverywhere: BetterAuthPlugin = {
  id: 'second-factor-everywhere',
  hooks: {
    after: [
      {
        matcher: ({ path }) => path !== undefined && firstFactors.test(path),
        handler: createAuthMiddleware(async (ctx) => {
          const made = ctx.context.newSession;
          if (!made?.user.twoFactorEnabled) return;
          deleteSessionCookie(ctx, true);
          await ctx.context.internalAdapter.deleteSession(made.session.token);
          ctx.context.setNewSession(null);
          const identifier = `2fa-${randomBytes(20).toString('base64url')}`;
          const expiresAt = new Date(Date.now() + codeWithin * 1000);
          const records = [
            { identifier, value: made.user.id, expiresAt },
            { identifier: `2fa-attempts-${identifier}`, value: '0', expiresAt },
          ];
          for (const record of records) await ctx.context.internalAdapter.createVerificationValue(record);
          const cookie = ctx.context.createAuthCookie('two_factor', { maxAge: codeWithin });
          await ctx.setSignedCookie(cookie.name, identifier, ctx.context.secret, cookie.attributes);
          throw ctx.redirect('/sign-in/code');
        }),
      },
    ],
  },
};
