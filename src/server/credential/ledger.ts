import type { VerifyOptions } from '../../core/verify/options.ts';
import type { Database } from '../database.ts';
import { sha256Hex } from '../digest.ts';

/** When this instance's ledger took in exactly this document, embedded or as a JWT; not one that only has its id. */
export function ledgerOf({ db, publicUrl }: { db: Database; publicUrl: string }): NonNullable<VerifyOptions['ledger']> {
  const base = `${publicUrl}/credentials/`;
  return async ({ document, id }) => {
    if (!id.startsWith(base)) return undefined;
    const isJwt = typeof document === 'string';
    const held = await db
      .selectFrom('credential')
      .select('issued_at')
      .where('id', '=', id.slice(base.length))
      .where(isJwt ? 'jwt_digest' : 'digest', '=', sha256Hex(isJwt ? document.trim() : JSON.stringify(document)))
      .executeTakeFirst();
    return held?.issued_at;
  };
}
