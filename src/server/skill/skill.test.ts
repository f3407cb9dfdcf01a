import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../core/json/json.ts';
import { startDatabases, type TestDatabase } from '../test-databases.ts';
import { achievement, approvedAchievement, type Service, startService } from '../test-issuing.ts';

let databases: TestDatabase[];
beforeAll(async () => {
  databases = await startDatabases();
});
afterAll(async () => {
  for (const database of databases) await database.stop();
});

const at = '/api/issuers/northfield';
const base = 'https://standards.example.org';
const item = (id: string, fullStatement: string, more: JsonObject = {}): JsonObject => ({
  identifier: id,
  uri: `${base}/uri/${id}`,
  fullStatement,
  ...more,
});
const childOf = (child: string, parent: string): JsonObject => ({
  associationType: 'isChildOf',
  originNodeURI: { identifier: child, uri: `${base}/uri/${child}` },
  destinationNodeURI: { identifier: parent, uri: `${base}/uri/${parent}` },
});
const casePackage: JsonObject = {
  CFDocument: { identifier: 'doc', uri: `${base}/uri/doc`, title: 'Reading Standards', creator: 'Example' },
  CFDefinitions: { CFSubjects: [{ title: 'a "quoted" [thing]' }] },
  CFItems: [
    item('rl', 'Reading: Literature', { CFItemType: 'Domain' }),
    item('rl4', 'Interpret words and phrases as they are used in a text', {
      humanCodingScheme: 'CCSS.RL.4',
      abbreviatedStatement: 'Word meaning',
      CFItemType: 'Standard',
    }),
    item('esp', 'Análisis de textos en español, también con "comillas"'),
  ],
  CFAssociations: [childOf('rl', 'doc'), childOf('rl4', 'rl'), { associationType: 'isRelatedTo' }],
};

