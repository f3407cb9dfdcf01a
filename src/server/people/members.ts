import { revokeApiKey } from '../access/api-keys.ts';
import type { Actor } from '../access/authorize.ts';
import type { Role } from '../access/roles.ts';
import { rolesOfOwners } from '../access/roles.ts';
import { appendAudit } from '../audit/append.ts';
import type { Database, DatabaseTransaction, Executor } from '../database.ts';
import { type IssuerRow, listAncestors } from '../issuer/store.ts';
import { ApiError, phrase } from '../problem.ts';

/** The people who may act in an issuer: by a role of its own, or by one that comes down from above. */
export async function listMembers(db: Database, issuer: IssuerRow) {
  const found = await db
    .selectFrom('member')
    .innerJoin('user', 'user.id', 'member.user_id')
    .innerJoin('issuer', 'issuer.id', 'member.issuer_id')
    .select(['user.id', 'user.name', 'user.email', 'user.twoFactorEnabled', 'member.role', 'member.since'])
    .select(['issuer.id as issuerId', 'issuer.slug', 'issuer.profile'])
    .where('member.issuer_id', 'in', await listAncestors(db, issuer))
    .orderBy('user.name')
    .orderBy('user.id')
    .execute();
  return found.map(({ issuerId, slug, profile, ...member }) => ({
    ...member,
    /** Where the role was given; null for this very issuer. */
    from: issuerId === issuer.id ? null : { slug, name: (JSON.parse(profile) as { name: string }).name },
  }));
}

/** Has a person a role of this very issuer? */
export async function isMember(db: Database, issuerId: string, userId: string): Promise<boolean> {
  const found = await db
    .selectFrom('member')
    .select('user_id')
    .where('issuer_id', '=', issuerId)
    .where('user_id', '=', userId)
    .executeTakeFirst();
  return found !== undefined;
}

/**
 * Owners and admins are made and unmade by owners alone, of this issuer or of one above it. Where there is none yet, as after
 * a set-up by script, whoever manages the issuer names the first.
 */
export async function requireRightToGive(trx: DatabaseTransaction, actor: Actor, role: Role): Promise<void> {
  if (!rolesOfOwners.includes(role) || actor.roles.includes('owner')) return;
  const owner = await trx
    .selectFrom('member')
    .select('user_id')
    .where('issuer_id', 'in', await listAncestors(trx, actor.issuer))
    .where('role', '=', 'owner')
    .limit(1)
    .executeTakeFirst();
  if (owner !== undefined) throw new ApiError('not-allowed', phrase`Only an owner gives or takes the role of ${role}.`);
}

/** Give somebody another role. */
export async function changeRole(
  trx: DatabaseTransaction,
  { userId, role, reason }: { userId: string; role: Role; reason: string },
  actor: Actor,
  now: Date,
): Promise<void> {
  const before = await findMember(trx, actor.issuer.id, userId);
  for (const touched of [before, role]) await requireRightToGive(trx, actor, touched);
  if (before === role) return;
  if (before === 'owner') await requireAnotherOwner(trx, actor, userId);
  await trx
    .updateTable('member')
    .set({ role, since: now, given_by: actor.name })
    .where('issuer_id', '=', actor.issuer.id)
    .where('user_id', '=', userId)
    .execute();
  const detail = { from: before, to: role };
  const act = { chain: actor.issuer.id, actor: actor.name, action: 'member.change', subject: `user ${userId}` };
  await appendAudit(trx, { ...act, reason, detail }, now);
}

/**
 * What a person made with their role in an issuer and that acts without them: API keys in use and invitations that wait, there
 * and in all units below, save those where another role of theirs still holds.
 */
export async function listMadeBy(db: Executor, issuerId: string, userId: string, now: Date) {
  const reach = await db
    .withRecursive('reached', (query) =>
      query
        .selectFrom('issuer')
        .select('id')
        .where('id', '=', issuerId)
        .union((below) =>
          below
            .selectFrom('issuer')
            .innerJoin('reached', 'reached.id', 'issuer.parent_id')
            .select('issuer.id')
            .where(({ not, exists, selectFrom }) =>
              not(
                exists(
                  selectFrom('member')
                    .select('user_id')
                    .whereRef('member.issuer_id', '=', 'issuer.id')
                    .where('member.user_id', '=', userId),
                ),
              ),
            ),
        ),
    )
    .selectFrom('reached')
    .select('id')
    .execute();
  const ids = reach.map(({ id }) => id);
  const maker = `user ${userId}`;
  const apiKeys = await db
    .selectFrom('api_key')
    .select(['id', 'name', 'scopes', 'issuer_id'])
    .where('issuer_id', 'in', ids)
    .where('made_by', '=', maker)
    .where('revoked_at', 'is', null)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  const invitations = await db
    .selectFrom('invitation')
    .select(['id', 'role', 'issuer_id'])
    .where('issuer_id', 'in', ids)
    .where('made_by', '=', maker)
    .where('accepted_at', 'is', null)
    .where('withdrawn_at', 'is', null)
    .where('expires_at', '>', now)
    .orderBy('id')
    .execute();
  return { apiKeys, invitations };
}

