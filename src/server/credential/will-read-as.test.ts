import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Assessment } from '../../core/assess.ts';
import { contentStamps } from '../../core/hallmark.ts';
import type { JsonObject } from '../../core/json/json.ts';
import { gridColumns, readRow } from '../../web/studio/pages/issue/grid.ts';
import { judgeRow } from '../../web/studio/pages/issue/judge-row.ts';
import { startDatabases, type TestDatabase } from '../test-databases.ts';
import { approvedAchievement, publicUrl, type Service, startService } from '../test-issuing.ts';

const read = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../../fixtures/trusted/${name}.json`, import.meta.url), 'utf8')) as {
    issuer: JsonObject;
    credentialSubject: { achievement: JsonObject };
  };

let databases: TestDatabase[];
let service: Service;
beforeAll(async () => {
  databases = await startDatabases();
  service = await startService(databases.find(({ name }) => name === 'embedded') as TestDatabase);
});
afterAll(async () => {
  await service.close();
  for (const database of databases) await database.stop();
});

const call = (method: 'GET' | 'POST' | 'PUT', path: string, body?: unknown) =>
  service.call(method, `/api/issuers/northfield${path}`, { key: service.key, body });

const work = {
  evidence: 'https://evidence.example.edu/report.pdf',
  'evidence:name': 'Field report',
  'evidence:genre': 'Field report',
};
const levels = { 'result:Field report': 'Proficient', 'result:Laboratory practical': '84.5' };
const rows: [string, string, Record<string, string>][] = [
  ['recognition', 'who took part', {}],
  ['knowledge', 'who passed', { 'result:End-of-course examination': '43', 'result:Performance band': 'Advanced' }],
  ['knowledge', 'who did not', { 'result:End-of-course examination': '20' }],
  ['knowledge', 'of whom nothing is said', {}],
  ['application', 'who showed work', { ...levels, ...work, validUntil: '2029-05-18' }],
  ['application', 'who showed none', levels],
  ['application', 'who is under the pass mark', { ...levels, ...work, 'result:Field report': 'Emerging' }],
];

describe('what a row will read as', () => {
  it.each(['data-integrity', 'vc-jwt'] as const)('is what its credential says, signed by %s', async (proof) => {
    const profile = { ...read('application').issuer, id: undefined };
    await service.db
      .updateTable('issuer')
      .set({ profile: JSON.stringify(profile) })
      .execute();
    await call('PUT', '/policy', { change: { gate: 'off', proof }, reason: 'test' });
    const { body: issuer } = await call('GET', '');
    const seen = new Set<string>();
    for (const [name, who, cells] of rows) {
      const { id: _, ...content } = read(name).credentialSubject.achievement;
      const id = await approvedAchievement(service, 'northfield', content);
      const achievement = { ...content, id: `${publicUrl}/achievements/${id}` };
      const more = ['evidence:name', 'evidence:genre'].map((target) => ({ target, scale: null }));
      const columns = [...gridColumns(content), ...more];
      const row = columns.map(({ target }) => (target === 'name' ? who : (cells[target] ?? '')));
      const rules = { achievement: content, columns, timeZone: 'UTC', evidence: undefined, allowBelowPassMark: true };
      const series = {
        achievement,
        issuer: { ...(issuer.profile as JsonObject), id: issuer.id as string },
        proof,
        dates: { validFrom: '', validUntil: '' },
        publicUrl,
      };
      const judged = await judgeRow(row, rules, series);

      const issued = await call('POST', '/credentials', {
        achievement: id,
        learner: { ...readRow(row, rules), id: 'urn:uuid:00000000-0000-4000-8000-000000000001' },
        duplicates: 'allow',
        allowBelowPassMark: { reason: 'test' },
      });
      expect(issued.status, issued.text).toBe(201);
      const answer = await service.app.inject({
        method: 'POST',
        url: '/api/verify',
        headers: { 'content-type': 'application/octet-stream' },
        payload: String(issued.body.jwt ?? JSON.stringify(issued.body.credential)),
      });
      const { framework, hallmark } = answer.json() as Assessment;
      const { authentic, class: shownClass, level } = hallmark.stamps;
      expect(authentic.outcome).toBe('passed');
      expect(contentStamps(judged), `${name}, ${who}`).toEqual({ class: shownClass, level });
      expect(judged?.classes).toEqual(framework?.classes);
      seen.add(`${shownClass.reason} ${shownClass.params?.class ?? ''} ${level.reason}`);
    }
    expect([...seen]).toEqual([
      'class-fallback Recognition level-no-result',
      'class-supported-weakly Knowledge level-met',
      'class-supported-weakly Knowledge level-not-met',
      'class-supported-weakly Application level-met',
      'class-fallback Recognition level-met',
      'class-supported-weakly Application level-not-met',
    ]);
  });

  it('is nothing while no credential can be built of it', async () => {
    const achievement = read('application').credentialSubject.achievement;
    const columns = gridColumns(achievement);
    const row = columns.map(({ target }) => ({ name: 'Ana', 'result:Laboratory practical': 'good' })[target] ?? '');
    const rules = { achievement, columns, timeZone: 'UTC', evidence: undefined, allowBelowPassMark: false };
    const dates = { validFrom: '', validUntil: '' };
    const series = { achievement, issuer: { name: 'N' }, proof: 'vc-jwt' as const, dates, publicUrl };
    expect(await judgeRow(row, rules, series)).toBeNull();
  });
});
