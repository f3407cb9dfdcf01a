import type { Actor } from '../access/authorize.ts';
import { appendAudit } from '../audit/append.ts';
import { type CredentialRow, findOwnCredential } from '../credential/store.ts';
import type { Database, Executor } from '../database.ts';
import { queueAbout } from '../mail/queue.ts';
import type { MasterKey } from '../master-key.ts';
import { ApiError, phrase } from '../problem.ts';
import { findRoster } from '../roster/store.ts';
import { withAddress } from './letters.ts';

interface ResendDeps {
  db: Database;
  masterKey: MasterKey;
  now(): Date;
}

/** Of one statement. */
const chunk = 500;

/** Write to the learner of one credential again. */
export async function resendClaim(deps: ResendDeps, actor: Actor, id: string): Promise<void> {
  const { db, masterKey } = deps;
  await db.transaction().execute(async (trx) => {
    const credential = await findOwnCredential(trx, actor.issuer.id, id);
    if (credential === undefined) throw new ApiError('not-found', 'There is no such credential.');
    if (credential.state !== 'active')
      throw new ApiError('conflict', phrase`This credential is ${credential.state}; nobody is written to about it.`);
    const reached = withAddress(masterKey, [credential]);
    if (reached.length === 0) throw new ApiError('conflict', 'No e-mail address of this learner is known.');
    await queueAbout(trx, 'claim', reached, deps.now());
    await appendAudit(
      trx,
      { chain: actor.issuer.id, actor: actor.name, action: 'credential.resend', subject: id },
      deps.now(),
    );
  });
}

export interface ResendRoster {
  rosterId: string;
  /** To all learners of the roster, or to those who neither accepted nor declined. */
  to: 'all' | 'unclaimed';
  /** Count, and write to nobody. */
  preview: boolean;
}

/**
 * Write to the learners of a roster again, as one act: all letters are queued, or none. Gives how many are written to, and how
 * many cannot be since no address of theirs is known.
 */
export async function resendRoster(
  deps: ResendDeps,
  actor: Actor,
  { rosterId, to, preview }: ResendRoster,
): Promise<{ letters: number; withoutAddress: number }> {
  const { db, masterKey } = deps;
  const roster = await findRoster(db, actor.issuer.id, rosterId);
  if (roster === undefined) throw new ApiError('not-found', 'There is no such roster.');
  return await db.transaction().execute(async (trx) => {
    const counts = { letters: 0, withoutAddress: 0 };
    for (let after = ''; ; ) {
      const found = await nextCredentials(trx, rosterId, to, after);
      const reached = withAddress(masterKey, found);
      if (!preview) await queueAbout(trx, 'claim', reached, deps.now());
      counts.letters += reached.length;
      counts.withoutAddress += found.length - reached.length;
      if (found.length < chunk) break;
      after = found.at(-1)?.id ?? '';
    }
    if (!preview && counts.letters > 0)
      await appendAudit(
        trx,
        {
          chain: actor.issuer.id,
          actor: actor.name,
          action: 'roster.resend',
          subject: rosterId,
          detail: { to, ...counts },
        },
        deps.now(),
      );
    return counts;
  });
}

function nextCredentials(
  db: Executor,
  rosterId: string,
  to: ResendRoster['to'],
  after: string,
): Promise<Pick<CredentialRow, 'id' | 'issuer_id' | 'person'>[]> {
  let query = db
    .selectFrom('credential')
    .select(['id', 'issuer_id', 'person'])
    .where('roster_id', '=', rosterId)
    .where('state', '=', 'active')
    .where('id', '>', after);
  if (to === 'unclaimed') query = query.where('claim_state', '=', 'waiting');
  return query.orderBy('id').limit(chunk).execute();
}