describe.each(['embedded', 'PostgreSQL'])('skills on %s', (name) => {
  let service: Service;
  const json = { 'content-type': 'application/json' };
  const csv = { 'content-type': 'text/csv' };
  const send = (body: string | Buffer, headers: Record<string, string>, query = '', slug = 'northfield') =>
    service.call('POST', `/api/issuers/${slug}/skill-frameworks${query}`, { key: service.key, body, headers });
  const find = async (query: string, slug = 'northfield') => {
    const found = await service.call('GET', `/api/issuers/${slug}/skills?${query}`, { key: service.key });
    expect(found.status, found.text).toBe(200);
    return found.body as { items: (JsonObject & { alignment: JsonObject })[]; next: string | null };
  };
  const names = ({ items }: { items: { alignment: JsonObject }[] }) => items.map((one) => one.alignment.targetName);
  beforeAll(async () => {
    service = await startService(databases.find((database) => database.name === name) as TestDatabase);
    await service.call('POST', `${at}/units`, {
      key: service.key,
      body: { slug: 'school', profile: { name: 'School', url: 'https://x.example' } },
    });
  });
  afterAll(() => service.close());

  it('takes a CASE package in, finds its skills by words, in units too, and gives an alignment that issues', async () => {
    const taken = await send(JSON.stringify(casePackage, null, 2), json);
    expect(taken.status, taken.text).toBe(201);
    expect(taken.body).toMatchObject({ name: 'Reading Standards', uri: `${base}/uri/doc`, source: 'case', items: 3 });
    for (const words of ['word phr', 'RL.4', 'ccss', 'WORDS  interpret'])
      expect(names(await find(`q=${encodeURIComponent(words)}`)), words).toEqual(['Word meaning']);
    expect(names(await find('q=espanol'))).toHaveLength(1);
    expect(names(await find(`q=${encodeURIComponent("'); drop table x; -- : & | ! *")}`))).toEqual([]);
    const [found] = (await find('q=meaning', 'school')).items;
    expect(found).toMatchObject({
      framework: { name: 'Reading Standards' },
      kind: 'Standard',
      above: { statement: 'Reading: Literature' },
      alignment: {
        type: ['Alignment'],
        targetName: 'Word meaning',
        targetUrl: `${base}/uri/rl4`,
        targetCode: 'CCSS.RL.4',
        targetDescription: 'Interpret words and phrases as they are used in a text',
        targetFramework: 'Reading Standards',
        targetType: 'CFItem',
      },
    });
    const listed = await service.call('GET', '/api/issuers/school/skill-frameworks', { key: service.key });
    expect(listed.body.items).toMatchObject([{ id: taken.body.id, issuer: 'northfield' }]);

    const alignment = [found?.alignment as JsonObject];
    const id = await approvedAchievement(service, 'school', { ...achievement, alignment });
    const one = await service.call('GET', `${at}/skill-frameworks/${taken.body.id}`, { key: service.key });
    expect(one.body.uses).toEqual([
      { issuer: 'school', achievement: id, name: achievement.name, version: 1, items: 1 },
    ]);
    const remove = (slug: string) =>
      service.call('POST', `/api/issuers/${slug}/skill-frameworks/${taken.body.id}/remove`, {
        key: service.key,
        body: { reason: 'replaced' },
      });
    expect((await remove('school')).status).toBe(404);
    expect((await remove('northfield')).status).toBe(204);
    expect(await find('q=word')).toEqual({ items: [], next: null });
    const left = await service.db.selectFrom('skill_item').select('number').execute();
    const acts = await service.db
      .selectFrom('audit_entry')
      .select('action')
      .where('subject', '=', taken.body.id as string)
      .orderBy('number')
      .execute();
    expect([left, acts.map(({ action }) => action)]).toEqual([
      [],
      ['skill-framework.import', 'skill-framework.remove'],
    ]);
  });

  it('takes a list in, with its own columns, and a name from the request', async () => {
    const text = [
      '\ufeffCode;Statement;URI;Parent;Framework;Notes',
      'A;"Reads; and writes";https://x.example/a;;Office;n',
      `A.1;${'Long '.repeat(60)};urn:example:a1;A;Office;n`,
    ].join('\r\n');
    const taken = await send(text, csv);
    expect(taken.body, taken.text).toMatchObject({ name: 'Office', source: 'csv', items: 2 });
    const [long] = (await find('q=a+1+long')).items;
    expect(long).toMatchObject({
      above: { code: 'A', statement: 'Reads; and writes' },
      alignment: { targetType: 'ceasn:Competency' },
    });
    expect(String(long?.alignment.targetName).length).toBeLessThanOrEqual(120);
    const named = await send(text.replaceAll(';Office;', ';;'), csv, '?name=Own%20name');
    expect(named.body).toMatchObject({ name: 'Own name' });
  });

  it.each<[string, string | Buffer, 'csv' | 'json', (string | number | null)[]]>([
    ['an empty list', '', 'csv', [1, null, 'roster-empty']],
    ['no column for the address', 'statement\nx', 'csv', [1, null, 'skill-column-missing']],
    ['a column twice', 'uri,statement,URI\n', 'csv', [1, 3, 'roster-column-twice']],
    ['no skill', 'uri,statement\n', 'csv', [null, null, 'skill-file-empty']],
    ['no name', 'uri,statement\nurn:x:1,y', 'csv', [null, null, 'skill-framework-unnamed']],
    ['no statement', 'uri,statement\nurn:x:1, ', 'csv', [2, 2, 'skill-text-missing']],
    ['a script', 'uri,statement\njavascript:alert(1),y', 'csv', [2, 1, 'skill-uri-wrong']],
    ['an address twice', 'uri,statement\nurn:x:1,y\nurn:x:1,z', 'csv', [3, null, 'skill-uri-twice']],
    ['a parent that is nowhere', 'uri,statement,parent\nurn:x:1,y,z', 'csv', [2, null, 'skill-parent-unknown']],
    ['another type', 'uri,statement,type\nurn:x:1,y,z', 'csv', [2, 3, 'skill-type-unknown']],
    ['two frameworks', 'uri,statement,framework\nurn:x:1,y,a\nurn:x:2,y,b', 'csv', [3, 3, 'skill-framework-differs']],
    ['NUL', 'uri,statement\nurn:x:1,a\0b', 'csv', [2, null, 'roster-row-unreadable']],
    ['NUL in quotes', 'uri,statement\nurn:x:1,"a\0b"', 'csv', [2, 2, 'skill-text-unusable']],
    ['other bytes', Buffer.from('uri,statement\nurn:x:1,Jos\xe9', 'latin1'), 'csv', [2, 2, 'issue-not-text']],
    ['a stray quote', 'uri,statement\nurn:x:1,"y', 'csv', [2, null, 'roster-row-unreadable']],
    ['too few cells', 'uri,statement\nurn:x:1', 'csv', [2, null, 'roster-cells-differ']],
    ['a huge cell', `uri,statement\nurn:x:1,${'x'.repeat(6000)}`, 'csv', [2, 2, 'skill-text-too-long']],
    ['no JSON', '{"CFItems": [{]}', 'json', [null, null, 'skill-json-broken']],
    ['other JSON', '{"items": []}', 'json', [null, null, 'skill-case-not-package']],
    [
      'an item without an address',
      '{"CFDocument":{"title":"t"},"CFItems":[{"fullStatement":"x"}]}',
      'json',
      [null, null, 'skill-text-missing'],
    ],
  ])('refuses %s by its place, and keeps nothing', async (_, text, kind, [line, column, code]) => {
    const count = async () => (await service.db.selectFrom('skill_framework').select('id').execute()).length;
    const before = await count();
    const refused = await send(text, kind === 'csv' ? csv : json);
    expect(refused.status, refused.text).toBe(422);
    const [fault] = refused.body.faults as JsonObject[];
    expect(fault).toMatchObject({ line, column, code, say: expect.stringMatching(/\.$/) });
    expect(await count()).toBe(before);
  });

  it('finds skills among 50,000 in a moment, page by page', async () => {
    const taken = await send(JSON.stringify({ ...casePackage, CFItems: casePackage.CFItems }), json, '?name=Large');
    // Written by the database itself: reading as many takes the import some 15 seconds.
    await sql`insert into skill_item (framework_id, number, statement, uri, target_type, words)
      select framework, number, text, ${base} || '/uri/s' || number, 'CFItem', lower(text) from (
        select ${taken.body.id}::text as framework, number,
          (array['Explain', 'Measure', 'Compare', 'Design', 'Repair'])[number % 5 + 1] || ' '
          || (array['circuits', 'poems', 'budgets', 'gardens', 'engines', 'surveys', 'maps'])[number % 7 + 1]
          || ' of kind ' || number as text
        from generate_series(4, 50000) as number) as made`.execute(service.db);
    await sql`select gin_clean_pending_list('skill_item_by_words'::regclass)`.execute(service.db);
    const search = (query: string) => find(`framework=${taken.body.id}&${query}`);
    const first = await search('q=expl+circ&limit=20');
    const second = await search(`q=expl+circ&limit=20&after=${first.next}`);
    expect([...names(first), ...names(second)]).toEqual(
      Array.from({ length: 40 }, (_, index) => `Explain circuits of kind ${(index + 1) * 35}`),
    );
    expect(names(await search('q=kind+49999'))).toEqual([expect.stringMatching(/49999$/)]);
    expect(names(await search('q=nowhere'))).toEqual([]);
    const removed = await service.call('POST', `${at}/skill-frameworks/${taken.body.id}/remove`, {
      key: service.key,
      body: { reason: 'a test' },
    });
    expect(removed.status).toBe(204);
  });
});
