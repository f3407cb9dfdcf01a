import { randomUUID } from 'node:crypto';
import type { EvidenceRequirement } from '../../core/issue/check-mastery.ts';
import { canonicalJson } from '../../core/json/canonical-json.ts';
import type { JsonObject } from '../../core/json/json.ts';
import type { Actor } from '../access/authorize.ts';
import { appendAudit } from '../audit/append.ts';
import type { DatabaseTransaction } from '../database.ts';
import { sha256Hex } from '../digest.ts';
import { ApiError, phrase } from '../problem.ts';
import { insertComments, type NewComment, resolveComments } from './comments.ts';
import { type AchievementRow, type AchievementVersionRow, findAchievement, findLatestVersion } from './store.ts';

/** What an author saves. */
export interface AchievementContent {
  /** Achievement (Open Badges 3.0) without its id. */
  document: JsonObject;
  /** Left out: as it was. */
  evidence?: EvidenceRequirement | null | undefined;
  /** What the author had before them. Left out: whatever there is. */
  basis?: { version: number; changedAt: string } | undefined;
}

/** Make an achievement with its first draft. */
export async function createAchievement(
  trx: DatabaseTransaction,
  content: AchievementContent,
  actor: Actor,
  now: Date,
): Promise<AchievementVersionRow> {
  const id = randomUUID();
  await trx
    .insertInto('achievement')
    .values({ id, issuer_id: actor.issuer.id, created_at: now, retired_at: null })
    .execute();
  return await insertVersion(trx, id, 1, content.document, asText(content.evidence, null), actor, now);
}

/** Save a draft: the open one is replaced; an approved version stays as it is, and the next one begins. */
export async function saveDraft(
  trx: DatabaseTransaction,
  id: string,
  content: AchievementContent,
  actor: Actor,
  now: Date,
): Promise<AchievementVersionRow> {
  const latest = await latestOf(trx, id, actor);
  const { basis } = content;
  if (basis !== undefined && (basis.version !== latest.version || basis.changedAt !== latest.changed_at.toISOString()))
    throw new ApiError('conflict', 'Somebody saved this achievement after you had opened it. Look at it, then decide.');
  if (latest.state === 'review')
    throw new ApiError('conflict', 'This version is in review. Approve it, or send it back, before it is changed.');
  const { document } = content;
  const evidence = asText(content.evidence, latest.evidence);
  if (latest.state === 'approved')
    return await insertVersion(trx, id, latest.version + 1, document, evidence, actor, now);
  const saved = { document: JSON.stringify(document), evidence, changed_at: now, changed_by: actor.name };
  await trx
    .updateTable('achievement_version')
    .set(saved)
    .where('achievement_id', '=', id)
    .where('version', '=', latest.version)
    .execute();
  const row = { ...latest, ...saved };
  await audit(trx, 'achievement.save', row, actor, now);
  return row;
}

const asText = (evidence: EvidenceRequirement | null | undefined, before: string | null) =>
  evidence === undefined ? before : evidence === null ? null : JSON.stringify(evidence);

const steps = {
  submit: { from: 'draft', to: 'review' },
  return: { from: 'review', to: 'draft' },
  approve: { from: 'review', to: 'approved' },
} as const;
export type AchievementStep = keyof typeof steps;

/** Draft → review → approved, or back to draft with comments. What is approved never changes again. */
export async function moveAchievement(
  trx: DatabaseTransaction,
  id: string,
  { step, reason, comments = [] }: { step: AchievementStep; reason: string; comments?: readonly NewComment[] },
  actor: Actor,
  now: Date,
): Promise<AchievementVersionRow> {
  const latest = await latestOf(trx, id, actor);
  const { from, to } = steps[step];
  if (latest.state !== from)
    throw new ApiError('conflict', phrase`Version ${latest.version} is ${latest.state}, not ${from}.`);
  await trx
    .updateTable('achievement_version')
    .set({ state: to, changed_at: now, changed_by: actor.name })
    .where('achievement_id', '=', id)
    .where('version', '=', latest.version)
    .execute();
  if (step === 'submit') await resolveComments(trx, id, latest.version, now);
  await insertComments(trx, { achievementId: id, version: latest.version, actor: actor.name }, comments, now);
  await appendAudit(
    trx,
    {
      chain: actor.issuer.id,
      actor: actor.name,
      action: `achievement.${step}`,
      subject: id,
      reason,
      detail: {
        version: latest.version,
        document: sha256Hex(latest.document),
        ...(comments.length === 0 ? {} : { comments: sha256Hex(canonicalJson(comments as unknown as JsonObject[])) }),
      },
    },
    now,
  );
  return { ...latest, state: to, changed_at: now, changed_by: actor.name };
}

/** No more credentials of it from now on; those that exist stay what they are. */
export async function retireAchievement(
  trx: DatabaseTransaction,
  id: string,
  reason: string,
  actor: Actor,
  now: Date,
): Promise<void> {
  const achievement = await ownAchievement(trx, id, actor);
  if (achievement.retired_at !== null) throw new ApiError('conflict', 'This achievement is retired already.');
  await trx.updateTable('achievement').set({ retired_at: now }).where('id', '=', id).execute();
  const act = { chain: actor.issuer.id, actor: actor.name, action: 'achievement.retire', subject: id, reason };
  await appendAudit(trx, act, now);
}

async function ownAchievement(trx: DatabaseTransaction, id: string, actor: Actor): Promise<AchievementRow> {
  const achievement = await findAchievement(trx, actor.issuer.id, id);
  if (achievement === undefined) throw new ApiError('not-found', 'There is no such achievement.');
  return achievement;
}

/** The newest version, held until the transaction ends, so that two people do not change it at once. */
async function latestOf(trx: DatabaseTransaction, id: string, actor: Actor): Promise<AchievementVersionRow> {
  await ownAchievement(trx, id, actor);
  await trx.selectFrom('achievement').select('id').where('id', '=', id).forUpdate().execute();
  return (await findLatestVersion(trx, id)) as AchievementVersionRow;
}

async function insertVersion(
  trx: DatabaseTransaction,
  id: string,
  version: number,
  document: JsonObject,
  evidence: string | null,
  actor: Actor,
  now: Date,
): Promise<AchievementVersionRow> {
  const row: AchievementVersionRow = {
    achievement_id: id,
    version,
    state: 'draft',
    document: JSON.stringify(document),
    evidence,
    changed_at: now,
    changed_by: actor.name,
  };
  await trx.insertInto('achievement_version').values(row).execute();
  await audit(trx, 'achievement.draft', row, actor, now);
  return row;
}

async function audit(
  trx: DatabaseTransaction,
  action: string,
  { achievement_id, version, document, evidence }: AchievementVersionRow,
  actor: Actor,
  now: Date,
): Promise<void> {
  const detail = { version, document: sha256Hex(document), ...(evidence === null ? {} : { evidence }) };
  await appendAudit(trx, { chain: actor.issuer.id, actor: actor.name, action, subject: achievement_id, detail }, now);
}
