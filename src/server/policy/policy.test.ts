import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startDatabases, type TestDatabase } from '../test-databases.ts';
import { type Service, startService } from '../test-issuing.ts';

let databases: TestDatabase[];
beforeAll(async () => {
  databases = await startDatabases();
}, 120_000);
afterAll(async () => {
  for (const database of databases) await database.stop();
});

describe.each(['embedded', 'PostgreSQL'])('policy on %s', (name) => {
  let service: Service;
  beforeAll(async () => {
    service = await startService(databases.find((database) => database.name === name) as TestDatabase);
    const { call, key } = service;
    const unit = (under: string, slug: string) =>
      call('POST', `/api/issuers/${under}/units`, { key, body: { slug, profile: { name: slug } } });
    await unit('northfield', 'faculty');
    await unit('faculty', 'department');
  }, 60_000);
  afterAll(() => service.close());

  const decide = (slug: string, change: object) =>
    service.call('PUT', `/api/issuers/${slug}/policy`, { key: service.key, body: { change, reason: 'a test' } });
  const holds = async (slug: string) =>
    (await service.call('GET', `/api/issuers/${slug}/policy`, { key: service.key })).body.policy;

  it('comes down the tree, the nearest decision first, and back to the default', async () => {
    expect(await holds('department')).toMatchObject({ gate: 'warn', timeZone: 'UTC', learnerName: 'hashed' });
    await decide('northfield', { gate: 'block', timeZone: 'Europe/Madrid' });
    await decide('faculty', { gate: 'off' });
    expect(await holds('department')).toMatchObject({ gate: 'off', timeZone: 'Europe/Madrid' });
    await decide('faculty', { gate: null });
    expect(await holds('department')).toMatchObject({ gate: 'block' });
  });

  it.each([{ gate: 'sometimes' }, { timeZone: 'Mars/Olympus' }, { colour: 'blue' }, { retainMailDays: 0 }])(
    'refuses %j',
    async (change) => {
      expect((await decide('northfield', change)).status).toBe(400);
    },
  );
});
