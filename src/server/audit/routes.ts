import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import { authorize, ownsRoot, requireUser } from '../access/authorize.ts';
import type { IssuingDeps } from '../issuing.ts';
import { readPlace } from '../paging.ts';
import { ApiError } from '../problem.ts';
import { inIssuer, typed } from '../typed.ts';
import { verifyAudit } from './append.ts';
import { type ExportFormat, exportAudit, exportLedger } from './export.ts';
import { verifyLedger } from './ledger.ts';
import { type AuditPage, auditQuery, listEntries } from './list-entries.ts';

const format = z.enum(['csv', 'jsonl']).default('csv');
const auditExport = z.object({ format, after: z.coerce.number().int().min(0).default(0) });
const ledgerExport = z.object({ format, after: z.string().max(300).optional() });

/** Who did what, when and why; and whether the log is whole. */
export function auditRoutes(app: FastifyInstance, deps: IssuingDeps): void {
  const { db } = deps;

  typed(app).get(
    '/api/issuers/:slug/audit',
    {
      schema: {
        summary: 'The audit log, in order; by kind, actor, subject or time where that is asked',
        params: inIssuer,
        querystring: auditQuery,
      },
    },
    async (request): Promise<AuditPage> => {
      const { issuer } = await authorize(deps, request, request.params.slug, 'manage');
      return await listEntries(db, issuer.id, request.query);
    },
  );

  typed(app).get(
    '/api/instance/audit',
    {
      schema: {
        summary: 'The audit log of the instance, for owners of an issuer with nothing above it',
        querystring: auditQuery,
      },
    },
    async (request) => {
      const { id } = await requireUser(deps, request);
      if (!(await ownsRoot(db, id)))
        throw new ApiError('not-allowed', 'Only owners of an issuer with nothing above it may read that.');
      return await listEntries(db, 'instance', request.query);
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

  typed(app).get(
    '/api/issuers/:slug/audit/export',
    { schema: { summary: 'The whole audit log, as CSV or JSON lines', params: inIssuer, querystring: auditExport } },
    async (request, reply) => {
      const { issuer } = await authorize(deps, request, request.params.slug, 'manage');
      const { format, after } = request.query;
      return sendLines(reply, 'audit', format, exportAudit(db, issuer.id, format, after));
    },
  );

  typed(app).get(
    '/api/issuers/:slug/ledger',
    {
      schema: {
        summary: 'The issue ledger, as CSV or JSON lines: who issued what, when and why',
        params: inIssuer,
        querystring: ledgerExport,
      },
    },
    async (request, reply) => {
      const { issuer } = await authorize(deps, request, request.params.slug, 'manage');
      const { format, after } = request.query;
      const asked = { issuerId: issuer.id, publicUrl: deps.publicUrl };
      return sendLines(reply, 'ledger', format, exportLedger(db, asked, format, readPlace(after)));
    },
  );

  typed(app).get(
    '/api/issuers/:slug/ledger/verify',
    { schema: { summary: 'Is every credential there, as the audit log says?', params: inIssuer } },
    async (request) => {
      const { issuer } = await authorize(deps, request, request.params.slug, 'manage');
      return { fault: await verifyLedger(db, issuer.id) };
    },
  );
}

function sendLines(reply: FastifyReply, name: string, format: ExportFormat, lines: AsyncGenerator<string>) {
  return reply
    .type(format === 'csv' ? 'text/csv; charset=utf-8' : 'application/jsonl')
    .header('cache-control', 'no-store')
    .header('content-disposition', `attachment; filename="${name}.${format}"`)
    .send(Readable.from(lines));
}
