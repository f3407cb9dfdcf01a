import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { JsonObject } from '../../core/json/json.ts';
import { didOf } from '../issuer/did.ts';
import { newIssuer } from '../issuer/profile.ts';
import type { IssuingDeps } from '../issuing.ts';
import { typed } from '../typed.ts';
import { makeFirstIssuer } from './make-first-issuer.ts';

/** The first issuer, for scripts. People open the page /setup. */
export function firstRunRoutes(app: FastifyInstance, deps: IssuingDeps): void {
  typed(app).post(
    '/api/setup',
    { schema: { summary: 'Make the first issuer, once', body: z.object({ token: z.string(), issuer: newIssuer }) } },
    async ({ body }, reply) => {
      const { issuer, apiKey } = await makeFirstIssuer(deps, body.token, body.issuer);
      const { slug, profile } = issuer;
      const shown = { slug, id: didOf(deps.publicUrl, slug), profile: JSON.parse(profile) as JsonObject };
      return reply.status(201).send({ issuer: shown, apiKey });
    },
  );
}
