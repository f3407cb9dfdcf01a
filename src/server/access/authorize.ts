import type { FastifyRequest } from 'fastify';
import type { Database, Executor } from '../database.ts';
import { findIssuer, type IssuerRow, listAncestors } from '../issuer/store.ts';
import type { Identity, SignedInUser } from '../people/identity.ts';
import { ApiError, phrase } from '../problem.ts';
import { findApiKey } from './api-keys.ts';
import { type Role, type Scope, scopesOf } from './roles.ts';
import { requireSameOrigin } from './same-origin.ts';

/** Who acts, as the audit log names it. */
export interface Actor {
  name: string;
  /** As people know them: where a person answers for an exception. */
  title: string;
  issuer: IssuerRow;
  /** Null for an API key. */
  userId: string | null;
  /** Of a person, in the issuer and in all above it. */
  roles: readonly Role[];
  /** All that they may do here. */
  scopes: readonly Scope[];
}

export interface AccessDeps {
  db: Database;
  identity: Identity;
  publicUrl: string;
}

/**
 * The issuer that a request is about, and who asks, by an API key or a session. Rights come down the tree: who acts in a
 * district acts in its schools. A stranger learns nothing: what they may not see is not there.
 */
export async function authorize(deps: AccessDeps, request: FastifyRequest, slug: string, scope: Scope): Promise<Actor> {
  return request.headers.authorization === undefined
    ? await authorizeUser(deps, request, slug, scope)
    : await authorizeKey(deps, request, slug, scope);
}

async function authorizeKey({ db }: AccessDeps, request: FastifyRequest, slug: string, scope: Scope): Promise<Actor> {
  const key = await findApiKey(db, request.headers.authorization ?? '');
  if (key === undefined)
    throw new ApiError('not-signed-in', 'Send an API key of this issuer as "Authorization: Bearer assay_…".');
  const issuer = await findIssuer(db, slug);
  if (issuer === undefined || !(await listAncestors(db, issuer)).includes(key.issuer_id))
    throw new ApiError('not-found', 'There is no such issuer, or this key has no rights there.');
  const allowed = key.scopes.split(' ') as Scope[];
  if (!allowed.includes(scope))
    throw new ApiError('not-allowed', phrase`This key may not do that: it lacks the scope "${scope}".`);
  return { name: `api-key ${key.id}`, title: key.name, issuer, userId: null, roles: [], scopes: allowed };
}

async function authorizeUser(deps: AccessDeps, request: FastifyRequest, slug: string, scope: Scope): Promise<Actor> {
  const { id, name: title } = await requireUser(deps, request);
  const issuer = await findIssuer(deps.db, slug);
  const roles = issuer === undefined ? [] : await listRoles(deps.db, issuer, id);
  if (issuer === undefined || roles.length === 0)
    throw new ApiError('not-found', 'There is no such issuer, or you have no rights there.');
  const allowed = roles.flatMap((role) => scopesOf[role]);
  if (!allowed.includes(scope))
    throw new ApiError('not-allowed', phrase`Your role here does not allow that: it lacks "${scope}".`);
  return { name: `user ${id}`, title, issuer, userId: id, roles, scopes: allowed };
}

/** The signed-in person who asks, from a page of ours. */
export async function requireUser(
  { identity, publicUrl }: Omit<AccessDeps, 'db'>,
  request: FastifyRequest,
): Promise<SignedInUser> {
  const user = await identity.findUser(request);
  if (user === null)
    throw new ApiError('not-signed-in', 'Sign in, or send an API key as "Authorization: Bearer assay_…".');
  requireSameOrigin(request, publicUrl);
  return user;
}

/** What a person is in an issuer and in all above it. */
export async function listRoles(db: Executor, issuer: IssuerRow, userId: string): Promise<Role[]> {
  const found = await db
    .selectFrom('member')
    .select('role')
    .where('user_id', '=', userId)
    .where('issuer_id', 'in', await listAncestors(db, issuer))
    .execute();
  return found.map(({ role }) => role);
}

/** Is a person an owner of an issuer with nothing above it? Such people answer for the instance. */
export async function ownsRoot(db: Executor, userId: string): Promise<boolean> {
  const found = await db
    .selectFrom('member')
    .innerJoin('issuer', 'issuer.id', 'member.issuer_id')
    .select('issuer.id')
    .where('member.user_id', '=', userId)
    .where('member.role', '=', 'owner')
    .where('issuer.parent_id', 'is', null)
    // Whoever is shown around there answers for nothing.
    .where('issuer.sample', '=', false)
    .limit(1)
    .executeTakeFirst();
  return found !== undefined;
}

/** May who asks also do this? For an answer that says more to those who may. */
export async function isAllowed(
  deps: AccessDeps,
  request: FastifyRequest,
  slug: string,
  scope: Scope,
): Promise<boolean> {
  try {
    await authorize(deps, request, slug, scope);
    return true;
  } catch (error) {
    if (error instanceof ApiError && error.code === 'not-allowed') return false;
    throw error;
  }
}
