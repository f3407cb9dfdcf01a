import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { authorize } from '../access/authorize.ts';
import type { IssuingDeps } from '../issuing.ts';
import { inIssuer, typed } from '../typed.ts';
import { verifyAudit } from './append.ts';

const from = z.object({
  after: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
});

/** Who did what, when and why; and whether the log is whole. */
export function auditRoutes(app: FastifyInstance, deps: IssuingDeps): void {
  const { db } = deps;

  typed(app).get(
    '/api/issuers/:slug/audit',
    { schema: { summary: 'The audit log, in order', params: inIssuer, querystring: from } },
    async (request) => {
      const { issuer } = await authorize(deps, request, request.params.slug, 'manage');
      const { after, limit } = request.query;
      const entries = await db
        .selectFrom('audit_entry')
        .selectAll()
        .where('chain', '=', issuer.id)
        .where('number', '>', after)
        .orderBy('number')
        .limit(limit)
        .execute();
      return { items: entries, next: entries.length === limit ? (entries.at(-1)?.number ?? null) : null };
    },
  );

  typed(app).get(
    '/api/issuers/:slug/audit/verify',
    { schema: { summary: 'Is every entry there, as it was written?', params: inIssuer } },
    async (request) => {
      const { issuer } = await authorize(deps, request, request.params.slug, 'manage');
      return { fault: await verifyAudit(db, issuer.id) };
    },
  );
}
