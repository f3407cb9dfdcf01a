import swagger from '@fastify/swagger';
import type { FastifyInstance } from 'fastify';
import { jsonSchemaTransform } from 'fastify-type-provider-zod';

/** OpenAPI 3.1 at /openapi.json, of the routes registered from here on, from the schemas that check their requests. */
export async function describeApi(app: FastifyInstance, version: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Assay',
        version,
        description:
          'Author, approve, issue and correct microcredentials. Faults are application/problem+json (RFC 9457) with a stable "code".',
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      components: {
        securitySchemes: { apiKey: { type: 'http', scheme: 'bearer', description: 'An API key of the issuer.' } },
      },
      security: [{ apiKey: [] }],
    },
    // What has no summary is no part of the API: pages, files, documents at their own addresses.
    transform: (route) =>
      route.schema?.summary === undefined
        ? { schema: { ...route.schema, hide: true }, url: route.url }
        : jsonSchemaTransform(route),
  });
  app.get('/openapi.json', (_, reply) => reply.header('cache-control', 'public, max-age=300').send(app.swagger()));
}
