import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { appendAudit } from '../audit/append.ts';
import type { Database, DatabaseTransaction } from '../database.ts';
import { ApiError } from '../problem.ts';
import { maximumPassword, minimumPassword } from './identity.ts';

export const emailAddress = z
  .email()
  .max(254)
  .transform((address) => address.toLowerCase());
export const personName = z.string({ error: 'Write your name.' }).trim().min(1, { error: 'Write your name.' }).max(200);
export const newPassword = z
  .string({ error: 'Choose a password.' })
  .min(minimumPassword, { error: `Choose one of at least ${minimumPassword} characters.` })
  .max(maximumPassword, { error: `Choose one of at most ${maximumPassword} characters.` });

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

/** Call a person by another name. */
export async function renameUser(trx: DatabaseTransaction, id: string, name: string, now: Date): Promise<void> {
  await trx.updateTable('user').set({ name, updatedAt: now }).where('id', '=', id).execute();
  await appendAudit(trx, { chain: 'instance', actor: `user ${id}`, action: 'user.rename', subject: `user ${id}` }, now);
}

/** What somebody signs in with, and where they are signed in. */
export async function findSignInWays(db: Database, userId: string, now: Date) {
  const account = await db
    .selectFrom('account')
    .select('password')
    .where('userId', '=', userId)
    .where('providerId', '=', 'credential')
    .executeTakeFirst();
  const passkeys = await db
    .selectFrom('passkey')
    .select(['id', 'name', 'createdAt'])
    .where('userId', '=', userId)
    .orderBy('createdAt')
    .execute();
  const sessions = await db
    .selectFrom('session')
    .select(['id', 'userAgent', 'ipAddress', 'createdAt'])
    .where('userId', '=', userId)
    .where('expiresAt', '>', now)
    .orderBy('createdAt', 'desc')
    .limit(100)
    .execute();
  return { password: typeof account?.password === 'string', passkeys, sessions };
}

/** Sign out one browser of a person. */
export async function endSession(db: Database, userId: string, id: string): Promise<void> {
  await db.deleteFrom('session').where('userId', '=', userId).where('id', '=', id).execute();
}

/** Sign out every browser of a person but one. */
export async function endOtherSessions(db: Database, userId: string, kept: string): Promise<void> {
  await db.deleteFrom('session').where('userId', '=', userId).where('id', '<>', kept).execute();
}

/** Take a passkey of a person away. */
export async function removePasskey(trx: DatabaseTransaction, userId: string, id: string, now: Date): Promise<void> {
  const removed = await trx
    .deleteFrom('passkey')
    .where('userId', '=', userId)
    .where('id', '=', id)
    .returning('id')
    .executeTakeFirst();
  if (removed === undefined) throw new ApiError('not-found', 'There is no such passkey of yours.');
  const actor = `user ${userId}`;
  await appendAudit(trx, { chain: 'instance', actor, action: 'passkey.remove', subject: `passkey ${id}` }, now);
}
