import type { Executor } from '../database.ts';
import { nameActors } from '../people/name-actors.ts';
import type { CredentialRow } from './store.ts';

/** Something that happened to a credential: who did what, when and why. */
export interface HistoryEntry {
  at: string;
  action: string;
  /** What people call them; null for the learner, who is in no log, and for those who are gone. */
  who: string | null;
  byLearner: boolean;
  reason: string;
  /** Its number in the audit log; null where an entry tells of many credentials together. */
  entry: number | null;
}

type Told = Omit<HistoryEntry, 'who' | 'byLearner' | 'at'> & { at: Date; actor: string };

const mostEntries = 500;
const learner = 'claim-link';

/** What happened to a credential, the newest first: what the audit log says of it, and of the acts on many that it was in. */
export async function listHistory(db: Executor, credential: CredentialRow): Promise<HistoryEntry[]> {
  const entries = await db
    .selectFrom('audit_entry')
    .select(['at', 'actor', 'action', 'reason', 'number'])
    .where('chain', '=', credential.issuer_id)
    .where('subject', '=', credential.id)
    .orderBy('number', 'desc')
    .limit(mostEntries)
    .execute();
  const told: Told[] = entries.map(({ number, ...entry }) => ({ ...entry, entry: number }));
  const all = [...told, ...toldElsewhere(credential, told)].sort((a, b) => b.at.getTime() - a.at.getTime());
  const names = await nameActors(
    db,
    all.map(({ actor }) => actor),
  );
  return all.map(({ at, actor, ...entry }) => ({
    ...entry,
    at: at.toISOString(),
    who: names.get(actor) ?? null,
    byLearner: actor === learner,
  }));
}

const statusActions = {
  revoked: 'revoke',
  suspended: 'suspend',
  active: 'reinstate',
  superseded: 'supersede',
} as const;

/** A credential of a list was issued, and one of many changed, under an entry that names the list or the act. */
function toldElsewhere(credential: CredentialRow, told: readonly Told[]): Told[] {
  const more: Told[] = [];
  if (!told.some(({ action }) => action === 'credential.issue' || action === 'credential.reissue'))
    more.push({
      at: credential.issued_at,
      actor: credential.issued_by,
      action: 'credential.issue',
      reason: credential.issue_reason,
      entry: null,
    });
  const { state, status_at: at, status_reason } = credential;
  const action = `credential.${statusActions[state]}`;
  if (at !== null && !told.some((one) => one.action === action && one.at.getTime() === at.getTime()))
    more.push({ at, actor: '', action, reason: status_reason ?? '', entry: null });
  return more;
}
