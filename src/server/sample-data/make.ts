import type { JsonObject } from '../../core/json/json.ts';
import type { Actor } from '../access/authorize.ts';
import { scopes } from '../access/roles.ts';
import { createAchievement, moveAchievement } from '../achievement/change-achievement.ts';
import { type AchievementVersionRow, findLatestVersion } from '../achievement/store.ts';
import { appendAudit } from '../audit/append.ts';
import { changeClaim } from '../claim/change-claim.ts';
import { reissueOne } from '../correction/reissue.ts';
import { changeStatus } from '../credential/change-status.ts';
import { issueOne } from '../credential/issue.ts';
import { issueClr } from '../credential/issue-clr.ts';
import { recipientOf } from '../credential/recipient.ts';
import type { CredentialRow } from '../credential/store.ts';
import { createIssuer } from '../issuer/create-issuer.ts';
import { findIssuer, type IssuerRow } from '../issuer/store.ts';
import type { IssuingDeps } from '../issuing.ts';
import type { SignedInUser } from '../people/identity.ts';
import { changePolicy } from '../policy/policy.ts';
import { ApiError, phrase } from '../problem.ts';
import { type SampleAchievement, type SampleIssuer, sampleAchievements, sampleIssuers } from './content.ts';
import { findSampleRecord, recordIssuer, why } from './find-record.ts';
import { recordAwards, type SampleAward, sampleAwards } from './learners.ts';

type Deps = Pick<IssuingDeps, 'db' | 'masterKey' | 'publicUrl' | 'lists' | 'now'>;
type Owner = Pick<SignedInUser, 'id' | 'name'>;

/**
 * Make the sample data, through the same code as everything that is issued here. What is there already is left as it is, so that
 * it can be begun anew wherever it ended. `tell` is told after each credential, and says whether to go on.
 */
export async function makeSampleData(
  deps: Deps,
  owner: Owner,
  tell: (done: number) => Promise<boolean>,
): Promise<void> {
  const actors = new Map<string, Actor>();
  for (const issuer of sampleIssuers)
    actors.set(issuer.slug, actorIn(await findOrMakeIssuer(deps, issuer, owner), owner));
  const ids = new Map<string, string>();
  for (const achievement of sampleAchievements) {
    const actor = actors.get(achievement.issuer) as Actor;
    ids.set(achievement.code, await findOrMakeAchievement(deps, achievement, actor));
  }
  const give = (award: SampleAward, isAccepted: boolean) => {
    const { issuer, code } = award.achievement;
    return giveAward(deps, actors.get(issuer) as Actor, ids.get(code) as string, award, isAccepted);
  };
  for (const [index, award] of sampleAwards(deps.now()).entries()) {
    // Three of four learners accepted, so that everybody can look at their credentials.
    await give(award, index % 4 !== 3);
    if (index === 0) await giveRecord(deps, actors.get(recordIssuer) as Actor, award, give);
    if (!(await tell(index + 1))) return;
  }
}

const actorIn = (issuer: IssuerRow, { id, name }: Owner): Actor => ({
  name: `user ${id}`,
  title: name,
  issuer,
  userId: id,
  roles: ['owner'],
  scopes,
});

async function findOrMakeIssuer({ db, masterKey, now }: Deps, wanted: SampleIssuer, owner: Owner): Promise<IssuerRow> {
  const { slug, profile, policy } = wanted;
  const existing = await findIssuer(db, slug);
  if (existing !== undefined && !existing.sample)
    throw new ApiError('conflict', phrase`There is an issuer with the name "${slug}" that is none of the sample data.`);
  if (existing !== undefined) return existing;
  const parent = wanted.parent === null ? undefined : await findIssuer(db, wanted.parent);
  const actor = `user ${owner.id}`;
  return await db.transaction().execute(async (trx) => {
    const made = { slug, profile, parentId: parent?.id ?? null, sample: true };
    const issuer = await createIssuer(trx, made, actor, masterKey, now());
    if (parent === undefined) {
      const member = { issuer_id: issuer.id, user_id: owner.id, role: 'owner' as const, since: now(), given_by: actor };
      await trx.insertInto('member').values(member).execute();
      const detail = { role: 'owner' };
      await appendAudit(trx, { chain: issuer.id, actor, action: 'member.join', subject: actor, detail }, now());
    }
    await changePolicy(trx, { issuerId: issuer.id, change: policy, reason: why }, actor, now());
    return issuer;
  });
}

async function findOrMakeAchievement(deps: Deps, wanted: SampleAchievement, actor: Actor): Promise<string> {
  const { db, now } = deps;
  const { code, document, evidence } = wanted;
  let version = await findByCode(deps, actor.issuer.id, code);
  version ??= await db.transaction().execute((trx) => createAchievement(trx, { document, evidence }, actor, now()));
  const { achievement_id: id, state } = version;
  for (const step of state === 'draft'
    ? (['submit', 'approve'] as const)
    : state === 'review'
      ? (['approve'] as const)
      : [])
    await db.transaction().execute((trx) => moveAchievement(trx, id, { step, reason: why }, actor, now()));
  return id;
}

