import { withAddress } from '../claim/letters.ts';
import type { Database } from '../database.ts';
import { queueAbout } from '../mail/queue.ts';
import type { MasterKey } from '../master-key.ts';
import { findPolicy } from '../policy/policy.ts';
import { Runner } from '../runner.ts';

interface RemindDeps {
  db: Database;
  masterKey: MasterKey;
  now(): Date;
}

const day = 86_400_000;
const chunkSize = 100;
/** In milliseconds. */
const lookEvery = 60_000;

/** Writes to learners whose credentials end soon, where their issuers want it. */
export function runReminders(deps: RemindDeps, onError: (error: unknown) => void): Runner {
  return new Runner(
    () => {
      let next = 0;
      return async () => {
        if (performance.now() < next) return 0;
        const reminded = await remind(deps);
        if (reminded === 0) next = performance.now() + lookEvery;
        return reminded;
      };
    },
    { lanes: 1, onError },
  );
}

/**
 * One letter for each credential that ends soon, once: the letter and the mark that it was written are one transaction, and
 * several processes take different credentials. Gives how many were taken.
 */
export async function remind(deps: RemindDeps): Promise<number> {
  const { db, masterKey, now } = deps;
  const decided = await db.selectFrom('policy').select('value').where('name', '=', 'expiryReminderDays').execute();
  const longest = Math.max(0, ...decided.map(({ value }) => Number(JSON.parse(value) ?? 0)));
  if (longest === 0) return 0;
  const at = now();
  const issuers = await db
    .selectFrom('credential')
    .select('issuer_id')
    .distinct()
    .where('valid_until', '>', at)
    .where('valid_until', '<=', new Date(at.getTime() + longest * day))
    .where('reminded_at', 'is', null)
    .where('state', '=', 'active')
    .execute();
  let taken = 0;
  for (const { issuer_id } of issuers) {
    const { policy } = await findPolicy(db, issuer_id);
    if (policy.expiryReminderDays === null) continue;
    const until = new Date(at.getTime() + policy.expiryReminderDays * day);
    taken += await db.transaction().execute(async (trx) => {
      const found = await trx
        .selectFrom('credential')
        .selectAll()
        .where('issuer_id', '=', issuer_id)
        .where('valid_until', '>', at)
        .where('valid_until', '<=', until)
        .where('reminded_at', 'is', null)
        .where('state', '=', 'active')
        .where('claim_state', '<>', 'declined')
        .where('person', 'is not', null)
        .where('document', 'is not', null)
        .orderBy('valid_until')
        .limit(chunkSize)
        .forUpdate()
        .skipLocked()
        .execute();
      if (found.length === 0) return 0;
      await trx
        .updateTable('credential')
        .set({ reminded_at: at })
        .where(
          'id',
          'in',
          found.map(({ id }) => id),
        )
        .execute();
      await queueAbout(trx, 'reminder', withAddress(masterKey, found), at);
      return found.length;
    });
  }
  return taken;
}
