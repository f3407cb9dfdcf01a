import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseLearner } from '../../core/issue/learner.ts';
import type { JsonObject } from '../../core/json/json.ts';
import { MasterKey } from '../master-key.ts';
import { verifyAllRecords } from '../operation/verify-chains.ts';
import { startDatabases, type TestDatabase } from '../test-databases.ts';
import { accept, approvedAchievement, learner, openService, type Service, startService } from '../test-issuing.ts';
import { addMember, fromOurPage } from '../test-people.ts';
import { sampleAchievements } from './content.ts';
import { recordAwards, sampleAwards } from './learners.ts';

let databases: TestDatabase[];
beforeAll(async () => {
  databases = await startDatabases();
});
afterAll(async () => {
  for (const database of databases) await database.stop();
});

const at = '/api/instance/sample-data';

describe.each(['embedded', 'PostgreSQL'])('sample data on %s', (name) => {
  const masterKey = new MasterKey(randomBytes(32));
  let database: TestDatabase;
  let service: Service;
  let headers: Record<string, string>;
  type Asked = Pick<Service, 'app'>;
  const ask = async (method: 'GET' | 'POST' | 'DELETE', by = headers, { app }: Asked = service) => {
    const answer = await app.inject({ method, url: at, headers: by });
    return { status: answer.statusCode, body: answer.json() as JsonObject };
  };
  const until = async (state: string, { app }: Asked = service) => {
    for (let tries = 0; tries < 200; tries++) {
      const { body } = await ask('GET', headers, { app });
      if (body.state === state) return body;
      if (body.state === 'failed') throw new Error('it failed');
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
    throw new Error('it did not come to that');
  };
  const get = (path: string) =>
    service.app
      .inject({ url: path, headers: { ...headers, accept: 'application/json' } })
      .then((answer) => answer.json());
  const page = (path: string) =>
    service.app.inject({ url: path, headers: { accept: 'text/html' } }).then((answer) => answer.body);

  beforeAll(async () => {
    database = databases.find((one) => one.name === name) as TestDatabase;
    service = await startService(database, masterKey);
    const { cookie } = await addMember(service, 'northfield', 'owner');
    headers = { cookie, ...fromOurPage };
  });
  afterAll(() => service.close());

  it('is made by owners of the instance alone', async () => {
    const admin = { cookie: (await addMember(service, 'northfield', 'admin')).cookie, ...fromOurPage };
    const { key } = service;
    for (const method of ['GET', 'POST', 'DELETE'] as const) {
      expect((await ask(method, admin)).status).toBe(403);
      expect((await ask(method, {})).status).toBe(401);
      expect((await ask(method, { authorization: `Bearer ${key}` })).status).toBe(401);
    }
    expect((await ask('POST', { cookie: headers.cookie as string })).status).toBe(403);
    expect((await ask('GET')).body).toMatchObject({ state: 'none', total: 200 });
  });

  it('goes on where a process ended, once for each learner', async () => {
    // A clock far behind: to others it was heard of long ago.
    const early = await openService(service.db, database, masterKey, { now: () => new Date(Date.now() - 60_000) });
    expect((await ask('POST', headers, early)).status).toBe(202);
    for (let count = 0; count < 15; ) {
      const kept = await service.db.selectFrom('credential').select('id').execute();
      count = kept.length;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    await early.app.close();
    expect((await ask('GET')).body.state).toBe('stopped');

    const begun = await ask('POST');
    expect([begun.status, begun.body.state]).toEqual([202, 'making']);
    expect((await ask('DELETE')).status).toBe(409);
    const ready = await until('ready');
    expect(ready).toMatchObject({ done: 200, total: 200 });
    expect((await ask('POST')).body.state).toBe('ready');

    const awards = [...sampleAwards(new Date()), ...recordAwards(new Date())];
    const kept = await service.db.selectFrom('credential').selectAll().execute();
    const first = kept.filter((one) => one.issue_reason === 'sample data' && one.achievement_id !== null);
    // One of them holds four more, and a record of all five.
    expect(first).toHaveLength(204);
    expect(new Set(first.map(({ recipient }) => recipient)).size).toBe(200);
    for (const [fate, state] of [
      ['revoked', 'revoked'],
      ['suspended', 'suspended'],
      ['superseded', 'superseded'],
      ['none', 'active'],
    ] as const)
      expect(
        first.filter((one) => one.state === state),
        fate,
      ).toHaveLength(awards.filter((award) => award.fate === fate).length);
    expect(kept).toHaveLength(205 + awards.filter(({ fate }) => fate === 'superseded').length);
    expect(kept.every(({ test }) => test)).toBe(true);
    const waived = kept.filter(({ waiver }) => waiver !== null);
    expect(waived.length).toBeGreaterThan(20);
    const ended = kept.filter(({ valid_until }) => valid_until !== null && valid_until < new Date());
    expect(ended).toHaveLength(awards.filter(({ expired }) => expired).length);
    expect(await service.db.selectFrom('mail').select('id').where('credential_id', 'is not', null).execute()).toEqual(
      [],
    );
  });

  it('shows every class and stands for what it says, marked as a sample wherever it is seen', async () => {
    const { items } = (await get('/api/issuers/sample-otterby/achievements?limit=200')) as { items: JsonObject[] };
    expect(items.map((item) => item.state)).toEqual(['approved', 'approved', 'approved', 'approved']);
    for (const { issuer, code, kind } of sampleAchievements) {
      const list = (await get(`/api/issuers/${issuer}/achievements?limit=200`)) as { items: JsonObject[] };
      const versions = await Promise.all(
        list.items.map(async ({ id }) => (await get(`/api/issuers/${issuer}/achievements/${id}`)).versions[0]),
      );
      const { attainable } = versions.find(({ achievement }) => achievement.humanCode === code);
      expect([code, attainable.headline]).toEqual([code, kind]);
    }
    const issuer = await get('/api/issuers/sample-quillmere');
    expect([issuer.sample, issuer.units[0].sample]).toEqual([true, true]);
    const me = (await get('/api/me')) as { issuers: JsonObject[] };
    expect(me.issuers.filter(({ sample }) => sample)).toHaveLength(3);
    expect(await page('/issuers/sample-quillmere')).toContain('Sample data.');
    const accepted = await service.db
      .selectFrom('credential')
      .select('id')
      .where('claim_state', '=', 'accepted')
      .executeTakeFirst();
    expect(await page(`/credentials/${accepted?.id}`)).toContain('Sample data.');
    expect(await page('/issuers/northfield')).not.toContain('Sample data.');
    const [achievement] = items;
    expect(await page(`/achievements/${achievement?.id}`)).toContain('Sample data.');
    const one = await service.db
      .selectFrom('credential')
      .selectAll()
      .where('state', '=', 'active')
      .where('valid_until', 'is', null)
      .limit(1)
      .executeTakeFirstOrThrow();
    expect(one.document).toContain('(sample, fictional)');
    const claim = await service.db.selectFrom('issuer').select('slug').where('id', '=', one.issuer_id).execute();
    const link = (await get(`/api/issuers/${claim[0]?.slug}/credentials/${one.id}/claim`)) as { url: string };
    await accept(service, link.url);
    const assessed = await service.app.inject({
      method: 'POST',
      url: '/api/verify',
      headers: { 'content-type': 'application/json' },
      payload: one.document as string,
    });
    expect(assessed.json().verification.verdict).toBe('verified');
    for (const { learner } of sampleAwards(new Date())) expect(parseLearner(learner).ok).toBe(true);
  });

  it('holds a learner record, which verifies and says of each credential in it how it stands', async () => {
    const { record } = (await ask('GET')).body as { record: string };
    const shown = await page(record);
    expect(shown).toContain('Sample data.');
    expect(shown.match(/class="card node"/g)).toHaveLength(5);
    expect(await page('/issuers/sample-quillmere')).toContain(`href="${record}"`);
    const id = record.split('/').at(-1) as string;
    const kept = await get(`/api/issuers/sample-quillmere/credentials/${id}`);
    expect(kept).toMatchObject({
      kind: 'ClrCredential',
      achievementName: 'Comprehensive Learner Record',
      claim: 'accepted',
    });
    const signed = await service.app.inject({ url: `${record}.json` });
    const { verification, credentials } = (
      await service.app.inject({
        method: 'POST',
        url: '/api/verify',
        headers: { 'content-type': 'application/json' },
        payload: signed.body,
      })
    ).json();
    expect([verification.kind, verification.verdict]).toEqual(['ClrCredential', 'verified']);
    const standing = credentials.map(
      (one: { hallmark: { stamps: { current: { reason: string } } } }) => one.hallmark.stamps.current.reason,
    );
    expect(standing.sort()).toEqual([
      'current-expired',
      'current-no-end',
      'current-no-end',
      'current-no-end',
      'current-revoked',
    ]);
  });

  it('fixes no address, gives nobody the instance, and goes in one act with all that was made below it', async () => {
    const fixed = () => service.db.selectFrom('setting').select('name').where('name', '=', 'public-url').execute();
    expect(await fixed()).toEqual([]);
    const guest = { cookie: (await addMember(service, 'sample-otterby', 'owner')).cookie, ...fromOurPage };
    expect((await ask('DELETE', guest)).status).toBe(403);
    const unit = await service.app.inject({
      method: 'POST',
      url: '/api/issuers/sample-otterby/units',
      headers,
      payload: { slug: 'own-school', profile: { name: 'Own', url: 'https://x.example' } },
    });
    expect(unit.json().sample).toBe(true);
    const real = await approvedAchievement(service);
    const issued = await service.call('POST', '/api/issuers/northfield/credentials', {
      key: service.key,
      body: { achievement: real, learner },
    });
    expect([issued.body.test, (await fixed()).length]).toEqual([false, 1]);

    const removed = await ask('DELETE');
    expect(removed.body, JSON.stringify(removed.body)).toMatchObject({ issuers: 4, achievements: 12 });
    expect((await ask('GET')).body.state).toBe('none');
    const slugs = (await service.db.selectFrom('issuer').select(['id', 'slug']).execute()).map(({ slug }) => slug);
    expect(slugs).toEqual(['northfield']);
    const { id } = await service.db.selectFrom('issuer').select('id').executeTakeFirstOrThrow();
    const tables = await sql<{ name: string }>`select table_name as name from information_schema.columns
      where column_name = 'issuer_id' and table_schema = 'public'`.execute(service.db);
    for (const { name: table } of tables.rows) {
      const left = await sql`select 1 from ${sql.table(table)} where issuer_id <> ${id}`.execute(service.db);
      expect([table, left.rows.length]).toEqual([table, 0]);
    }
    const records = await verifyAllRecords(service.db);
    expect(records.map((record) => [record.name, record.fault, record.ledger]).sort()).toEqual([
      ['instance', null, null],
      ['northfield', null, null],
    ]);
    const said = await service.db
      .selectFrom('audit_entry')
      .select('action')
      .where('chain', '=', 'instance')
      .orderBy('number')
      .execute();
    expect(said.map(({ action }) => action).filter((action) => action.startsWith('sample-data'))).toEqual([
      'sample-data.make',
      'sample-data.remove',
    ]);
    expect((await ask('GET')).body.record).toBeNull();
    expect((await ask('DELETE')).body).toMatchObject({ issuers: 0 });
  });
});
