import type { Actor } from '../access/authorize.ts';
import type { Role } from '../access/roles.ts';
import { rolesOfOwners } from '../access/roles.ts';
import { appendAudit } from '../audit/append.ts';
import type { Database, DatabaseTransaction, Executor } from '../database.ts';
import { listAncestors } from '../issuer/store.ts';
import { ApiError } from '../problem.ts';

/** The people who were given a role in this very issuer. */
export function listMembers(db: Database, issuerId: string) {
  return db
    .selectFrom('member')
    .innerJoin('user', 'user.id', 'member.user_id')
    .select(['user.id', 'user.name', 'user.email', 'user.twoFactorEnabled', 'member.role', 'member.since'])
    .where('member.issuer_id', '=', issuerId)
    .orderBy('user.name')
    .orderBy('user.id')
    .execute();
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
  if (owner !== undefined) throw new ApiError('not-allowed', `Only an owner gives or takes the role "${role}".`);
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

/** Keys of an issuer that are in use and that a person made: they act on their own, also when the person is gone. */
export async function listKeysMadeBy(trx: DatabaseTransaction, issuerId: string, userId: string) {
  const keys = await trx
    .selectFrom('api_key')
    .select(['id', 'name', 'scopes'])
    .where('issuer_id', '=', issuerId)
    .where('revoked_at', 'is', null)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  if (keys.length === 0) return [];
  const made = await trx
    .selectFrom('audit_entry')
    .select('subject')
    .where('chain', '=', issuerId)
    .where('action', '=', 'api-key.make')
    .where('actor', '=', `user ${userId}`)
    .where(
      'subject',
      'in',
      keys.map(({ id }) => id),
    )
    .execute();
  const theirs = new Set(made.map(({ subject }) => subject));
  return keys.filter(({ id }) => theirs.has(id));
}

/** Take somebody's role; people may always take their own. Gives the keys that they made, which stay in use. */
export async function removeMember(
  trx: DatabaseTransaction,
  { userId, reason }: { userId: string; reason: string },
  actor: Actor,
  now: Date,
) {
  const role = await findMember(trx, actor.issuer.id, userId);
  const own = userId === actor.userId;
  if (!own) await requireRightToGive(trx, actor, role);
  if (role === 'owner') await requireAnotherOwner(trx, actor, userId);
  await trx.deleteFrom('member').where('issuer_id', '=', actor.issuer.id).where('user_id', '=', userId).execute();
  const action = own ? 'member.leave' : 'member.remove';
  const act = { chain: actor.issuer.id, actor: actor.name, action, subject: `user ${userId}` };
  await appendAudit(trx, { ...act, reason, detail: { role } }, now);
  return await listKeysMadeBy(trx, actor.issuer.id, userId);
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
): Promise<{ slug: string; profile: string; parentId: string | null; id: string; roles: Role[] }[]> {
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
    .select(['issuer.id', 'issuer.slug', 'issuer.profile', 'issuer.parent_id', 'reached.role'])
    .orderBy('issuer.slug')
    .execute();
  const issuers = new Map<
    string,
    { slug: string; profile: string; parentId: string | null; id: string; roles: Role[] }
  >();
  for (const { id, slug, profile, parent_id: parentId, role } of found) {
    const known = issuers.get(id);
    if (known === undefined) issuers.set(id, { id, slug, profile, parentId, roles: [role] });
    else known.roles.push(role);
  }
  return [...issuers.values()];
}
