import type { Learner } from '../../core/issue/learner.ts';
import { canonicalJson } from '../../core/json/canonical-json.ts';
import type { DatabaseTransaction, Executor } from '../database.ts';
import type { MasterKey } from '../master-key.ts';

/**
 * Who a credential is for, so that one learner can be found again without being kept: by e-mail address as people compare
 * them, else by id, else by the other identifiers. Null when nothing but a name is there, which many people share.
 */
export function recipientOf(masterKey: MasterKey, { email, id, identifiers }: Learner): string | null {
  const who =
    email !== undefined
      ? ['email', email.trim().toLowerCase()]
      : id !== undefined
        ? ['id', id]
        : identifiers !== undefined && Object.keys(identifiers).length > 0
          ? ['identifiers', identifiers]
          : null;
  return who === null ? null : masterKey.mac(canonicalJson(who), 'recipient');
}

/** Credentials of an achievement that these recipients hold, neither revoked nor superseded: recipient to credential id. */
export async function findHeld(
  db: Executor,
  achievementId: string,
  recipients: readonly (string | null)[],
): Promise<Map<string, string>> {
  const asked = [...new Set(recipients.filter((recipient) => recipient !== null))];
  if (asked.length === 0) return new Map();
  const found = await db
    .selectFrom('credential')
    .select(['recipient', 'id'])
    .where('achievement_id', '=', achievementId)
    .where('recipient', 'in', asked)
    .where('state', 'in', ['active', 'suspended'])
    .execute();
  return new Map(found.map(({ recipient, id }) => [recipient as string, id]));
}

/** Until the transaction ends nobody else issues this achievement: what was not held a moment ago is not held now. */
export async function holdAchievement(trx: DatabaseTransaction, achievementId: string): Promise<void> {
  await trx.selectFrom('achievement').select('id').where('id', '=', achievementId).forUpdate().execute();
}
