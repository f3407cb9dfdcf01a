import type { Finding } from '../../core/finding.ts';
import type { JsonObject } from '../../core/json/json.ts';
import type { Actor } from '../access/authorize.ts';
import { findVersion } from '../achievement/store.ts';
import { appendAudit } from '../audit/append.ts';
import { isWrittenTo } from '../claim/letters.ts';
import { approvedVersion, type IssueDeps } from '../credential/issue.ts';
import { digestsOf, keepCredentials } from '../credential/keep.ts';
import { findHeld, holdAchievement } from '../credential/recipient.ts';
import { type Exceptions, openSeries } from '../credential/sign.ts';
import { type CredentialRow, findOwnCredential } from '../credential/store.ts';
import type { DatabaseTransaction } from '../database.ts';
import { findPolicy } from '../policy/policy.ts';
import { ApiError, phrase } from '../problem.ts';
import { allocatePlaces } from '../status-list/allocate.ts';
import { countLists } from './change-chunk.ts';
import { correctedLearner, findForeignFiles, keepFiles, learnerOf, markSuperseded, signEdition } from './edition.ts';

export interface ReissueRequest {
  id: string;
  /** What changes of the learner's data; null takes a member out. */
  learner: JsonObject;
  version: 'newest' | 'same';
  exceptions: Exceptions;
  reason: string;
}

/**
 * Issue a credential anew, corrected or of the newest approved version. The new edition has its own id and status and keeps
 * the date of the award; the old one is superseded, in one transaction with it.
 */
export async function reissueOne(
  deps: IssueDeps,
  actor: Actor,
  { id, learner: given, version, exceptions, reason }: ReissueRequest,
  alongside: (trx: DatabaseTransaction, edition: CredentialRow) => Promise<void> = async () => undefined,
): Promise<{ ok: true; old: CredentialRow; edition: CredentialRow } | { ok: false; findings: Finding[] }> {
  const { db, masterKey } = deps;
  const { issuer } = actor;
  const old = await findOwnCredential(db, issuer.id, id);
  if (old === undefined) throw new ApiError('not-found', 'There is no such credential.');
  checkState(old);
  if (old.achievement_id === null || old.achievement_version === null)
    throw new ApiError('conflict', 'A learner record is not corrected: revoke it and issue another one.');
  const { achievement_id } = old;
  const kept =
    version === 'newest'
      ? await approvedVersion(db, issuer.id, achievement_id)
      : await findVersion(db, achievement_id, old.achievement_version);
  if (kept === undefined) throw new Error(`the version of ${id} is not there`);
  const opened = await openSeries(deps, issuer, kept, exceptions);
  if (!opened.ok) return opened;
  const { series } = opened;
  const read = correctedLearner(learnerOf(old, masterKey), given, series.policy.timeZone);
  if (!read.ok) return read;
  const [place] = await allocatePlaces(db, issuer.id, 1);
  if (place === undefined) throw new Error('no place was given out');
  const now = deps.now();
  const by = { issued_by: actor.name, issue_reason: reason };
  const signed = await signEdition(db, series, place, old, read.learner, now, by);
  if (!signed.ok) return signed;
  const writesTo = isWrittenTo((await findPolicy(db, issuer.id)).policy);
  const edition = signed.credential;
  const made = { old, edition, files: signed.files };
  await db.transaction().execute(async (trx) => {
    await holdAchievement(trx, achievement_id);
    const current = await trx
      .selectFrom('credential')
      .selectAll()
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirstOrThrow();
    checkState(current);
    if (edition.recipient !== old.recipient) {
      const [held] = (await findHeld(trx, achievement_id, [edition.recipient])).values();
      if (held !== undefined)
        throw new ApiError('conflict', 'This learner holds a credential of this achievement.', { credential: held });
    }
    if ((await findForeignFiles(trx, [made])).size > 0)
      throw new ApiError('refused', 'This credential was not issued anew.', {
        findings: [{ code: 'issue-evidence-file-of-another', severity: 'error', pointer: '/evidence' }],
      });
    await keepCredentials(trx, deps, [edition], writesTo);
    await keepFiles(trx, [made]);
    await markSuperseded(trx, [{ old, edition }], reason, now);
    await countLists(trx, [old.status_list_id]);
    const detail = {
      ...digestsOf(edition),
      supersedes: id,
      achievement: edition.achievement_id,
      version: edition.achievement_version,
    };
    const entry = { actor: actor.name, action: 'credential.reissue', subject: edition.id, reason, detail };
    await appendAudit(trx, { chain: issuer.id, ...entry }, now);
    await alongside(trx, edition);
  });
  return { ok: true, old, edition };
}

function checkState({ state, superseded_by }: CredentialRow): void {
  if (state === 'active') return;
  throw new ApiError('conflict', phrase`This credential is ${state}; only an active one is issued anew.`, {
    ...(superseded_by === null ? {} : { credential: superseded_by }),
  });
}
