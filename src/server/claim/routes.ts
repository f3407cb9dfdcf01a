import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { authorize } from '../access/authorize.ts';
import { findOwnCredential } from '../credential/store.ts';
import type { IssuingDeps } from '../issuing.ts';
import { ApiError } from '../problem.ts';
import { inCredential, reason, slug, typed } from '../typed.ts';
import { renewClaim } from './change-claim.ts';
import { claimUrl } from './claim.ts';
import { resendClaim, resendRoster } from './resend.ts';

const inRoster = z.object({ slug, id: z.uuid() });
const resendBody = z.object({
  to: z.enum(['all', 'unclaimed']).default('unclaimed'),
  /** Count, and write to nobody. */
  preview: z.boolean().default(false),
});

/** Claim links: hand one over, make a new one, write to learners again. */
export function claimRoutes(app: FastifyInstance, deps: IssuingDeps): void {
  const { db } = deps;

  typed(app).get(
    '/api/issuers/:slug/credentials/:id/claim',
    { schema: { summary: 'The claim link of a credential, to hand over', params: inCredential } },
    async (request, reply) => {
      const { issuer } = await authorize(deps, request, request.params.slug, 'issue');
      const credential = await findOwnCredential(db, issuer.id, request.params.id);
      if (credential === undefined) throw new ApiError('not-found', 'There is no such credential.');
      reply.header('cache-control', 'no-store');
      return {
        url: claimUrl(deps, credential),
        state: credential.claim_state,
        claimedAt: credential.claimed_at?.toISOString() ?? null,
      };
    },
  );

  typed(app).post(
    '/api/issuers/:slug/credentials/:id/claim/renew',
    {
      schema: {
        summary: 'Make a new claim link; the one before opens nothing any more',
        params: inCredential,
        body: z.object({ reason }),
      },
    },
    async (request, reply) => {
      const actor = await authorize(deps, request, request.params.slug, 'issue');
      const { id } = request.params;
      const renewed = await db
        .transaction()
        .execute((trx) => renewClaim(trx, { id, reason: request.body.reason }, actor, deps.now()));
      deps.credentials.forget(id);
      reply.header('cache-control', 'no-store');
      return { url: claimUrl(deps, renewed), state: renewed.claim_state };
    },
  );

  typed(app).post(
    '/api/issuers/:slug/credentials/:id/resend',
    { schema: { summary: 'Write to the learner again, with the claim link', params: inCredential } },
    async (request, reply) => {
      const actor = await authorize(deps, request, request.params.slug, 'issue');
      await resendClaim(deps, actor, request.params.id);
      return reply.status(202).send({ letters: 1 });
    },
  );

  typed(app).post(
    '/api/issuers/:slug/rosters/:id/resend',
    {
      schema: {
        summary: 'Write to the learners of a roster again, as one act; or count them',
        params: inRoster,
        body: resendBody,
      },
    },
    async (request, reply) => {
      const actor = await authorize(deps, request, request.params.slug, 'issue');
      const { to, preview } = request.body;
      const counts = await resendRoster(deps, actor, { rosterId: request.params.id, to, preview });
      return reply.status(preview ? 200 : 202).send(counts);
    },
  );
}
