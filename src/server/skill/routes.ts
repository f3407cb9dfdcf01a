import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { authorize } from '../access/authorize.ts';
import type { IssuingDeps } from '../issuing.ts';
import { ApiError } from '../problem.ts';
import { inIssuer, reason, typed } from '../typed.ts';
import { importFramework, maximumFile } from './import.ts';
import { alignmentOf } from './item.ts';
import { listUses, removeFramework } from './remove.ts';
import { type FrameworkRow, findAbove, findFramework, listFrameworks, searchItems } from './store.ts';

const inFramework = inIssuer.extend({ id: z.uuid() });
const search = z.object({
  q: z.string().max(200).default(''),
  framework: z.uuid().optional(),
  after: z
    .string()
    .regex(/^[0-9a-f-]{36}\.\d{1,6}$/)
    .optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

/** Skills and standards of others, for authors to align with: of an issuer and, by inheritance, of its units. */
export function skillRoutes(app: FastifyInstance, deps: IssuingDeps): void {
  const { db } = deps;

  app.register(async (scope) => {
    // Never as a whole in memory.
    for (const type of ['text/csv', 'application/json']) {
      if (scope.hasContentTypeParser(type)) scope.removeContentTypeParser(type);
      scope.addContentTypeParser(type, (_, payload, done) => done(null, payload));
    }
    typed(scope).post(
      '/api/issuers/:slug/skill-frameworks',
      {
        bodyLimit: maximumFile,
        schema: {
          summary: 'Take a framework of skills in: a CASE package as JSON, or a CSV',
          params: inIssuer,
          querystring: z.object({
            name: z.string().trim().min(1).max(300).optional(),
            uri: z.url().max(2000).optional(),
          }),
        },
      },
      async (request, reply) => {
        const actor = await authorize(deps, request, request.params.slug, 'manage');
        if (!(request.body instanceof Readable))
          throw new ApiError('unsupported', 'Send a CFPackage as application/json, or a list as text/csv, in UTF-8.');
        const format = request.headers['content-type']?.startsWith('text/csv') ? 'csv' : 'case';
        const { name, uri } = request.query;
        const framework = await importFramework(deps, actor, { source: request.body, format, name, uri });
        return reply.status(201).send(shown(framework, actor.issuer.slug));
      },
    );
  });

  typed(app).get(
    '/api/issuers/:slug/skill-frameworks',
    { schema: { summary: 'Frameworks of skills of an issuer and of all above it', params: inIssuer } },
    async (request) => {
      const { issuer } = await authorize(deps, request, request.params.slug, 'read');
      return { items: (await listFrameworks(db, issuer)).map((framework) => shown(framework, framework.slug)) };
    },
  );

  typed(app).get(
    '/api/issuers/:slug/skill-frameworks/:id',
    { schema: { summary: 'A framework of this issuer, and what is aligned with it', params: inFramework } },
    async (request) => {
      const { issuer } = await authorize(deps, request, request.params.slug, 'read');
      const framework = await findFramework(db, issuer.id, request.params.id);
      if (framework === undefined) throw new ApiError('not-found', 'This issuer has no such framework of its own.');
      return { ...shown(framework, issuer.slug), uses: await listUses(db, framework) };
    },
  );

  typed(app).post(
    '/api/issuers/:slug/skill-frameworks/:id/remove',
    {
      schema: {
        summary: 'Remove a framework; what is aligned with it stays as it is',
        params: inFramework,
        body: z.object({ reason }),
      },
    },
    async (request, reply) => {
      const actor = await authorize(deps, request, request.params.slug, 'manage');
      await removeFramework(deps, actor, request.params.id, request.body.reason);
      return reply.status(204).send();
    },
  );

  typed(app).get(
    '/api/issuers/:slug/skills',
    {
      schema: {
        summary: 'Skills by the beginnings of their words, each with the alignment that an achievement takes',
        params: inIssuer,
        querystring: search,
      },
    },
    async (request) => {
      const { issuer } = await authorize(deps, request, request.params.slug, 'read');
      const { q, framework: wanted, after, limit } = request.query;
      const frameworks = (await listFrameworks(db, issuer)).filter(({ id }) => wanted === undefined || id === wanted);
      if (wanted !== undefined && frameworks.length === 0)
        throw new ApiError('not-found', 'There is no such framework here.');
      if (frameworks.length === 0) return { items: [], next: null };
      const [place = '', number = ''] = after?.split('.') ?? [];
      const found = await searchItems(db, {
        frameworks: frameworks.map(({ id }) => id),
        words: q,
        after: after === undefined ? null : { framework: place, number: Number(number) },
        limit,
      });
      const aboveOf = await findAbove(db, found);
      const last = found.length === limit ? found.at(-1) : undefined;
      return {
        items: found.map((item) => {
          const above = aboveOf(item);
          const name = frameworks.find(({ id }) => id === item.framework_id)?.name ?? '';
          return {
            framework: { id: item.framework_id, name },
            code: item.code,
            statement: item.statement,
            kind: item.kind,
            above: above === undefined ? null : { code: above.code, statement: above.statement },
            alignment: alignmentOf(item, name),
          };
        }),
        next: last === undefined ? null : `${last.framework_id}.${last.number}`,
      };
    },
  );
}

function shown({ id, name, uri, source, items, created_at }: FrameworkRow, issuer: string) {
  return { id, name, uri, source, items, issuer, createdAt: created_at };
}
