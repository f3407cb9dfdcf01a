import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { Database, DatabaseTransaction, Executor } from '../database.ts';
import { sha256Hex } from '../digest.ts';
import type { MasterKey } from '../master-key.ts';
import { ApiError } from '../problem.ts';

/** Kept is a number; the token comes from it and the master key, so that every process knows it and the database does not. */
const name = 'first-run';
const tokenOf = (masterKey: MasterKey, number: string) => masterKey.mac(number, 'first-run');

/** The token that makes the first issuer, the same after a restart and in every process; null when there is an issuer. */
export async function openFirstRun(db: Database, masterKey: MasterKey): Promise<string | null> {
  const issuer = await db.selectFrom('issuer').select('id').limit(1).executeTakeFirst();
  if (issuer !== undefined) return null;
  await db
    .insertInto('setting')
    .values({ name, value: randomBytes(24).toString('base64url') })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute();
  const number = await findNumber(db);
  return number === undefined ? null : tokenOf(masterKey, number);
}

/** Would this token make the first issuer now? */
export async function opensFirstRun(db: Executor, masterKey: MasterKey, token: string): Promise<boolean> {
  const number = await findNumber(db);
  return number !== undefined && isSame(token, tokenOf(masterKey, number));
}

/** Use the token up, in the transaction of what it makes. Throws where somebody else was first. */
export async function useFirstRun(trx: DatabaseTransaction, masterKey: MasterKey, token: string): Promise<void> {
  const used = await trx.deleteFrom('setting').where('name', '=', name).returning('value').executeTakeFirst();
  const issuer = await trx.selectFrom('issuer').select('id').limit(1).executeTakeFirst();
  if (used === undefined || issuer !== undefined || !isSame(token, tokenOf(masterKey, used.value)))
    throw new ApiError('not-allowed', 'This link was used already, or is not the one that was printed at the start.');
}

async function findNumber(db: Executor): Promise<string | undefined> {
  const found = await db.selectFrom('setting').select('value').where('name', '=', name).executeTakeFirst();
  return found?.value;
}

function isSame(given: string, expected: string): boolean {
  return timingSafeEqual(Buffer.from(sha256Hex(given)), Buffer.from(sha256Hex(expected)));
}