async function findByCode({ db }: Deps, issuerId: string, code: string): Promise<AchievementVersionRow | undefined> {
  const achievements = await db.selectFrom('achievement').select('id').where('issuer_id', '=', issuerId).execute();
  for (const { id } of achievements) {
    // An approved one stays what it is, also when somebody has begun to change it.
    const version = (await findLatestVersion(db, id, ['approved'])) ?? (await findLatestVersion(db, id));
    if (version !== undefined && (JSON.parse(version.document) as JsonObject).humanCode === code) return version;
  }
  return undefined;
}

async function giveAward(
  deps: Deps,
  actor: Actor,
  achievementId: string,
  award: SampleAward,
  isAccepted: boolean,
): Promise<void> {
  const { db, masterKey, now } = deps;
  const recipient = recipientOf(masterKey, award.learner);
  const held = await db
    .selectFrom('credential')
    .selectAll()
    .where('achievement_id', '=', achievementId)
    .where('recipient', '=', recipient)
    .orderBy('issued_at')
    .limit(1)
    .executeTakeFirst();
  const credential = held ?? (await issue(deps, actor, achievementId, award));
  if (credential.state !== 'active') return;
  if (isAccepted && credential.claim_state === 'waiting')
    await db.transaction().execute((trx) => changeClaim(trx, credential, 'accept', now()));
  const { fate } = award;
  if (fate === 'revoked' || fate === 'suspended') {
    const [change, reason] =
      fate === 'revoked'
        ? (['revoke', 'Issued to the wrong person (sample)'] as const)
        : (['suspend', 'Under review (sample)'] as const);
    const changed = await db
      .transaction()
      .execute((trx) => changeStatus(trx, credential.id, change, reason, actor, now()));
    deps.lists.forget(changed.status_list_id);
  }
  // The first edition is in force only as long as there is no other.
  if (fate === 'superseded') await replace(deps, actor, credential, award);
}

async function issue(deps: Deps, actor: Actor, achievementId: string, award: SampleAward): Promise<CredentialRow> {
  const { learner, belowPassMark } = award;
  const { validFrom, validUntil } = learner;
  const issued = await issueOne(deps, actor, {
    achievementId,
    learner,
    dates: {
      ...(validFrom === undefined ? {} : { validFrom }),
      ...(validUntil === undefined ? {} : { validUntil }),
    },
    duplicates: 'refuse',
    // Only where the gate of its issuer would refuse it.
    waiver: { by: actor.title, at: now(deps), reason: 'Part of a programme that is assessed as a whole (sample)' },
    belowPassMark: belowPassMark ? 'Passed by the decision of the board (sample)' : null,
    reason: why,
    deliver: 'none',
  });
  if (!issued.ok) throw new Error(`a sample cannot be issued: ${JSON.stringify(issued.findings)}`);
  return issued.credential;
}

/** A learner record of one of them, who is awarded more for it; one of its credentials is revoked after it was issued. */
async function giveRecord(
  deps: Deps,
  actor: Actor,
  { learner: { name, email } }: SampleAward,
  give: (award: SampleAward, isAccepted: boolean) => Promise<void>,
): Promise<void> {
  const { db } = deps;
  const learner = { name, email };
  const awards = recordAwards(deps.now());
  let record = await findSampleRecord(db);
  if (record === undefined) {
    for (const award of awards) await give({ ...award, fate: 'none' }, true);
    const issued = await issueClr(deps, actor, { learner, dates: {}, reason: why, deliver: 'none' });
    if (!issued.ok) throw new Error(`a sample record cannot be issued: ${JSON.stringify(issued.findings)}`);
    record = issued.credential;
  }
  const { id, claim_state, claim_version } = record;
  if (claim_state === 'waiting')
    await db.transaction().execute((trx) => changeClaim(trx, { id, claim_version }, 'accept', deps.now()));
  for (const award of awards) if (award.fate !== 'none') await give(award, true);
}

const now = (deps: Deps) => deps.now().toISOString();

async function replace(deps: Deps, actor: Actor, { id }: CredentialRow, { learner }: SampleAward): Promise<void> {
  const done = await reissueOne(deps, actor, {
    id,
    learner: { name: `${learner.name}-Neu` },
    version: 'same',
    exceptions: {
      waiver: { by: actor.title, at: now(deps), reason: 'As the edition before (sample)' },
      allowBelowPassMark: true,
    },
    reason: 'The name was misspelt (sample)',
  });
  if (!done.ok) throw new Error(`a sample cannot be issued anew: ${JSON.stringify(done.findings)}`);
  deps.lists.forget(done.old.status_list_id);
}
