import { sql } from 'kysely';
import type { Actor } from '../access/authorize.ts';
import { appendAudit } from '../audit/append.ts';
import type { DatabaseTransaction } from '../database.ts';
import { sha256Hex } from '../digest.ts';
import { markRemoved } from '../evidence/remove.ts';
import type { MasterKey } from '../master-key.ts';
import { ApiError } from '../problem.ts';
import { findCredentials, findLearner, findRecordsAbove, type LearnerData, marksOf, type Who } from './learner.ts';
import { nameOf, type RecordsAbove, tellAbove } from './tell-above.ts';

export interface ErasePreview {
  credentials: { id: string; state: string; issuedAt: string }[];
  evidence: number;
  letters: number;
  rosterRows: number;
  /** Learner records of issuers above, by their names: what is erased here stays in them, and is erased there. */
  recordsAbove: { issuer: string; count: number }[];
  /** Send it to erase exactly this. */
  confirm: string;
}

/** What would go, in counts. */
export function previewErase(
  { credentials, files, letters, rows }: LearnerData,
  above: readonly RecordsAbove[],
): ErasePreview {
  const ids = {
    credentials: credentials.filter(({ erased_at }) => erased_at === null).map(({ id }) => id),
    files: files.map(({ id }) => id).sort(),
    letters: letters.map(({ id }) => id).sort(),
    rows: rows.map(({ roster_id, line }) => [roster_id, line]),
  };
  return {
    credentials: credentials
      .filter(({ erased_at }) => erased_at === null)
      .map(({ id, state, issued_at }) => ({ id, state, issuedAt: issued_at.toISOString() })),
    evidence: files.length,
    letters: letters.length,
    rosterRows: rows.length,
    recordsAbove: above.map(({ issuer, records }) => ({ issuer: nameOf(issuer), count: records.length })),
    confirm: sha256Hex(JSON.stringify(ids)),
  };
}

/**
 * Erase all personal data of a learner that an issuer keeps. What stays is what others need to verify a copy that the learner
 * holds: the place in the status list with its state, the keys, and the digests in the ledger and the audit log.
 */
export async function eraseLearner(
  { masterKey, publicUrl }: { masterKey: MasterKey; publicUrl: string },
  trx: DatabaseTransaction,
  { who, reason, confirm }: { who: Who; reason: string; confirm: string },
  by: Actor,
  now: Date,
): Promise<ErasePreview> {
  const { name: actor, issuer } = by;
  const found = await findLearner({ db: trx, masterKey }, issuer.id, who, true);
  const above = await findRecordsAbove(trx, issuer, found);
  const preview = previewErase(found, above);
  // A record may have been put together of these while they were waited for.
  const { length } = await findCredentials(trx, masterKey, issuer.id, who, false);
  if (preview.confirm !== confirm || length !== found.credentials.length)
    throw new ApiError('conflict', 'What would be erased is not what the preview said. Look at it again.');
  const ids = preview.credentials.map(({ id }) => id);
  if (ids.length + found.rows.length + found.letters.length === 0)
    throw new ApiError('not-found', 'Nothing of this learner is kept here.');
  // Files before lists, as whoever issues takes them.
  await markRemoved(
    trx,
    found.files.map(({ id }) => id),
  );
  await eraseRows(trx, found);
  await eraseFaults(trx, issuer.id, marksOf(who, found));
  if (ids.length > 0) {
    await eraseCorrections(trx, issuer.id, ids);
    await trx
      .updateTable('credential')
      .set({ document: null, jwt: null, person: null, recipient: null, erased_at: now })
      .where('issuer_id', '=', issuer.id)
      .where('id', 'in', ids)
      .execute();
    await trx.deleteFrom('dispute').where('issuer_id', '=', issuer.id).where('credential_id', 'in', ids).execute();
    await eraseAnswers(trx, issuer.id, ids);
  }
  const letters = found.letters.map(({ id }) => id);
  if (letters.length > 0) await trx.deleteFrom('mail').where('id', 'in', letters).execute();
  const { evidence, rosterRows, recordsAbove } = preview;
  const detail = { credentials: ids, evidence, letters: letters.length, rosterRows, recordsAbove };
  await appendAudit(trx, { chain: issuer.id, actor, action: 'learner.erase', subject: issuer.id, reason, detail }, now);
  await tellAbove(trx, { masterKey, publicUrl }, { act: 'erase', above, reason }, by, now);
  return preview;
}

/** Names and addresses go from lists; a row that still waited is not issued any more. */
async function eraseRows(trx: DatabaseTransaction, { rows }: LearnerData): Promise<void> {
  const erased = JSON.stringify([{ column: null, finding: { code: 'roster-row-erased', severity: 'error' } }]);
  const waiting = new Map<string, number>();
  for (const { roster_id, line, state } of rows) {
    const isWaiting = state === 'waiting';
    await trx
      .updateTable('roster_row')
      .set({
        said: null,
        learner: null,
        marks: null,
        gate: null,
        faults: state === 'issued' ? null : erased,
        ...(isWaiting ? { state: 'failed' } : {}),
      })
      .where('roster_id', '=', roster_id)
      .where('line', '=', line)
      .execute();
    if (isWaiting) waiting.set(roster_id, (waiting.get(roster_id) ?? 0) + 1);
  }
  for (const [id, count] of [...waiting].sort())
    await trx
      .updateTable('roster')
      .set((roster) => ({ failed: roster('failed', '+', count) }))
      .where('id', '=', id)
      .execute();
}

/** What a correction knows of the learner; one that still waited finds nothing to correct. */
async function eraseCorrections(trx: DatabaseTransaction, issuerId: string, ids: readonly string[]): Promise<void> {
  await trx
    .updateTable('correction_item')
    .set({ learner: null, faults: null })
    .where('correction_id', 'in', (query) =>
      query.selectFrom('correction').select('id').where('issuer_id', '=', issuerId),
    )
    .where(({ or, eb }) => or([eb('credential_id', 'in', ids), eb('edition_id', 'in', ids)]))
    .execute();
}

/** Rows of corrected lists that could not be read say what stood in them. */
async function eraseFaults(trx: DatabaseTransaction, issuerId: string, marks: readonly string[]): Promise<void> {
  if (marks.length === 0) return;
  await trx
    .updateTable('correction_item')
    .set({ faults: null })
    .where('correction_id', 'in', (query) =>
      query.selectFrom('correction').select('id').where('issuer_id', '=', issuerId),
    )
    .where('faults', 'is not', null)
    .where(({ or }) => or(marks.map((mark) => sql<boolean>`strpos(lower(faults), ${mark}) > 0`)))
    .execute();
}

/** Answers that are kept for repeated requests hold the credential. */
async function eraseAnswers(trx: DatabaseTransaction, issuerId: string, ids: readonly string[]): Promise<void> {
  const body = JSON.stringify({
    type: 'about:blank',
    status: 410,
    title: 'Gone',
    detail: 'The personal data of this credential was erased.',
    code: 'gone',
  });
  for (const id of ids)
    await trx
      .updateTable('idempotent_request')
      .set({ status: 410, body })
      .where('issuer_id', '=', issuerId)
      .where(sql<boolean>`strpos(body, ${id}) > 0`)
      .execute();
}
