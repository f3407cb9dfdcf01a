import swagger from '@fastify/swagger';
import type { FastifyInstance } from 'fastify';
import { jsonSchemaTransform } from 'fastify-type-provider-zod';
import type { JsonObject } from '../core/json/json.ts';
import { problems } from './problem.ts';

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
        securitySchemes: {
          apiKey: { type: 'http', scheme: 'bearer', description: 'An API key of the issuer, or of one above it.' },
          session: { type: 'apiKey', in: 'cookie', name: 'assay.session_token', description: 'Somebody signed in.' },
        },
      },
      security: [{ apiKey: [] }, { session: [] }],
    },
    transformObject: (given) => ('openapiObject' in given ? complete(given.openapiObject as ApiDocument) : {}),
    // What has no summary is no part of the API: pages, files, documents at their own addresses.
    transform: (route) =>
      route.schema?.summary === undefined
        ? { schema: { ...route.schema, hide: true }, url: route.url }
        : jsonSchemaTransform(route),
  });
  app.get('/openapi.json', (_, reply) => reply.header('cache-control', 'public, max-age=300').send(app.swagger()));
}

export interface ApiOperation {
  summary?: string;
  tags?: string[];
  security?: unknown[];
  parameters?: { name: string; in: string; required?: boolean; schema?: JsonObject }[];
  requestBody?: { content: Record<string, { schema?: JsonObject }> };
  responses?: Record<string, unknown>;
}

export interface ApiDocument {
  info: { title: string; version: string; description?: string };
  components?: { schemas?: Record<string, unknown> };
  paths: Record<string, Record<string, ApiOperation>>;
}

/** Those who have neither key nor session yet. */
const open = ['/api/setup'];

/** What holds for every route alike: its group, what it answers, and the problems that may come instead. */
function complete(document: ApiDocument): Record<string, unknown> {
  for (const [path, operations] of Object.entries(document.paths))
    for (const [method, operation] of Object.entries(operations)) {
      operation.tags ??= [groupOf(path)];
      if (open.includes(path)) operation.security = [];
      operation.responses = {
        ...answersOf(method, path, operation),
        default: { $ref: '#/components/responses/Problem' },
      };
    }
  const problem = { schema: { $ref: '#/components/schemas/Problem' } };
  return {
    ...document,
    components: {
      ...document.components,
      schemas: { ...document.components?.schemas, Problem: problemSchema },
      responses: {
        Problem: {
          description: 'Why it was not done (RFC 9457)',
          headers: {
            'RateLimit-Limit': { schema: { type: 'integer' }, description: 'Requests in a minute' },
            'RateLimit-Remaining': { schema: { type: 'integer' } },
            'RateLimit-Reset': { schema: { type: 'integer' }, description: 'Seconds until it begins anew' },
            'Retry-After': { schema: { type: 'integer' }, description: 'Seconds; with 429 alone' },
          },
          content: { 'application/problem+json': problem },
        },
      },
    },
  };
}

const problemSchema = {
  type: 'object',
  required: ['type', 'status', 'title', 'detail', 'code'],
  properties: {
    type: { type: 'string' },
    status: { type: 'integer' },
    title: { type: 'string' },
    detail: { type: 'string', description: 'For people' },
    code: { type: 'string', enum: [...Object.keys(problems), 'internal'], description: 'For programs; never changes' },
    errors: { type: 'array', items: { type: 'object' }, description: 'Faults of the request by JSON Pointer' },
    findings: { type: 'array', items: { type: 'object' }, description: 'Faults of the content by JSON Pointer' },
    request: { type: 'string', description: 'Of a fault of this service: its id in the log' },
  },
};

/** The resource that a path is about. */
function groupOf(path: string): string {
  const [, , first = '', , resource] = path.split('/');
  const name = first === 'issuers' ? (resource ?? 'issuers') : first;
  return name.charAt(0).toUpperCase() + name.slice(1).replaceAll('-', ' ');
}

/** What a route said itself, else a success of the kind that it has. */
function answersOf(method: string, path: string, { parameters = [], responses = {} }: ApiOperation) {
  const said = Object.entries(responses).filter(
    ([status, answer]) => status !== '200' || (answer as { description?: string }).description !== 'Default Response',
  );
  if (said.length > 0) return Object.fromEntries(said);
  const type =
    path.endsWith('.csv') || path.endsWith('/credentials/export')
      ? 'text/csv'
      : path.endsWith('/progress')
        ? 'text/event-stream'
        : 'application/json';
  const isList = method === 'get' && parameters.some(({ name }) => name === 'limit');
  const next = {
    type: ['string', 'integer', 'null'],
    description: 'Goes into "after" for what follows; null at the end',
  };
  const list = { type: 'object', required: ['items', 'next'], properties: { items: { type: 'array' }, next } };
  const schema = type !== 'application/json' ? { type: 'string' } : isList ? list : {};
  return { '2XX': { description: 'Done', content: { [type]: { schema } } } };
}
