import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ApiDocument } from './open-api.ts';
import { problems } from './problem.ts';
import { startDatabases, type TestDatabase } from './test-databases.ts';
import { type Service, startService } from './test-issuing.ts';

let databases: TestDatabase[];
let service: Service;
let api: ApiDocument;
beforeAll(async () => {
  databases = await startDatabases();
  service = await startService(databases[1] as TestDatabase);
  api = (await service.call('GET', '/openapi.json')).body as unknown as ApiDocument;
});
afterAll(async () => {
  await service.close();
  for (const database of databases) await database.stop();
});

const operations = () =>
  Object.entries(api.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ name: `${method} ${path}`, path, method, operation })),
  );

describe('the description of the API', () => {
  it('tells of every route what it does, its group, what it answers and who may ask', () => {
    expect(operations().length).toBeGreaterThan(30);
    for (const { name, operation } of operations()) {
      expect(operation.summary?.length, name).toBeGreaterThan(5);
      expect(operation.tags, name).toHaveLength(1);
      const { default: problem, ...answers } = operation.responses ?? {};
      expect(problem, name).toEqual({ $ref: '#/components/responses/Problem' });
      expect(Object.keys(answers).length, name).toBeGreaterThan(0);
    }
    const { operation } = operations().find(({ path }) => path === '/api/setup') as { operation: object };
    expect(operation).toHaveProperty('security', []);
    expect(api).toMatchObject({
      openapi: '3.1.0',
      security: [{ apiKey: [] }, { session: [] }],
      components: { schemas: { Problem: { properties: { code: { enum: [...Object.keys(problems), 'internal'] } } } } },
    });
  });

  it('has every route and every problem on a page without script', async () => {
    const page = await service.app.inject({ url: '/docs/api' });
    expect(page.statusCode).toBe(200);
    expect(page.headers['content-type']).toMatch('text/html');
    for (const { path } of operations()) expect(page.body).toContain(`<code>${path}</code>`);
    for (const code of Object.keys(problems)) expect(page.body).toContain(`<code>${code}</code>`);
    expect(page.body).not.toMatch(/<script|style=|undefined|\[object/);
  });

  it('answers what is asked wrongly as it says', async () => {
    for (const [method, url, status] of [
      ['GET', '/api/nowhere', 404],
      ['GET', '/api/issuers/northfield', 401],
      ['POST', '/api/setup', 400],
    ] as const) {
      const answer = await service.call(method, url, method === 'POST' ? { body: {} } : {});
      expect(answer.status).toBe(status);
      expect(answer.headers['content-type']).toMatch('application/problem+json');
      expect(answer.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
      expect(Object.entries(problems).find(([code]) => code === answer.body.code)?.[1].status).toBe(status);
    }
  });
});
