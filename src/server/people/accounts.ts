import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { appendAudit } from '../audit/append.ts';
import type { DatabaseTransaction } from '../database.ts';
import { ApiError } from '../problem.ts';
import { maximumPassword, minimumPassword } from './identity.ts';

export const emailAddress = z
  .email()
  .max(254)
  .transform((address) => address.toLowerCase());
export const personName = z.string().trim().min(1).max(200);
export const newPassword = z.string().min(minimumPassword).max(maximumPassword);

/** Make an account with a password, as better-auth keeps it. */
export async function insertUser(
  trx: DatabaseTransaction,
  {
    name,
    email,
    passwordHash,
    emailVerified,
  }: { name: string; email: string; passwordHash: string; emailVerified: boolean },
  now: Date,
): Promise<string> {
  const id = randomUUID();
  const made = await trx
    .insertInto('user')
    .values({
      id,
      name,
      email: email.toLowerCase(),
      emailVerified,
      image: null,
      createdAt: now,
      updatedAt: now,
      twoFactorEnabled: null,
    })
    .onConflict((conflict) => conflict.column('email').doNothing())
    .returning('id')
    .executeTakeFirst();
  if (made === undefined) throw new ApiError('conflict', 'There is an account with this address. Sign in with it.');
  await trx
    .insertInto('account')
    .values({
      id: randomUUID(),
      accountId: id,
      providerId: 'credential',
      userId: id,
      accessToken: null,
      refreshToken: null,
      idToken: null,
      accessTokenExpiresAt: null,
      refreshTokenExpiresAt: null,
      scope: null,
      password: passwordHash,
      createdAt: now,
      updatedAt: now,
    })
    .execute();
  await appendAudit(trx, { chain: 'instance', actor: `user ${id}`, action: 'user.make', subject: `user ${id}` }, now);
  return id;
}
