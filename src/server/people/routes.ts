import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { findApiKey } from '../access/api-keys.ts';
import { authorize, requireUser } from '../access/authorize.ts';
import { type Role, roles, type Scope, scopesOf } from '../access/roles.ts';
import { findIssuerById } from '../issuer/store.ts';
import type { IssuingDeps } from '../issuing.ts';
import { ApiError } from '../problem.ts';
import { isReal } from '../public-url.ts';
import { inIssuer, reason, typed } from '../typed.ts';
import { emailAddress } from './accounts.ts';
import { acceptInvitation, invite, listInvitations, withdrawInvitation } from './invitations.ts';
import { changeRole, listMembers, listMemberships, removeMember } from './members.ts';

const role = z.enum(roles);

/** Who is signed in. */
export interface Me {
  user: { id: string; name: string; email: string; twoFactor: boolean };
  /** Where they may act; `parent` is the one above, when they may act there too. */
  issuers: { slug: string; name: string; parent: string | null; roles: Role[]; scopes: Scope[] }[];
  /** This instance has no https address: nothing that it issues is for real use. */
  test: boolean;
}

/** Who may do what: members of issuers, invitations, and who asks. */
export function peopleRoutes(app: FastifyInstance, deps: IssuingDeps): void {
  const { db, masterKey, publicUrl } = deps;

  const describeUser = async (request: FastifyRequest): Promise<Me> => {
    const { id, name, email, twoFactor } = await requireUser(deps, request);
    const memberships = await listMemberships(db, id);
    const slugOf = new Map(memberships.map((one) => [one.id, one.slug]));
    const issuers = memberships.map(({ slug, profile, roles, parentId }) => ({
      slug,
      name: (JSON.parse(profile) as { name: string }).name,
      parent: slugOf.get(parentId ?? '') ?? null,
      roles,
      scopes: [...new Set(roles.flatMap((one) => scopesOf[one]))],
    }));
    return { user: { id, name, email, twoFactor }, issuers, test: !isReal(publicUrl) };
  };

  typed(app).get('/api/me', { schema: { summary: 'Who asks, and where they may do what' } }, async (request) =>
    request.headers.authorization === undefined
      ? await describeUser(request)
      : await describeKey(request.headers.authorization),
  );

  async function describeKey(authorization: string) {
    const key = await findApiKey(db, authorization);
    const issuer = key === undefined ? undefined : await findIssuerById(db, key.issuer_id);
    if (key === undefined || issuer === undefined)
      throw new ApiError('not-signed-in', 'This is no API key that is in use.');
    const { name } = JSON.parse(issuer.profile) as { name: string };
    const issuers = [{ slug: issuer.slug, name, roles: [], scopes: key.scopes.split(' ') }];
    return { apiKey: { id: key.id, name: key.name }, issuers };
  }

  typed(app).get(
    '/api/issuers/:slug/members',
    { schema: { summary: 'Who has a role in this issuer', params: inIssuer } },
    async (request) => {
      const { issuer } = await authorize(deps, request, request.params.slug, 'manage');
      return (await listMembers(db, issuer.id)).map(({ id, name, email, twoFactorEnabled, role, since }) => ({
        id,
        name,
        email,
        twoFactor: twoFactorEnabled === true,
        role,
        since,
      }));
    },
  );

  const inMember = inIssuer.extend({ id: z.uuid() });
  typed(app).put(
    '/api/issuers/:slug/members/:id',
    { schema: { summary: 'Give a member another role', params: inMember, body: z.object({ role, reason }) } },
    async (request, reply) => {
      const actor = await authorize(deps, request, request.params.slug, 'manage');
      const change = { userId: request.params.id, ...request.body };
      await db.transaction().execute((trx) => changeRole(trx, change, actor, deps.now()));
      return reply.status(204).send();
    },
  );

  typed(app).post(
    '/api/issuers/:slug/members/:id/remove',
    {
      schema: {
        summary: 'Take a member’s role; API keys that they made stay in use, and are listed',
        params: inMember,
        body: z.object({ reason }),
      },
    },
    async (request) => {
      const actor = await authorize(deps, request, request.params.slug, 'manage');
      const which = { userId: request.params.id, reason: request.body.reason };
      const keys = await db.transaction().execute((trx) => removeMember(trx, which, actor, deps.now()));
      return { apiKeysInUse: keys.map(({ id, name, scopes }) => ({ id, name, scopes: scopes.split(' ') })) };
    },
  );

  typed(app).post(
    '/api/issuers/:slug/leave',
    {
      schema: {
        summary: 'Give one’s own role back; API keys that one made stay in use, and are listed',
        params: inIssuer,
        body: z.object({ reason }),
      },
    },
    async (request) => {
      const actor = await authorize(deps, request, request.params.slug, 'read');
      const { userId } = actor;
      if (userId === null) throw new ApiError('not-allowed', 'A key is no member: revoke it instead.');
      const which = { userId, reason: request.body.reason };
      const keys = await db.transaction().execute((trx) => removeMember(trx, which, actor, deps.now()));
      return { apiKeysInUse: keys.map(({ id, name, scopes }) => ({ id, name, scopes: scopes.split(' ') })) };
    },
  );

  typed(app).get(
    '/api/issuers/:slug/invitations',
    { schema: { summary: 'Invitations that wait for an answer', params: inIssuer } },
    async (request) => {
      const { issuer } = await authorize(deps, request, request.params.slug, 'manage');
      return await listInvitations(db, masterKey, issuer.id, deps.now());
    },
  );

  typed(app).post(
    '/api/issuers/:slug/invitations',
    {
      schema: {
        summary: 'Invite somebody by letter; the invitation holds for 14 days',
        params: inIssuer,
        body: z.object({ email: emailAddress, role }),
      },
    },
    async (request, reply) => {
      const actor = await authorize(deps, request, request.params.slug, 'manage');
      const made = await db
        .transaction()
        .execute((trx) => invite(trx, request.body, { actor, masterKey, publicUrl, now: deps.now() }));
      return reply.status(201).send(made);
    },
  );

  typed(app).post(
    '/api/issuers/:slug/invitations/:id/withdraw',
    {
      schema: {
        summary: 'Take an invitation back',
        params: inIssuer.extend({ id: z.uuid() }),
        body: z.object({ reason }),
      },
    },
    async (request, reply) => {
      const actor = await authorize(deps, request, request.params.slug, 'manage');
      const which = { id: request.params.id, reason: request.body.reason };
      await db.transaction().execute((trx) => withdrawInvitation(trx, which, actor, deps.now()));
      return reply.status(204).send();
    },
  );

  typed(app).post(
    '/api/invitations/accept',
    {
      schema: {
        summary: 'Accept an invitation as the person who is signed in',
        body: z.object({ token: z.string().min(1).max(100) }),
      },
    },
    async (request) => {
      const user = await requireUser(deps, request);
      const { token } = request.body;
      const { issuer, role } = await db
        .transaction()
        .execute((trx) => acceptInvitation(trx, { token, user }, masterKey, deps.now()));
      return { issuer, role };
    },
  );
}
