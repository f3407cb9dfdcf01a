import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { IssuingDeps } from '../issuing.ts';
import { nameActors } from '../people/name-actors.ts';
import { ApiError, phrase } from '../problem.ts';
import { inIssuer, reason, typed } from '../typed.ts';
import { createApiKey, listApiKeys, revokeApiKey } from './api-keys.ts';
import { authorize } from './authorize.ts';
import { type Scope, scopes } from './roles.ts';

/** An API key, without itself. */
export interface ShownApiKey {
  id: string;
  name: string;
  scopes: Scope[];
  createdAt: Date;
  revokedAt: Date | null;
  /** Who made it, by name; null when nobody knows any more. */
  madeBy: string | null;
}

/** The API keys of an issuer: make, list, take back. */
export function apiKeyRoutes(app: FastifyInstance, deps: IssuingDeps): void {
  const { db } = deps;

  typed(app).get(
    '/api/issuers/:slug/api-keys',
    { schema: { summary: 'The API keys of an issuer, without themselves', params: inIssuer } },
    async (request): Promise<{ items: ShownApiKey[]; next: null }> => {
      const { issuer } = await authorize(deps, request, request.params.slug, 'manage');
      const found = await listApiKeys(db, issuer.id);
      const names = await nameActors(
        db,
        found.map(({ made_by }) => made_by),
      );
      const items = found.map(({ id, name, scopes, created_at, revoked_at, made_by }) => ({
        id,
        name,
        scopes: scopes.split(' ') as Scope[],
        createdAt: created_at,
        revokedAt: revoked_at,
        madeBy: names.get(made_by) ?? null,
      }));
      return { items, next: null };
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
        throw new ApiError(
          'not-allowed',
          phrase`A key cannot be given what you may not do yourself: ${beyond.join(', ')}.`,
        );
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
