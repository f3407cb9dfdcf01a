import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '../core/json/json.ts';
import { startDatabases, type TestDatabase } from './test-databases.ts';
import { achievement, approvedAchievement, type Service, startService } from './test-issuing.ts';

let databases: TestDatabase[];
beforeAll(async () => {
  databases = await startDatabases();
});
afterAll(async () => {
  for (const database of databases) await database.stop();
});

const at = '/api/issuers/northfield';

describe.each(['embedded', 'PostgreSQL'])('lists on %s', (name) => {
  let service: Service;
  let roster: string;
  let correction: string;
  beforeAll(async () => {
    // All at one moment: pages are told apart by more than time.
    const now = new Date('2026-11-25T12:00:00.123Z');
    const database = databases.find((one) => one.name === name) as TestDatabase;
    service = await startService(database, undefined, { now: () => now });
    const id = await approvedAchievement(service);
    const post = async (path: string, body: unknown, type = 'application/json') => {
      const headers = { 'content-type': type };
      const answer = await service.call('POST', `${at}${path}`, { key: service.key, body, headers });
      expect(answer.status, answer.text).toBe(201);
      return answer.body as JsonObject & { id: string };
    };
    const ids: string[] = [];
    for (let number = 0; number < 5; number++) {
      await post('/achievements', { ...achievement, name: `Draft ${number}` });
      const email = `l${number}@example.edu`;
      ids.push((await post('/credentials', { achievement: id, learner: { email } })).id);
      await post(`/evidence?name=${number}.txt`, Buffer.from(`text ${number}`), 'text/plain');
      roster = (await post(`/rosters?achievement=${id}`, 'email\na@x.edu\nb@x.edu\nc@x.edu\n', 'text/csv')).id;
    }
    for (const act of ['suspend', 'reinstate', 'revoke']) {
      const asked = { act, selection: { ids } };
      const preview = await service.call('POST', `${at}/credentials/bulk/preview`, { key: service.key, body: asked });
      const { digest } = preview.body;
      const body = { ...asked, digest, reason: 'a test' };
      const started = await service.call('POST', `${at}/credentials/bulk`, { key: service.key, body });
      expect(started.status, started.text).toBeLessThan(300);
      correction = started.body.id as string;
      for (let tries = 0; tries < 400; tries++) {
        const { body } = await service.call('GET', `${at}/corrections/${correction}`, { key: service.key });
        if (body.state === 'done') break;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }
  });
  afterAll(() => service.close());

  const keyOf = (item: JsonObject) => JSON.stringify(item.id ?? item.line ?? item.number);
  const ask = async (path: string, query: string) => {
    const asked = `${at}${path}${path.includes('?') ? '&' : '?'}${query}`;
    const { status, body, text } = await service.call('GET', asked, { key: service.key });
    expect(status, text).toBe(200);
    return { keys: (body.items as JsonObject[]).map(keyOf), next: body.next as string | number | null };
  };

  it.each([
    '/achievements',
    '/credentials',
    '/evidence',
    '/letters',
    '/rosters',
    '/rosters/{roster}/rows',
    '/corrections',
    '/corrections/{correction}/items',
    '/audit',
    '/audit?order=newest',
  ])('give each entry once, in order, page by page: %s', async (listed) => {
    const path = listed.replace('{roster}', roster).replace('{correction}', correction);
    const { keys } = await ask(path, 'limit=200');
    expect(keys.length).toBeGreaterThan(2);
    const paged: string[] = [];
    for (let after: string | number | null = ''; after !== null; ) {
      const { keys: some, next } = await ask(path, after === '' ? 'limit=2' : `limit=2&after=${after}`);
      expect(some.length).toBeLessThan(3);
      paged.push(...some);
      after = next;
    }
    expect(paged).toEqual(keys);
  });
});
