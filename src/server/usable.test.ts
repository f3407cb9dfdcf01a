import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startDatabases, type TestDatabase } from './test-databases.ts';
import { approvedAchievement, learner, type Service, startService } from './test-issuing.ts';

let databases: TestDatabase[];
beforeAll(async () => {
  databases = await startDatabases();
});
afterAll(async () => {
  for (const database of databases) await database.stop();
});

const at = '/api/issuers/northfield';

describe.each(['embedded', 'PostgreSQL'])('text that cannot be kept, on %s', (name) => {
  let service: Service;
  let credential: string;
  beforeAll(async () => {
    service = await startService(databases.find((database) => database.name === name) as TestDatabase);
    const achievement = await approvedAchievement(service);
    const issued = await service.call('POST', `${at}/credentials`, {
      key: service.key,
      body: { achievement, learner },
    });
    credential = issued.body.id as string;
  });
  afterAll(() => service.close());

  /** As it stands: libraries would write some of it differently. */
  const post = async (url: string, payload: string, type = 'application/json') => {
    const headers = { authorization: `Bearer ${service.key}`, 'content-type': type };
    const { statusCode, body } = await service.app.inject({ method: 'POST', url, headers, payload });
    return { status: statusCode, code: body === '' ? null : (JSON.parse(body) as { code?: string }).code };
  };
  const malformed = { status: 400, code: 'malformed-request' };

  it.each([['/issuers/a%00b'], ['/achievements/a%00b'], ['/evidence/a%00b?grant=x'], ['/evidence/a?grant=%00']])(
    'refuses %s',
    async (url) => {
      const answer = await service.call('GET', url);
      expect([answer.status, answer.body.code]).toEqual([400, 'malformed-request']);
    },
  );

  it('refuses it in bodies and in names of lists', async () => {
    expect(await post(`${at}/api-keys`, '{"name":"a\\u0000b","scopes":["read"]}')).toEqual(malformed);
    expect(await post(`${at}/credentials/${credential}/suspend`, '{"reason":"x\\ud800y"}')).toEqual(malformed);
    expect(await post(`${at}/achievements`, '{"a\\u0000":1}')).toEqual(malformed);
    const list = `${at}/rosters?achievement=00000000-0000-4000-8000-000000000000&name=a%00`;
    expect(await post(list, 'name\nAna\n', 'text/csv')).toEqual(malformed);
    const whole = '{"reason":"\\ud83d\\ude00 and the rest"}';
    expect((await post(`${at}/credentials/${credential}/suspend`, whole)).status).toBe(200);
    expect((await service.call('GET', `${at}/audit/verify`, { key: service.key })).body).toEqual({ fault: null });
  });

  it.each([100, 100_000])('refuses JSON that is nested %i deep', async (depth) => {
    const nested = '['.repeat(depth) + ']'.repeat(depth);
    expect(await post(`${at}/achievements`, `{"name":${nested}}`)).toEqual(malformed);
    const deep = `{"achievement":"00000000-0000-4000-8000-000000000000","learner":{"name":${nested}}}`;
    expect(await post(`${at}/credentials`, deep)).toEqual(malformed);
  });
});
