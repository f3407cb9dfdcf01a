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
import { changeRole, isMember, listMadeBy, listMembers, listMemberships, removeMember } from './members.ts';

const role = z.enum(roles);

/** Who is signed in. */
export interface Me {
  user: { id: string; name: string; email: string; twoFactor: boolean };
  /** Where they may act; `parent` is the one above, when they may act there too. */
  issuers: { slug: string; name: string; parent: string | null; roles: Role[]; scopes: Scope[]; sample: boolean }[];
  /** This instance has no https address: nothing that it issues is for real use. */
  test: boolean;
}

/** Somebody who may act in an issuer. */
export interface ShownMember {
  id: string;
  name: string;
  email: string | null;
  twoFactor: boolean;
  role: Role;
  since: Date;
  /** The issuer above that gave the role; null for this very one. */
  from: { slug: string; name: string } | null;
}

export type ShownInvitation = Awaited<ReturnType<typeof listInvitations>>[number];

/** What ends with somebody's role. */
export interface Ending {
  apiKeys: { id: string; name: string; scopes: string[] }[];
  invitations: number;
}

const ending = ({ apiKeys, invitations }: Awaited<ReturnType<typeof listMadeBy>>): Ending => ({
  apiKeys: apiKeys.map(({ id, name, scopes }) => ({ id, name, scopes: scopes.split(' ') })),
  invitations: invitations.length,
});

/** Who may do what: members of issuers, invitations, and who asks. */
export function peopleRoutes(app: FastifyInstance, deps: IssuingDeps): void {
  const { db, masterKey, publicUrl } = deps;

  const describeUser = async (request: FastifyRequest): Promise<Me> => {
    const { id, name, email, twoFactor } = await requireUser(deps, request);
    const memberships = await listMemberships(db, id);
    const slugOf = new Map(memberships.map((one) => [one.id, one.slug]));
    const issuers = memberships.map(({ slug, profile, roles, parentId, sample }) => ({
      slug,
      sample,
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
    { schema: { summary: 'Who may act in this issuer, also by a role from above', params: inIssuer } },
    async (request): Promise<{ items: ShownMember[]; next: null }> => {
      const { issuer } = await authorize(deps, request, request.params.slug, 'manage');
      const items = (await listMembers(db, issuer)).map(({ id, name, email, twoFactorEnabled, role, since, from }) => ({
        id,
        name,
        // Of people above no more than who they are.
        email: from === null ? email : null,
        twoFactor: twoFactorEnabled === true,
        role,
        since,
        from,
      }));
      return { items, next: null };
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

  typed(app).get(
    '/api/issuers/:slug/members/:id/removal',
    {
      schema: {
        summary: 'What ends with a member’s role: API keys that they made, and invitations that wait',
        params: inMember,
      },
    },
    async (request): Promise<Ending> => {
      const { issuer } = await authorize(deps, request, request.params.slug, 'manage');
      const { id } = request.params;
      if (!(await isMember(db, issuer.id, id))) throw new ApiError('not-found', 'There is no such member.');
      return ending(await listMadeBy(db, issuer.id, id, deps.now()));
    },
  );

  const removal = z.object({ reason, keepApiKeys: z.boolean().default(false) });
  typed(app).post(
    '/api/issuers/:slug/members/:id/remove',
    {
      schema: {
        summary: 'Take a member’s role, with their API keys, unless they are kept, and invitations that wait',
        params: inMember,
        body: removal,
      },
    },
    async (request) => {
      const actor = await authorize(deps, request, request.params.slug, 'manage');
      const which = { userId: request.params.id, ...request.body };
      return ending(await db.transaction().execute((trx) => removeMember(trx, which, actor, deps.now())));
    },
  );

  typed(app).post(
    '/api/issuers/:slug/leave',
    {
      schema: {
        summary: 'Give one’s own role back, with one’s API keys, unless they are kept, and invitations that wait',
        params: inIssuer,
        body: removal,
      },
    },
    async (request) => {
      const actor = await authorize(deps, request, request.params.slug, 'read');
      const { userId } = actor;
      if (userId === null) throw new ApiError('not-allowed', 'A key is no member: revoke it instead.');
      const which = { userId, ...request.body };
      return ending(await db.transaction().execute((trx) => removeMember(trx, which, actor, deps.now())));
    },
  );

  typed(app).get(
    '/api/issuers/:slug/invitations',
    { schema: { summary: 'Invitations that wait for an answer', params: inIssuer } },
    async (request): Promise<{ items: ShownInvitation[]; next: null }> => {
      const { issuer } = await authorize(deps, request, request.params.slug, 'manage');
      return { items: await listInvitations(db, masterKey, issuer.id, deps.now()), next: null };
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
