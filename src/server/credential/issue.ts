import type { Finding } from '../../core/finding.ts';
import type { GateOutcome } from '../../core/issue/gate.ts';
import type { Learner } from '../../core/issue/learner.ts';
import type { Actor } from '../access/authorize.ts';
import { type AchievementVersionRow, findAchievement, findLatestVersion } from '../achievement/store.ts';
import { appendAudit } from '../audit/append.ts';
import { isWrittenTo } from '../claim/letters.ts';
import type { Database, DatabaseTransaction } from '../database.ts';
import { filesOf, findEvidenceFiles, findRefused, keepUses, nameFiles } from '../evidence/use.ts';
import type { MasterKey } from '../master-key.ts';
import type { Policy } from '../policy/policy.ts';
import { ApiError } from '../problem.ts';
import { allocatePlaces } from '../status-list/allocate.ts';
import { digestsOf, keepCredentials } from './keep.ts';
import { findHeld, holdAchievement } from './recipient.ts';
import { type Dates, openSeries, signCredential } from './sign.ts';
import type { CredentialRow } from './store.ts';
import type { KeptWaiver, Waiver } from './waiver.ts';

export interface IssueDeps {
  db: Database;
  masterKey: MasterKey;
  /** The address under which this instance publishes, without a slash at its end. */
  publicUrl: string;
  now(): Date;
}

export interface IssueRequest {
  achievementId: string;
  learner: Learner;
  dates: Dates;
  /** May the learner get a second credential of this achievement? */
  duplicates: 'refuse' | 'allow';
  waiver?: Waiver | null;
  /** Why a result under the pass mark, or one that is not completed, is issued all the same. */
  belowPassMark?: string | null;
  /** Instead of what the policy says. */
  proof?: Policy['proof'] | undefined;
  /** Kept in the ledger and in the audit log. */
  reason?: string | undefined;
  /** Write to the learner? Without it, as policy says. */
  deliver?: 'email' | 'none' | undefined;
}

export interface IssuedOne {
  credential: CredentialRow;
  /** How it falls short of the issuer's gate; null when it passes, or there is none. */
  gate: GateOutcome | null;
}

export type IssueOutcome = ({ ok: true } & IssuedOne) | { ok: false; findings: Finding[] };

/**
 * Issue one credential: its place in a status list, then the signature, then the credential and its entry in the audit log
 * in one transaction, and what the caller does `alongside`. Nobody hears of a credential that is not kept; one that is
 * kept is published.
 */
export async function issueOne(
  deps: IssueDeps,
  actor: Actor,
  request: IssueRequest,
  alongside: (trx: DatabaseTransaction, issued: IssuedOne) => Promise<void> = async () => undefined,
): Promise<IssueOutcome> {
  const { db } = deps;
  const { issuer } = actor;
  const { achievementId, dates, duplicates, waiver = null, belowPassMark = null, proof, reason = '' } = request;
  const exceptions = { waiver, allowBelowPassMark: belowPassMark !== null };
  const opened = await openSeries(deps, issuer, await approvedVersion(db, issuer.id, achievementId), exceptions, proof);
  if (!opened.ok) return opened;
  const learner = nameFiles(deps.publicUrl, request.learner);
  const files = await findEvidenceFiles(db, opened.series, [learner]);
  const [place] = await allocatePlaces(db, issuer.id, 1);
  if (place === undefined) throw new Error('no place was given out');
  const writesTo = isWrittenTo(opened.series.policy, request.deliver);
  const now = deps.now();
  // Who waives the gate gives the reason.
  const by = { issued_by: actor.name, issue_reason: reason === '' ? (waiver?.reason ?? '') : reason };
  const signed = await signCredential(opened.series, place, learner, dates, now, by, undefined, files);
  if (!signed.ok) return signed;
  const { credential, gate } = signed;
  const claim = { credentialId: credential.id, recipient: credential.recipient, files: filesOf(learner) };
  await db.transaction().execute(async (trx) => {
    if (duplicates === 'refuse') {
      await holdAchievement(trx, achievementId);
      const held = await findHeld(trx, achievementId, [credential.recipient]);
      const [existing] = held.values();
      if (existing !== undefined)
        throw new ApiError(
          'conflict',
          'This learner holds a credential of this achievement. Send "duplicates": "allow" to issue another.',
          {
            credential: existing,
          },
        );
    }
    if ((await findRefused(trx, issuer.id, [claim], true)).size > 0)
      throw new ApiError('refused', 'This credential was not issued.', {
        findings: [{ code: 'issue-evidence-file-of-another', severity: 'error', pointer: '/evidence' }],
      });
    await keepCredentials(trx, deps, [credential], writesTo);
    await keepUses(trx, [claim]);
    const detail = {
      ...digestsOf(credential),
      achievement: credential.achievement_id,
      version: credential.achievement_version,
      ...(credential.waiver === null ? {} : { waived: waived(credential.waiver) }),
      ...(belowPassMark === null ? {} : { belowPassMark }),
    };
    const act = {
      actor: actor.name,
      action: 'credential.issue',
      subject: credential.id,
      reason: credential.issue_reason,
      detail,
    };
    await appendAudit(trx, { chain: issuer.id, ...act }, now);
    await alongside(trx, { credential, gate });
  });
  return { ok: true, credential, gate };
}

function waived(kept: string) {
  const { wanted, supported, missing } = JSON.parse(kept) as KeptWaiver;
  return { wanted, supported, missing };
}

/** What may be issued now: the newest approved version of an achievement that is not retired. */
export async function approvedVersion(
  db: Database,
  issuerId: string,
  achievementId: string,
): Promise<AchievementVersionRow> {
  const achievement = await findAchievement(db, issuerId, achievementId);
  if (achievement === undefined) throw new ApiError('not-found', 'There is no such achievement.');
  if (achievement.retired_at !== null) throw new ApiError('conflict', 'This achievement is retired.');
  const version = await findLatestVersion(db, achievementId, ['approved']);
  if (version === undefined) throw new ApiError('conflict', 'No version of this achievement is approved yet.');
  return version;
}
