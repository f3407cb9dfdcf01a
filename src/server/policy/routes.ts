import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { authorize } from '../access/authorize.ts';
import type { IssuerRow } from '../issuer/store.ts';
import type { IssuingDeps } from '../issuing.ts';
import { inIssuer, reason, typed } from '../typed.ts';
import { type Decisions, findDecisions } from './decisions.ts';
import { changePolicy, type FoundPolicy, findPolicy, policyChange } from './policy.ts';
import { type PolicyPreview, previewPolicy } from './preview.ts';

/** What holds in an issuer, and who decided it. */
export type ShownPolicy = Decisions & Pick<FoundPolicy, 'decidedBy'>;

/** What an issuer decided, and what comes to it from above. */
export function policyRoutes(app: FastifyInstance, deps: IssuingDeps): void {
  const { db } = deps;
  const shown = async (issuer: IssuerRow): Promise<ShownPolicy> => ({
    ...(await findDecisions(db, issuer)),
    decidedBy: (await findPolicy(db, issuer.id)).decidedBy,
  });

  typed(app).get(
    '/api/issuers/:slug/policy',
    { schema: { summary: 'What holds here, and who decided it', params: inIssuer } },
    async (request): Promise<ShownPolicy> => {
      const { issuer } = await authorize(deps, request, request.params.slug, 'read');
      return await shown(issuer);
    },
  );

  typed(app).post(
    '/api/issuers/:slug/policy/preview',
    {
      schema: {
        summary: 'What a decision would mean for units, achievements and what is kept',
        params: inIssuer,
        body: z.object({ change: policyChange }),
      },
    },
    async (request): Promise<PolicyPreview> => {
      const { issuer } = await authorize(deps, request, request.params.slug, 'manage');
      return await previewPolicy({ db, publicUrl: deps.publicUrl, now: deps.now() }, issuer, request.body.change);
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
      return await shown(issuer);
    },
  );
}
