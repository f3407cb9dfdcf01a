import { randomUUID } from 'node:crypto';
import type { Actor } from '../access/authorize.ts';
import { appendAudit } from '../audit/append.ts';
import { approvedVersion } from '../credential/issue.ts';
import type { CredentialRow } from '../credential/store.ts';
import type { Database } from '../database.ts';
import { ApiError } from '../problem.ts';
import { type BulkAct, becomes, listSelected, openDigest, type Selection } from './selection.ts';
import { type CorrectionRow, findCorrection, insertItems, removeCorrection } from './store.ts';

export interface Preview {
  act: BulkAct;
  /** Of what is in it and how each stands: sent back, it makes sure that what was looked at is what is done. */
  digest: string;
  total: number;
  /** Ids that no credential of the issuer has. */
  unknown: number;
  /** How many in which state, and what they will be; `to` is null for those that stay as they are. */
  changes: { from: CredentialRow['state']; to: CredentialRow['state'] | null; count: number }[];
  /** The version that new editions are issued of. */
  version: number | null;
}

interface BulkDeps {
  db: Database;
  now(): Date;
}

/** What an act would do to a selection. Nothing is changed. */
export async function previewBulk(
  { db }: BulkDeps,
  issuerId: string,
  act: BulkAct,
  selection: Selection,
): Promise<Preview> {
  const version = await targetOf(db, issuerId, act, selection);
  const { keep, preview } = openPreview(act, version);
  for await (const page of listSelected(db, issuerId, selection)) keep(page);
  return preview(selection);
}

/**
 * Begin an act on a selection, if it is still what the preview said. Whom it changes is written down first; the work itself is
 * a job, which goes on wherever a process that was killed left it.
 */
export async function beginBulk(
  { db, now }: BulkDeps,
  actor: Actor,
  { act, selection, reason, digest }: { act: BulkAct; selection: Selection; reason: string; digest: string },
): Promise<CorrectionRow> {
  const { issuer } = actor;
  const version = await targetOf(db, issuer.id, act, selection);
  const correction: CorrectionRow = {
    id: randomUUID(),
    issuer_id: issuer.id,
    kind: act,
    state: 'reading',
    reason,
    actor: actor.name,
    roster_id: selection.roster ?? null,
    achievement_id: selection.achievement ?? null,
    achievement_version: version,
    created_at: now(),
    total: 0,
    done: 0,
    skipped: 0,
    failed: 0,
  };
  await db.insertInto('correction').values(correction).execute();
  try {
    const { keep, preview } = openPreview(act, version);
    const from: readonly string[] = becomes[act].from;
    for await (const page of listSelected(db, issuer.id, selection)) {
      keep(page);
      const items = page
        .filter(({ state }) => from.includes(state))
        .map(({ id }) => ({
          correction_id: correction.id,
          number: ++correction.total,
          credential_id: id,
          act,
          state: 'waiting' as const,
          learner: null,
          faults: null,
          edition_id: null,
        }));
      for (let at = 0; at < items.length; at += 1000) await insertItems(db, items.slice(at, at + 1000));
    }
    const found = preview(selection);
    if (found.digest !== digest)
      throw new ApiError('conflict', 'These credentials changed since the preview. Look at it again.', {
        preview: found,
      });
    if (correction.total === 0) throw new ApiError('conflict', 'None of these credentials would change.');
    await db.transaction().execute(async (trx) => {
      await trx
        .updateTable('correction')
        .set({ total: correction.total, state: 'running' })
        .where('id', '=', correction.id)
        .execute();
      const detail = { act, total: correction.total, digest, ...(version === null ? {} : { version }) };
      const entry = { actor: actor.name, action: 'correction.start', subject: correction.id, reason, detail };
      await appendAudit(trx, { chain: issuer.id, ...entry }, now());
    });
  } catch (error) {
    await removeCorrection(db, correction.id);
    throw error;
  }
  return (await findCorrection(db, issuer.id, correction.id)) as CorrectionRow;
}

/** New editions are of the newest approved version of one achievement. */
async function targetOf(db: Database, issuerId: string, act: BulkAct, { achievement }: Selection) {
  if (act !== 'reissue') return null;
  if (achievement === undefined)
    throw new ApiError('malformed-request', 'To issue anew, say which "achievement" the credentials are of.');
  return (await approvedVersion(db, issuerId, achievement)).version;
}

function openPreview(act: BulkAct, version: number | null) {
  const digest = openDigest({ act, version });
  const counts = new Map<CredentialRow['state'], number>();
  let total = 0;
  const { from, to } = becomes[act];
  return {
    keep(page: readonly { id: string; state: CredentialRow['state'] }[]): void {
      digest.add(page);
      total += page.length;
      for (const { state } of page) counts.set(state, (counts.get(state) ?? 0) + 1);
    },
    preview({ ids }: Selection): Preview {
      return {
        act,
        digest: digest.end(),
        total,
        unknown: ids === undefined ? 0 : new Set(ids).size - total,
        changes: [...counts].sort().map(([state, count]) => ({
          from: state,
          to: (from as readonly string[]).includes(state) ? to : null,
          count,
        })),
        version,
      };
    },
  };
}
