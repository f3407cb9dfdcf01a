import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { JsonObject } from '../../core/json/json.ts';
import { createApiKey, listApiKeys, revokeApiKey } from '../access/api-keys.ts';
import { authorize } from '../access/authorize.ts';
import { scopes } from '../access/roles.ts';
import type { IssuingDeps } from '../issuing.ts';
import { ApiError } from '../problem.ts';
import { inIssuer, reason, typed } from '../typed.ts';
import { changeProfile } from './change-profile.ts';
import { createIssuer } from './create-issuer.ts';
import { didOf } from './did.ts';
import { endKey, rotateKey } from './keys.ts';
import { checkProfile, newIssuer, profile } from './profile.ts';
import { type IssuerRow, listChildren, listKeys } from './store.ts';

/** Issuers, their units, their keys. */
export function issuerRoutes(app: FastifyInstance, deps: IssuingDeps): void {
  const { db, masterKey, publicUrl } = deps;
  const shown = (issuer: IssuerRow) => ({
    slug: issuer.slug,
    id: didOf(publicUrl, issuer.slug),
    profile: JSON.parse(issuer.profile) as JsonObject,
  });

  typed(app).get(
    '/api/issuers/:slug',
    { schema: { summary: 'An issuer and its units', params: inIssuer } },
    async (request) => {
      const { issuer } = await authorize(deps, request, request.params.slug, 'read');
      return { ...shown(issuer), units: (await listChildren(db, issuer.id)).map(shown) };
    },
  );

  typed(app).put(
    '/api/issuers/:slug',
    {
      schema: {
        summary: 'Change what an issuer says of itself, for credentials from now on',
        params: inIssuer,
        body: z.object({ profile, reason }),
      },
    },
    async (request) => {
      const actor = await authorize(deps, request, request.params.slug, 'manage');
      const { id: _, ...content } = request.body.profile;
      await checkProfile(content, didOf(publicUrl, actor.issuer.slug), deps.now());
      return shown(
        await db.transaction().execute((trx) => changeProfile(trx, content, request.body.reason, actor, deps.now())),
      );
    },
  );

  typed(app).post(
    '/api/issuers/:slug/units',
    { schema: { summary: 'Make a unit below an issuer', params: inIssuer, body: newIssuer } },
    async (request, reply) => {
      const actor = await authorize(deps, request, request.params.slug, 'manage');
      const { slug, profile } = request.body;
      await checkProfile(profile, didOf(publicUrl, slug), deps.now());
      const unit = await db
        .transaction()
        .execute((trx) =>
          createIssuer(trx, { ...request.body, parentId: actor.issuer.id }, actor.name, masterKey, deps.now()),
        );
      return reply.status(201).send(shown(unit));
    },
  );

  typed(app).get(
    '/api/issuers/:slug/keys',
    { schema: { summary: 'The keys that an issuer signs and signed with', params: inIssuer } },
    async (request) => {
      const { issuer } = await authorize(deps, request, request.params.slug, 'read');
      return (await listKeys(db, issuer.id)).map(({ id, type, use, public_key, state, created_at, ended_at }) => ({
        id,
        type,
        use,
        publicKeyMultibase: public_key,
        state,
        createdAt: created_at,
        endedAt: ended_at,
      }));
    },
  );

  typed(app).post(
    '/api/issuers/:slug/keys',
    {
      schema: {
        summary: 'Sign with a new key from now on; the one before stays published',
        params: inIssuer,
        body: z
          .object({
            type: z.enum(['Ed25519', 'P-256']).optional(),
            /** `jwt`: for credentials as VC-JWT, ES256 only. */
            use: z.enum(['proof', 'jwt']).default('proof'),
            reason,
          })
          .refine(({ type, use }) => use === 'proof' || type !== 'Ed25519', { error: 'JWTs are signed with P-256' }),
      },
    },
    async (request, reply) => {
      const actor = await authorize(deps, request, request.params.slug, 'manage');
      const { use, type = use === 'jwt' ? 'P-256' : 'Ed25519', reason } = request.body;
      const made = await db
        .transaction()
        .execute((trx) => rotateKey(trx, actor.issuer.id, { type, use }, reason, actor.name, masterKey, deps.now()));
      return reply.status(201).send({ id: made.id, type: made.type, publicKeyMultibase: made.public_key });
    },
  );

  const inKey = inIssuer.extend({ id: z.uuid() });
  typed(app).post(
    '/api/issuers/:slug/keys/:id/retire',
    {
      schema: {
        summary: 'Publish a key no more: nothing that it signed verifies any longer',
        params: inKey,
        body: z.object({ reason }),
      },
    },
    async (request, reply) => {
      const actor = await authorize(deps, request, request.params.slug, 'manage');
      const which = { issuerId: actor.issuer.id, id: request.params.id, reason: request.body.reason };
      await db
        .transaction()
        .execute((trx) => endKey(trx, { ...which, how: 'retire' }, actor.name, masterKey, deps.now()));
      deps.lists.forget();
      return reply.status(204).send();
    },
  );

  typed(app).post(
    '/api/issuers/:slug/keys/:id/compromise',
    {
      schema: {
        summary: 'Mark a key as in other hands since a date',
        params: inKey,
        body: z.object({ reason, from: z.iso.datetime({ offset: true }) }),
      },
    },
    async (request, reply) => {
      const actor = await authorize(deps, request, request.params.slug, 'manage');
      const { reason, from } = request.body;
      const how = { compromisedFrom: new Date(from) };
      if (how.compromisedFrom > deps.now())
        throw new ApiError('malformed-request', '"from" lies in the future: retire the key then.');
      const which = { issuerId: actor.issuer.id, id: request.params.id, reason, how };
      await db.transaction().execute((trx) => endKey(trx, which, actor.name, masterKey, deps.now()));
      deps.lists.forget();
      return reply.status(204).send();
    },
  );

  typed(app).get(
    '/api/issuers/:slug/api-keys',
    { schema: { summary: 'The API keys of an issuer, without themselves', params: inIssuer } },
    async (request) => {
      const { issuer } = await authorize(deps, request, request.params.slug, 'manage');
      return (await listApiKeys(db, issuer.id)).map(({ id, name, scopes, created_at, revoked_at }) => ({
        id,
        name,
        scopes: scopes.split(' '),
        createdAt: created_at,
        revokedAt: revoked_at,
      }));
    },
  );

  typed(app).post(
    '/api/issuers/:slug/api-keys/:id/revoke',
    {
      schema: {
        summary: 'Take an API key back',
        params: inIssuer.extend({ id: z.uuid() }),
        body: z.object({ reason }),
      },
    },
    async (request, reply) => {
      const actor = await authorize(deps, request, request.params.slug, 'manage');
      const which = { issuerId: actor.issuer.id, id: request.params.id, reason: request.body.reason };
      await db.transaction().execute((trx) => revokeApiKey(trx, which, actor.name, deps.now()));
      return reply.status(204).send();
    },
  );

  typed(app).post(
    '/api/issuers/:slug/api-keys',
    {
      schema: {
        summary: 'Make an API key; it is shown this once',
        params: inIssuer,
        body: z.object({ name: z.string().trim().min(1).max(100), scopes: z.array(z.enum(scopes)).min(1) }),
      },
    },
    async (request, reply) => {
      const actor = await authorize(deps, request, request.params.slug, 'manage');
      const { name, scopes: allowed } = request.body;
      // Else a key that may only manage would make itself one that issues.
      const beyond = allowed.filter((scope) => !actor.scopes.includes(scope));
      if (beyond.length > 0)
        throw new ApiError('not-allowed', `A key cannot be given what you may not do yourself: ${beyond.join(', ')}.`);
      const made = await db
        .transaction()
        .execute((trx) =>
          createApiKey(
            trx,
            { issuerId: actor.issuer.id, name, allowed: [...new Set(allowed)] },
            actor.name,
            deps.now(),
          ),
        );
      return reply.status(201).send({ id: made.id, apiKey: made.key });
    },
  );
}
