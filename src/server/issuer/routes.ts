import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { JsonObject } from '../../core/json/json.ts';
import { authorize } from '../access/authorize.ts';
import type { IssuingDeps } from '../issuing.ts';
import { inIssuer, reason, typed } from '../typed.ts';
import { changeProfile } from './change-profile.ts';
import { createIssuer } from './create-issuer.ts';
import { didOf } from './did.ts';
import { checkProfile, newIssuer, profile } from './profile.ts';
import { type IssuerRow, listChildren } from './store.ts';

/** Issuers and their units. */
export function issuerRoutes(app: FastifyInstance, deps: IssuingDeps): void {
  const { db, masterKey, publicUrl } = deps;
  const shown = (issuer: IssuerRow) => ({
    slug: issuer.slug,
    id: didOf(publicUrl, issuer.slug),
    profile: JSON.parse(issuer.profile) as JsonObject,
    sample: issuer.sample,
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
}
