import { sql } from 'kysely';
import type { Finding } from '../../core/finding.ts';
import { appendAudit } from '../audit/append.ts';
import type { IssueDeps } from '../credential/issue.ts';
import { digestOfBatch, keepCredentials } from '../credential/keep.ts';
import { findHeld, holdAchievement } from '../credential/recipient.ts';
import type { CredentialRow } from '../credential/store.ts';
import type { DatabaseTransaction } from '../database.ts';
import { type FileClaim, findRefused, keepUses } from '../evidence/use.ts';
import { openRow, sealSaid } from './sealed-row.ts';
import type { RosterLine, RosterRow } from './store.ts';

/** A row that was signed. */
export interface Issued {
  line: RosterLine;
  credential: CredentialRow;
  /** Of evidence, by their ids. */
  files: readonly string[];
}

/** A row that cannot be issued. */
export interface Failed {
  line: RosterLine;
  findings: Finding[];
}

/** Somebody else may have issued to these learners since the list was read. */
export async function takeOutHeld(
  trx: DatabaseTransaction,
  roster: RosterRow,
  issued: Issued[],
  failed: Failed[],
): Promise<void> {
  if (roster.duplicates === 'allow') return;
  await holdAchievement(trx, roster.achievement_id);
  const recipients = issued.map(({ credential }) => credential.recipient);
  const held = await findHeld(trx, roster.achievement_id, recipients);
  if (held.size === 0) return;
  const all = issued.splice(0);
  for (const one of all)
    if (one.credential.recipient === null || !held.has(one.credential.recipient)) issued.push(one);
    else failed.push({ line: one.line, findings: [{ code: 'issue-held-already', severity: 'error' }] });
}

const claimOf = ({ credential: { id, recipient }, files }: Issued): FileClaim => ({
  credentialId: id,
  recipient,
  files,
});

/** One learner's evidence never reaches another's credential. */
export async function takeOutForeign(
  trx: DatabaseTransaction,
  roster: RosterRow,
  issued: Issued[],
  failed: Failed[],
): Promise<void> {
  const refused = await findRefused(trx, roster.issuer_id, issued.map(claimOf), true);
  if (refused.size === 0) return;
  for (const one of issued.splice(0))
    if (!refused.has(one.credential.id)) issued.push(one);
    else failed.push({ line: one.line, findings: [{ code: 'issue-evidence-file-of-another', severity: 'error' }] });
}

/** Keep what was signed, and that its rows are done. */
export async function keepIssued(
  trx: DatabaseTransaction,
  deps: IssueDeps,
  issued: readonly Issued[],
  batch: string,
  writesTo: boolean,
): Promise<void> {
  if (issued.length === 0) return;
  await keepCredentials(
    trx,
    deps,
    issued.map(({ line, credential }) => ({ ...credential, roster_id: line.roster_id, batch })),
    writesTo,
  );
  await keepUses(trx, issued.map(claimOf));
  // The learner's data now stands in the credential alone.
  const lines = issued.map(({ line }) => line.line);
  const ids = issued.map(({ credential }) => credential.id);
  await sql`
    update roster_row set state = 'issued', learner = null, marks = null, credential_id = given.id
    from unnest(${lines}::integer[], ${ids}::text[]) as given (line, id)
    where roster_row.roster_id = ${issued[0]?.line.roster_id} and roster_row.line = given.line`.execute(trx);
}

/** One entry for all of a chunk. */
export async function auditIssued(
  trx: DatabaseTransaction,
  roster: RosterRow,
  issued: readonly Issued[],
  batch: string,
  now: Date,
): Promise<void> {
  if (issued.length === 0) return;
  const waived = issued.filter(({ credential }) => credential.waiver !== null).map(({ credential }) => credential.id);
  const detail = {
    roster: roster.id,
    count: issued.length,
    lines: [issued[0]?.line.line ?? 0, issued.at(-1)?.line.line ?? 0],
    batch,
    credentials: digestOfBatch(issued.map(({ credential }) => credential)),
    ...(waived.length === 0 ? {} : { waived }),
  };
  const act = { actor: roster.actor, action: 'roster.issue', subject: roster.id, detail };
  await appendAudit(trx, { chain: roster.issuer_id, ...act }, now);
}

/** Why a row was not issued. */
export async function markFailed(
  trx: DatabaseTransaction,
  { masterKey }: Pick<IssueDeps, 'masterKey'>,
  line: RosterLine,
  findings: readonly Finding[],
): Promise<void> {
  const { name } = openRow(masterKey, line);
  const faults = findings.map((finding) => ({ column: null, finding }));
  await trx
    .updateTable('roster_row')
    .set({ state: 'failed', ...sealSaid(masterKey, line, { name, faults }) })
    .where('roster_id', '=', line.roster_id)
    .where('line', '=', line.line)
    .execute();
}
