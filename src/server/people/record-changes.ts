import { createAuthMiddleware, getSessionFromCtx, isAPIError } from 'better-auth/api';
import type { BetterAuthPlugin } from 'better-auth/types';
import type { IdentityDeps } from './identity.ts';

const actions: Readonly<Record<string, string>> = {
  '/change-password': 'password.change',
  '/two-factor/disable': 'two-factor.off',
  '/two-factor/generate-backup-codes': 'backup-codes.make',
  '/passkey/verify-registration': 'passkey.add',
};

/** Tell the audit log what people change about how they sign in, as soon as it is done. */
export function recordChanges({ db, record }: Pick<IdentityDeps, 'db' | 'record'>): BetterAuthPlugin {
  return {
    id: 'record-changes',
    init: () => ({
      options: {
        databaseHooks: {
          user: {
            create: { after: ({ id }) => record(id, 'user.make') },
            update: {
              // A code changes a person only where it turns the second factor on.
              after: async ({ id }, context) => {
                if (context?.path !== '/two-factor/verify-totp') return;
                // They were signed in without it; better-auth makes a new one for who just showed a code.
                await db.deleteFrom('session').where('userId', '=', id).execute();
                await record(id, 'two-factor.on');
              },
            },
          },
        },
      },
    }),
    hooks: {
      after: [
        {
          matcher: ({ path }) => path !== undefined && path in actions,
          handler: createAuthMiddleware(async (ctx) => {
            if (isAPIError(ctx.context.returned)) return;
            const user = ctx.context.newSession?.user ?? (await getSessionFromCtx(ctx))?.user;
            if (user !== undefined) await record(user.id, actions[ctx.path] as string);
          }),
        },
      ],
    },
  };
}
