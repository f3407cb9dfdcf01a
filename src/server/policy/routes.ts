import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { authorize } from '../access/authorize.ts';
import type { IssuingDeps } from '../issuing.ts';
import { inIssuer, reason, typed } from '../typed.ts';
import { changePolicy, findPolicy, policyChange } from './policy.ts';

/** What an issuer decided, and what comes to it from above. */
export function policyRoutes(app: FastifyInstance, deps: IssuingDeps): void {
  const { db } = deps;
  typed(app).get(
    '/api/issuers/:slug/policy',
    { schema: { summary: 'What holds here, and who decided it', params: inIssuer } },
    async (request) => {
      const { issuer } = await authorize(deps, request, request.params.slug, 'read');
      return await findPolicy(db, issuer.id);
    },
  );

  typed(app).put(
    '/api/issuers/:slug/policy',
    {
      schema: {
        summary: 'Decide for this issuer and its units; null takes a decision back',
        params: inIssuer,
        body: z.object({ change: policyChange, reason }),
      },
    },
    async (request) => {
      const { name, issuer } = await authorize(deps, request, request.params.slug, 'manage');
      const { change, reason } = request.body;
      await db
        .transaction()
        .execute((trx) => changePolicy(trx, { issuerId: issuer.id, change, reason }, name, deps.now()));
      return await findPolicy(db, issuer.id);
    },
  );
}