export interface Removal {
  userId: string;
  reason: string;
  /** Leave the API keys that they made in use: something else may depend on them. */
  keepApiKeys: boolean;
}

/**
 * Take somebody's role; people may always take their own. What they made ends with it: API keys, unless they are kept, and
 * invitations that wait.
 */
export async function removeMember(trx: DatabaseTransaction, removal: Removal, actor: Actor, now: Date) {
  const { userId, reason, keepApiKeys } = removal;
  const role = await findMember(trx, actor.issuer.id, userId);
  const own = userId === actor.userId;
  if (!own) await requireRightToGive(trx, actor, role);
  if (role === 'owner') await requireAnotherOwner(trx, actor, userId);
  const made = await listMadeBy(trx, actor.issuer.id, userId, now);
  await trx.deleteFrom('member').where('issuer_id', '=', actor.issuer.id).where('user_id', '=', userId).execute();
  const action = own ? 'member.leave' : 'member.remove';
  const act = { chain: actor.issuer.id, actor: actor.name, action, subject: `user ${userId}` };
  await appendAudit(trx, { ...act, reason, detail: { role } }, now);
  for (const { id, issuer_id } of keepApiKeys ? [] : made.apiKeys)
    await revokeApiKey(trx, { issuerId: issuer_id, id, reason }, actor.name, now);
  for (const { id, issuer_id } of made.invitations) {
    await trx.updateTable('invitation').set({ withdrawn_at: now }).where('id', '=', id).execute();
    const end = { chain: issuer_id, actor: actor.name, action: 'invitation.withdraw', subject: id, reason };
    await appendAudit(trx, end, now);
  }
  return made;
}

/** The role of a member, who is held until the transaction ends. */
async function findMember(trx: DatabaseTransaction, issuerId: string, userId: string): Promise<Role> {
  // One change of an issuer's members after the other: two owners who leave at once would leave none.
  await trx.selectFrom('issuer').select('id').where('id', '=', issuerId).forUpdate().execute();
  const found = await trx
    .selectFrom('member')
    .select('role')
    .where('issuer_id', '=', issuerId)
    .where('user_id', '=', userId)
    .executeTakeFirst();
  if (found === undefined) throw new ApiError('not-found', 'There is no such member of this issuer.');
  return found.role;
}

/** An issuer with nothing above it keeps an owner: nobody else could give that role again. */
async function requireAnotherOwner(trx: DatabaseTransaction, { issuer }: Actor, userId: string): Promise<void> {
  if (issuer.parent_id !== null) return;
  const other = await trx
    .selectFrom('member')
    .select('user_id')
    .where('issuer_id', '=', issuer.id)
    .where('role', '=', 'owner')
    .where('user_id', '<>', userId)
    .limit(1)
    .executeTakeFirst();
  if (other === undefined) throw new ApiError('conflict', 'This is the last owner. Make somebody else an owner first.');
}

/** Every issuer that a person may act in: those they have a role in, and all below, with all their roles there. */
export async function listMemberships(
  db: Executor,
  userId: string,
): Promise<{ slug: string; profile: string; parentId: string | null; id: string; sample: boolean; roles: Role[] }[]> {
  const found = await db
    .withRecursive('reached', (query) =>
      query
        .selectFrom('member')
        .select(['issuer_id', 'role'])
        .where('user_id', '=', userId)
        .union((below) =>
          below
            .selectFrom('issuer')
            .innerJoin('reached', 'reached.issuer_id', 'issuer.parent_id')
            .select(['issuer.id as issuer_id', 'reached.role']),
        ),
    )
    .selectFrom('reached')
    .innerJoin('issuer', 'issuer.id', 'reached.issuer_id')
    .select(['issuer.id', 'issuer.slug', 'issuer.profile', 'issuer.parent_id', 'issuer.sample', 'reached.role'])
    .orderBy('issuer.slug')
    .execute();
  const issuers = new Map<
    string,
    { slug: string; profile: string; parentId: string | null; id: string; sample: boolean; roles: Role[] }
  >();
  for (const { id, slug, profile, parent_id: parentId, sample, role } of found) {
    const known = issuers.get(id);
    if (known === undefined) issuers.set(id, { id, slug, profile, parentId, sample, roles: [role] });
    else known.roles.push(role);
  }
  return [...issuers.values()];
}
