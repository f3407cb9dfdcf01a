import { APIError, createAuthMiddleware, getSessionFromCtx } from 'better-auth/api';
import type { BetterAuthPlugin } from 'better-auth/types';

/** Paths that make another way in, which stays when the password is changed. */
const waysIn =
  /^\/(passkey\/(generate-register-options|verify-registration)|two-factor\/enable|link-social|oauth2\/link)$/;

/**
 * Who has not shown that the address of their account is theirs gets no other way in. Where anybody may make an account, somebody
 * could make one for the address of another, put a passkey of their own into it, and wait: the owner of the address is invited,
 * chooses a new password by a letter, and shares the account with a stranger.
 */
export const provenAddressFirst: BetterAuthPlugin = {
  id: 'proven-address-first',
  hooks: {
    before: [
      {
        matcher: ({ path }) => path !== undefined && waysIn.test(path),
        handler: createAuthMiddleware(async (ctx) => {
          const session = await getSessionFromCtx(ctx);
          if (session !== null && !session.user.emailVerified)
            throw new APIError('FORBIDDEN', { code: 'ADDRESS_NOT_PROVEN', message: 'Confirm the address first.' });
        }),
      },
    ],
  },
};
