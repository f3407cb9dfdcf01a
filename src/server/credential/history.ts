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
  /** Its number in the audit log; null where nobody can say which of an act on many tells of it. */
  entry: number | null;
}

type Told = Omit<HistoryEntry, 'who' | 'byLearner' | 'at'> & { at: Date; actor: string };

const mostEntries = 500;
const learner = 'claim-link';

/** What happened to a credential, the newest first: what the audit log says of it, and of the lists and acts on many that it was in. */
export async function listHistory(db: Executor, credential: CredentialRow): Promise<HistoryEntry[]> {
  const entries = await db
    .selectFrom('audit_entry')
    .select(['at', 'actor', 'action', 'reason', 'number'])
    .where('chain', '=', credential.issuer_id)
    .where('subject', '=', credential.id)
    .orderBy('number', 'desc')
    .limit(mostEntries)
    .execute();
  const own: Told[] = entries.map(({ number, ...entry }) => ({ ...entry, entry: number }));
  const told = [...own, ...(await listToldElsewhere(db, credential))];
  const all = [...told, ...untold(credential, told)].sort((a, b) => b.at.getTime() - a.at.getTime());
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

/** An entry about something else that also tells of the credential. */
interface Source {
  subject: string;
  /** What the entry is called, and what it means for the credential. */
  logged: string;
  action: string;
  /** Chunks of one act have entries of their own: that of the credential is known by its time. */
  at: Date | null;
  /** What is told where the time no longer leads to the entry, since something else happened afterwards. */
  otherwise?: Told;
}

/** A credential of a list was issued, one of many changed and one that was replaced, under entries that name the list, the act or its successor. */
async function listToldElsewhere(db: Executor, credential: CredentialRow): Promise<Told[]> {
  const { id, issuer_id, roster_id, batch, superseded_by, issued_at, status_at } = credential;
  const before = await db.selectFrom('credential').select('id').where('superseded_by', '=', id).executeTakeFirst();
  const acts = await db
    .selectFrom('correction_item')
    .innerJoin('correction', 'correction.id', 'correction_item.correction_id')
    .select(['correction.id', 'credential_id', 'act', 'actor', 'reason', 'created_at'])
    .where('issuer_id', '=', issuer_id)
    .where('credential_id', 'in', [id, ...(before === undefined ? [] : [before.id])])
    .where('correction_item.state', '=', 'done')
    .where('act', '<>', 'none')
    .execute();
  const sources: Source[] = [];
  if (roster_id !== null)
    sources.push({ subject: roster_id, logged: 'roster.issue', action: 'credential.issue', at: issued_at });
  if (superseded_by !== null)
    sources.push({
      subject: superseded_by,
      logged: 'credential.reissue',
      action: 'credential.supersede',
      at: status_at,
    });
  for (const { id: subject, credential_id, act, actor, reason, created_at } of acts) {
    const logged = `credential.${act}`;
    const action = act === 'reissue' ? 'credential.supersede' : logged;
    if (credential_id === id)
      sources.push({
        subject,
        logged,
        action,
        at: status_at,
        otherwise: { at: created_at, actor, action, reason, entry: null },
      });
    else if (act === 'reissue') sources.push({ subject, logged, action: logged, at: issued_at });
  }
  if (sources.length === 0) return [];
  const entries = await db
    .selectFrom('audit_entry')
    .select(['at', 'actor', 'action', 'subject', 'reason', 'number', 'detail'])
    .where('chain', '=', issuer_id)
    .where(
      'subject',
      'in',
      sources.map(({ subject }) => subject),
    )
    .where('at', 'in', status_at === null ? [issued_at] : [issued_at, status_at])
    .orderBy('number')
    .execute();
  return sources.flatMap((source) => {
    const found = entries.find(
      (entry) =>
        entry.subject === source.subject &&
        entry.action === source.logged &&
        entry.at.getTime() === source.at?.getTime() &&
        // Two of a list may have been signed at the same time.
        (source.logged !== 'roster.issue' || entry.detail.includes(`"batch":"${batch}"`)),
    );
    if (found === undefined) return source.otherwise ?? [];
    const { at, actor, reason, number } = found;
    return { at, actor, action: source.action, reason, entry: number };
  });
}

const statusActions = {
  revoked: 'revoke',
  suspended: 'suspend',
  active: 'reinstate',
  superseded: 'supersede',
} as const;

/** What the credential itself tells and no entry does. */
function untold(credential: CredentialRow, told: readonly Told[]): Told[] {
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
