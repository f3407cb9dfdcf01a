import { randomBytes, randomUUID } from 'node:crypto';
import type { Selectable } from 'kysely';
import type { Actor } from '../access/authorize.ts';
import type { Role } from '../access/roles.ts';
import { appendAudit } from '../audit/append.ts';
import type { Database, DatabaseTransaction, Executor, Tables } from '../database.ts';
import { sha256Hex } from '../digest.ts';
import { queueMail } from '../mail/queue.ts';
import type { MasterKey } from '../master-key.ts';
import { findPolicy } from '../policy/policy.ts';
import { ApiError } from '../problem.ts';
import { invitationLetter } from './letters.ts';
import { requireRightToGive } from './members.ts';

type InvitationRow = Selectable<Tables['invitation']>;

const validFor = 14 * 86_400_000;
const purposeOf = (id: string) => `invitation ${id}`;
const recipientOf = (masterKey: MasterKey, email: string) => masterKey.mac(email.toLowerCase(), 'invitation');
const emailOf = (masterKey: MasterKey, { id, email }: InvitationRow) =>
  new TextDecoder().decode(masterKey.open(email, purposeOf(id)));

/** Invite somebody by letter. Only the letter holds the token: who opens its link holds the address. */
export async function invite(
  trx: DatabaseTransaction,
  { email, role }: { email: string; role: Role },
  { actor, masterKey, publicUrl, now }: { actor: Actor; masterKey: MasterKey; publicUrl: string; now: Date },
): Promise<{ id: string; expiresAt: Date }> {
  await requireRightToGive(trx, actor, role);
  const { issuer } = actor;
  const id = randomUUID();
  const token = randomBytes(32).toString('base64url');
  const expiresAt = new Date(now.getTime() + validFor);
  await trx
    .insertInto('invitation')
    .values({
      id,
      issuer_id: issuer.id,
      digest: sha256Hex(token),
      email: masterKey.seal(new TextEncoder().encode(email), purposeOf(id)),
      recipient: recipientOf(masterKey, email),
      role,
      made_by: actor.name,
      created_at: now,
      expires_at: expiresAt,
      accepted_at: null,
      accepted_by: null,
      withdrawn_at: null,
    })
    .execute();
  const { name } = JSON.parse(issuer.profile) as { name: string };
  const { language } = (await findPolicy(trx, issuer.id)).policy;
  const letter = invitationLetter(publicUrl, email, { token, issuer: name, role }, language);
  await queueMail(trx, masterKey, [{ ...letter, issuerId: issuer.id }], now);
  const act = { chain: issuer.id, actor: actor.name, action: 'invitation.make', subject: id, detail: { role } };
  await appendAudit(trx, act, now);
  return { id, expiresAt };
}

/** The invitations of an issuer that wait for an answer, the newest first. */
export async function listInvitations(db: Database, masterKey: MasterKey, issuerId: string, now: Date) {
  const found = await db
    .selectFrom('invitation')
    .selectAll()
    .where('issuer_id', '=', issuerId)
    .where('accepted_at', 'is', null)
    .where('withdrawn_at', 'is', null)
    .where('expires_at', '>', now)
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .limit(1000)
    .execute();
  return found.map((row) => ({
    id: row.id,
    email: emailOf(masterKey, row),
    role: row.role,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
  }));
}

/** From now on its link opens nothing. */
export async function withdrawInvitation(
  trx: DatabaseTransaction,
  { id, reason }: { id: string; reason: string },
  actor: Actor,
  now: Date,
): Promise<void> {
  const withdrawn = await trx
    .updateTable('invitation')
    .set({ withdrawn_at: now })
    .where('issuer_id', '=', actor.issuer.id)
    .where('id', '=', id)
    .where('accepted_at', 'is', null)
    .where('withdrawn_at', 'is', null)
    .returning('role')
    .executeTakeFirst();
  if (withdrawn === undefined) throw new ApiError('not-found', 'There is no such invitation that waits.');
  await requireRightToGive(trx, actor, withdrawn.role);
  const act = { chain: actor.issuer.id, actor: actor.name, action: 'invitation.withdraw', subject: id, reason };
  await appendAudit(trx, act, now);
}

export interface OpenInvitation {
  id: string;
  issuerId: string;
  issuer: string;
  email: string;
  role: Role;
}

/** The invitation that a link carries; undefined when it was used, withdrawn, expired, or never there. */
export async function findInvitation(
  db: Executor,
  masterKey: MasterKey,
  token: string,
  now: Date,
): Promise<OpenInvitation | undefined> {
  const row = await db
    .selectFrom('invitation')
    .selectAll()
    .where('digest', '=', sha256Hex(token))
    .where('accepted_at', 'is', null)
    .where('withdrawn_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const { profile } = await db
    .selectFrom('issuer')
    .select('profile')
    .where('id', '=', row.issuer_id)
    .executeTakeFirstOrThrow();
  const { name } = JSON.parse(profile) as { name: string };
  return { id: row.id, issuerId: row.issuer_id, issuer: name, email: emailOf(masterKey, row), role: row.role };
}

/** Does an invitation wait for this address? */
export async function isInvited(db: Executor, masterKey: MasterKey, email: string, now: Date): Promise<boolean> {
  const found = await db
    .selectFrom('invitation')
    .select('id')
    .where('recipient', '=', recipientOf(masterKey, email))
    .where('accepted_at', 'is', null)
    .where('withdrawn_at', 'is', null)
    .where('expires_at', '>', now)
    .limit(1)
    .executeTakeFirst();
  return found !== undefined;
}

/** Make a person a member by their invitation, once. Its link came by letter, so the address is theirs. */
export async function acceptInvitation(
  trx: DatabaseTransaction,
  { token, user }: { token: string; user: { id: string; email: string } },
  masterKey: MasterKey,
  now: Date,
): Promise<OpenInvitation> {
  const invitation = await findInvitation(trx, masterKey, token, now);
  if (invitation === undefined) throw new ApiError('not-found', 'This invitation was used, withdrawn, or has expired.');
  if (invitation.email.toLowerCase() !== user.email.toLowerCase())
    throw new ApiError('not-allowed', 'This invitation is for another e-mail address. Sign in with that one.');
  const taken = await trx
    .updateTable('invitation')
    .set({ accepted_at: now, accepted_by: user.id })
    .where('id', '=', invitation.id)
    .where('accepted_at', 'is', null)
    .where('withdrawn_at', 'is', null)
    .returning(['id', 'made_by'])
    .executeTakeFirst();
  if (taken === undefined) throw new ApiError('not-found', 'This invitation was used, withdrawn, or has expired.');
  const { id, issuerId, role } = invitation;
  const added = await trx
    .insertInto('member')
    .values({ issuer_id: issuerId, user_id: user.id, role, since: now, given_by: taken.made_by })
    .onConflict((conflict) => conflict.columns(['issuer_id', 'user_id']).doNothing())
    .returning('role')
    .executeTakeFirst();
  if (added === undefined)
    throw new ApiError('conflict', 'You are a member already. Ask an owner or admin for another role.');
  await trx.updateTable('user').set({ emailVerified: true }).where('id', '=', user.id).execute();
  const act = { chain: issuerId, actor: `user ${user.id}`, action: 'member.join', subject: `user ${user.id}` };
  await appendAudit(trx, { ...act, detail: { role, invitation: id } }, now);
  return invitation;
}
