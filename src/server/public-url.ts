import type { Database, DatabaseTransaction } from './database.ts';

const name = 'public-url';

/** This instance was known by another address when it issued for real. */
export class PublicUrlChanged extends Error {
  override readonly name = 'PublicUrlChanged';
}

/** Only credentials with an https address are for real use; others are tests. */
export const isReal = (publicUrl: string) => publicUrl.startsWith('https://');

/**
 * Refuse to start under another address than the one that real credentials carry: they would lose their keys and their status,
 * for ever.
 */
export async function checkPublicUrl(db: Database, publicUrl: string): Promise<void> {
  const fixed = await db.selectFrom('setting').select('value').where('name', '=', name).executeTakeFirst();
  if (fixed !== undefined && fixed.value !== publicUrl)
    throw new PublicUrlChanged(
      `Credentials of this instance carry the address ${fixed.value}. Start it with --public-url ${fixed.value}, not ${publicUrl}.`,
    );
}

/** The first real credential fixes the address, in its own transaction. */
export async function fixPublicUrl(trx: DatabaseTransaction, publicUrl: string): Promise<void> {
  if (!isReal(publicUrl)) return;
  await trx
    .insertInto('setting')
    .values({ name, value: publicUrl })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute();
}
