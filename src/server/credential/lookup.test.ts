import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../core/json/json.ts';
import { startDatabases, type TestDatabase } from '../test-databases.ts';
import { approvedAchievement, type Service, startService } from '../test-issuing.ts';

let databases: TestDatabase[];
beforeAll(async () => {
  databases = await startDatabases();
});
afterAll(async () => {
  for (const database of databases) await database.stop();
});

const at = '/api/issuers/northfield';

describe.each(['embedded', 'PostgreSQL'])('looking credentials up on %s', (name) => {
  let service: Service;
  let viewer: string;
  const issued: JsonObject[] = [];
  const post = (path: string, body: unknown, key = service.key) => service.call('POST', `${at}/${path}`, { key, body });
  const lookUp = async (text: string, key = service.key) => {
    const found = await post('credentials/look-up', { text }, key);
    expect(found.status, found.text).toBe(200);
    return found.body as { by: string; items: JsonObject[]; next: string | null };
  };
  const ids = ({ items }: { items: JsonObject[] }) => items.map(({ id }) => id);
  beforeAll(async () => {
    service = await startService(databases.find((database) => database.name === name) as TestDatabase);
    viewer = (await post('api-keys', { name: 'desk', scopes: ['read'] })).body.apiKey as string;
    const achievement = await approvedAchievement(service);
    for (const learner of [
      { name: 'Ana María Núñez', email: 'Ana@example.edu' },
      { name: 'Ben Torres', id: 'did:example:ben' },
      { name: 'Ana Torres', email: 'other@example.edu' },
    ])
      issued.push((await post('credentials', { achievement, learner })).body);
    await post(`credentials/${issued[0]?.id}/revoke`, { reason: 'wrong date' });
  });
  afterAll(() => service.close());

  it('finds by address, id, e-mail address, learner’s id and name, in whatever state', async () => {
    const [ana, ben, other] = issued.map(({ id }) => id);
    const cases: [string, string, unknown[]][] = [
      [String(ana), 'credential', [ana]],
      [`https://assay.example/credentials/${ana}.pdf`, 'credential', [ana]],
      [`  https://assay.example/credentials/${ana}?claim=x `, 'credential', [ana]],
      ['ana@EXAMPLE.edu', 'email', [ana]],
      ['did:example:ben', 'learner-id', [ben]],
      ['nunez ana', 'name', [ana]],
      ['TORRES', 'name', [other, ben]],
      ['Torr', 'name', []],
      ['nobody@example.edu', 'email', []],
      ['A'.repeat(22), 'credential', []],
      ['?!', 'name', []],
    ];
    for (const [text, by, expected] of cases) {
      const found = await lookUp(text);
      expect([found.by, ids(found).sort()], text).toEqual([by, [...expected].sort()]);
    }
    expect((await lookUp(String(ana))).items[0]).toMatchObject({
      state: 'revoked',
      reason: 'wrong date',
      learner: 'Ana María Núñez',
      erased: false,
      name: expect.any(String),
    });
  });

  it('tells those who only read no names, and the log not whom somebody looked for', async () => {
    const found = await lookUp('Ana Torres', viewer);
    expect(ids(found)).toEqual([issued[2]?.id]);
    expect(JSON.stringify(found)).not.toMatch(/torres|example\.edu/i);
    const entries = await service.db.selectFrom('audit_entry').selectAll().orderBy('number').execute();
    const looked = entries.filter(({ action }) => action === 'credential.look-up');
    expect(looked.at(-1)).toMatchObject({
      detail: '{"by":"name","found":1}',
      actor: expect.stringMatching(/^api-key /),
    });
    expect(JSON.stringify(looked)).not.toMatch(/torres|n[uú][nñ]ez|@/i);
  });

  it('exports what a filter finds, harmless to spreadsheets, and with people only for those who may issue', async () => {
    const achievement = await approvedAchievement(service);
    await post('credentials', { achievement, learner: { name: '=cmd|calc', email: 'c@x.edu' }, reason: '+1+1' });
    const download = (query: string, key: string) => service.call('GET', `${at}/credentials/export${query}`, { key });
    const all = await download('', service.key);
    expect(all.headers['content-type']).toMatch('text/csv');
    const lines = all.text.trimEnd().split('\r\n');
    expect(lines).toHaveLength(5);
    expect(lines[1]).toContain(`"'=cmd|calc","c@x.edu"`);
    expect(lines[1]).toContain(`"'+1+1"`);
    const revoked = await download('?state=revoked', service.key);
    expect(revoked.text.trimEnd().split('\r\n')).toHaveLength(2);
    expect(revoked.text).toContain('Núñez');
    const plain = await download('', viewer);
    expect([plain.status, plain.text.split('\r\n').length]).toEqual([200, 6]);
    expect(plain.text).not.toMatch(/torres|núñez|example\.edu|cmd\|/i);
    expect((await download('?state=gone', viewer)).status).toBe(400);
    const entries = await service.db
      .selectFrom('audit_entry')
      .selectAll()
      .where('action', '=', 'credential.export')
      .orderBy('number')
      .execute();
    expect(entries.map(({ detail }) => detail)).toEqual(['{"people":true}', '{"people":true}', '{"people":false}']);
  });

  it('does not find what was erased by whom it was for', async () => {
    const who = { learner: { email: 'other@example.edu' } };
    const { confirm } = (await post('learners/erase/preview', who)).body;
    expect((await post('learners/erase', { ...who, confirm, reason: 'asked for' })).status).toBe(200);
    expect(ids(await lookUp('Ana Torres'))).toEqual([]);
    expect((await lookUp(String(issued[2]?.id))).items[0]).toMatchObject({ erased: true, name: null });
  });
});
