import type { FastifyInstance } from 'fastify';
import type { JsonObject } from '../../core/json/json.ts';
import type { TrustSource } from '../../core/trust/trust-source.ts';
import { ApiError } from '../problem.ts';
import type { Samples } from '../samples/make-samples.ts';

export interface InstanceInfo {
  name: string;
  version: string;
  samples: { id: string; title: string; outcome: string; url: string; image: string }[];
  trustSources: TrustSource[];
  pack: string;
}

/** What the receiver's page asks at its start, the samples, and what this instance publishes. */
export function instanceRoutes(
  app: FastifyInstance,
  deps: {
    version: string;
    samples: Samples;
    trustSources: readonly TrustSource[];
    /** Throws when the database does not answer. */
    ready(): Promise<void>;
  },
): void {
  const { samples, published, trustSource } = deps.samples;
  app.get(
    '/api/instance',
    async (): Promise<InstanceInfo> => ({
      name: 'Assay',
      version: deps.version,
      samples: samples.map(({ id, title }) => ({
        id,
        title,
        outcome: id,
        url: `/samples/${id}.json`,
        image: `/samples/${id}.svg`,
      })),
      trustSources: [...deps.trustSources, trustSource],
      pack: 'trusted-microcredential',
    }),
  );
  for (const { id, json, svg } of samples) {
    app.get(`/samples/${id}.json`, (_, reply) => reply.type('application/vc').send(JSON.stringify(json, null, 2)));
    // As a download: a picture from a credential is never run as a page of ours.
    app.get(`/samples/${id}.svg`, (_, reply) =>
      reply
        .type('image/svg+xml')
        .header('content-disposition', `attachment; filename="${id}.svg"`)
        .send(Buffer.from(svg)),
    );
  }
  for (const [path, render] of published)
    app.get(path, async (_, reply) => {
      const document: JsonObject = await render();
      return reply.type('application/json').header('cache-control', 'public, max-age=5').send(JSON.stringify(document));
    });
  app.get('/samples/*', () => {
    throw new ApiError('not-found', 'There is no such sample.');
  });
  app.get('/healthz', () => ({ status: 'ok' }));
  app.get('/readyz', async () => {
    await deps.ready();
    return { status: 'ok' };
  });
}
