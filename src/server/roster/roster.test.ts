import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../core/json/json.ts';
import { verifyCredential } from '../../core/verify/verify-credential.ts';
import { nodeCryptography } from '../../node/cryptography.ts';
import { startDatabases, type TestDatabase } from '../test-databases.ts';
import { accept, approvedAchievement, type Service, startService } from '../test-issuing.ts';
import { failLines, issueChunk, type Lane } from './issue-chunk.ts';
import { LinesInHand } from './lines-in-hand.ts';
import type { RosterRow } from './store.ts';

let databases: TestDatabase[];
beforeAll(async () => {
  databases = await startDatabases();
});
afterAll(async () => {
  for (const database of databases) await database.stop();
});

const at = '/api/issuers/northfield/rosters';
const csv = (count: number, rowOf = (index: number) => `Learner ${index},l${index}@example.edu`) =>
  ['name,email', ...Array.from({ length: count }, (_, index) => rowOf(index))].join('\n');

describe.each(['embedded', 'PostgreSQL'])('a roster on %s', (name) => {
  let service: Service;
  let id: string;
  /** How far the clock of the service is ahead, in milliseconds. */
  let later = 0;
  beforeAll(async () => {
    const now = () => new Date(Date.now() + later);
    const database = databases.find((one) => one.name === name) as TestDatabase;
    service = await startService(database, undefined, { now });
    id = await approvedAchievement(service);
  });
  afterAll(() => service.close());

  const send = (text: string | Buffer, query = '') =>
    service.call('POST', `${at}?achievement=${id}${query}`, {
      key: service.key,
      body: text,
      headers: { 'content-type': 'text/csv' },
    });
  const get = (path: string) => service.call('GET', `${at}/${path}`, { key: service.key });
  const change = (roster: string, what: string) =>
    service.call('POST', `${at}/${roster}/${what}`, { key: service.key });
  const until = async (roster: string, reached: (state: JsonObject) => boolean) => {
    for (let tries = 0; tries < 600; tries++) {
      const { body } = await get(roster);
      if (reached(body)) return body;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error('it did not come to that');
  };

  it('tells every fault by line and column before anything is issued', async () => {
    const read = await send(
      'name;email;result:Examination\nAna;ana@example.edu;48\nBen;nowhere;48\nCy;cy@x.edu;51\nEd;ed@x.edu;12\n"D;x',
    );
    expect(read.status, read.text).toBe(201);
    expect(read.body).toMatchObject({ state: 'ready', rows: 5, faulty: 4, issued: 0, waiting: 1 });
    const rows = await get(`${read.body.id}/rows?state=faulty`);
    const faults = (rows.body.items as JsonObject[]).map(({ line, faults }) => [
      line,
      (faults as JsonObject[]).map(({ name, code }) => `${name} ${code}`),
    ]);
    expect(faults).toEqual([
      [3, ['email issue-email-wrong']],
      [4, [expect.stringMatching(/^result:Examination /)]],
      [5, ['result:Examination issue-result-below-pass-mark']],
      [6, ['null roster-row-unreadable']],
    ]);
    const { faults: counted, refused, letters } = (await get(`${read.body.id}/summary`)).body;
    expect(counted).toHaveLength(4);
    expect(counted).toContainEqual({ code: 'issue-email-wrong', column: 2, name: 'email', count: 1 });
    expect([refused, letters]).toEqual([0, { waiting: 0, sent: 0, failed: 0 }]);
    const linesOf = async (column: number) =>
      ((await get(`${read.body.id}/rows?column=${column}`)).body.items as JsonObject[]).map(({ line }) => line);
    expect([await linesOf(2), await linesOf(3), await linesOf(0)]).toEqual([[3], [4, 5], [6]]);
    const mend = (await get(`${read.body.id}/results.csv?state=faulty&lang=es`)).text.trim().split('\r\n');
    expect(mend).toHaveLength(5);
    expect(mend[1]).toContain('no es un');
    expect((await service.call('GET', '/api/issuers/northfield/credentials', { key: service.key })).body.items).toEqual(
      [],
    );
    expect((await service.call('GET', '/api/issuers/northfield/issuable', { key: service.key })).body.items).toEqual([
      { id, name: 'Food Safety in Practice', version: 1 },
    ]);
  });

  const rowOf = (roster: string): Promise<RosterRow> =>
    service.db.selectFrom('roster').selectAll().where('id', '=', roster).executeTakeFirstOrThrow();
  const signingWith = (sign: Lane['deps']['signing']['sign']) => ({ ...service.issuing, signing: { sign } });
  const laneOf = (given: Partial<Lane> = {}): Lane => ({
    deps: service.issuing,
    inHand: name === 'embedded' ? new LinesInHand() : null,
    spare: new Map(),
    lines: [],
    ...given,
  });

  it('takes no place a second time when nobody knows whether the database kept the first', async () => {
    const body = { achievement: id, learner: { email: 'first@x.edu' } };
    await service.call('POST', '/api/issuers/northfield/credentials', { key: service.key, body });
    const used = await service.db
      .selectFrom('credential')
      .select(['status_list_id as listId', 'status_index as index'])
      .executeTakeFirstOrThrow();
    const read = await send(csv(1, () => 'Spare,spare@x.edu'));
    const row = await rowOf(read.body.id as string);
    const lane = laneOf({ spare: new Map([[row.issuer_id, [used]]]) });
    await expect(issueChunk(lane, row, 1)).rejects.toThrow();
    // The roster does not run, so that nothing comes of it; but it came so far.
    expect(await issueChunk(lane, row, 1)).toBe(0);
  });

  it('marks the row that breaks the work, and none that another lane has in hand', async () => {
    const row = await rowOf((await send(csv(3, (index) => `Broken ${index},broken${index}@x.edu`))).body.id as string);
    const other = laneOf();
    if (other.inHand !== null) expect(await other.inHand.take(service.db, row.id, 1)).toHaveLength(1);
    const lane = laneOf({
      inHand: other.inHand,
      deps: signingWith(async () => {
        throw new Error('a fault of the code');
      }),
    });
    await expect(issueChunk(lane, row, 1)).rejects.toThrow('a fault of the code');
    await service.db.updateTable('roster').set({ state: 'running' }).where('id', '=', row.id).execute();
    await failLines(lane, row);
    const { issued, failed } = await until(row.id, ({ state }) => state === 'done');
    expect([issued, failed]).toEqual([2, 1]);
    const [line] = (await get(`${row.id}/rows?state=failed`)).body.items as JsonObject[];
    expect(line).toMatchObject({ line: other.inHand === null ? 2 : 3, faults: [{ code: 'roster-row-lost' }] });
  });

  it('marks the next row when the work fails before any is taken, so that the list ends', async () => {
    const row = await rowOf((await send(csv(2, (index) => `Early ${index},early${index}@x.edu`))).body.id as string);
    const lane = laneOf();
    const lost = { ...row, achievement_version: 99 };
    await expect(issueChunk(lane, lost, 1)).rejects.toThrow();
    await service.db.updateTable('roster').set({ state: 'running' }).where('id', '=', row.id).execute();
    await failLines(lane, lost);
    expect(await until(row.id, ({ state }) => state === 'done')).toMatchObject({ issued: 1, failed: 1 });
  });

  it('keeps nothing that a key signed which was taken out of use meanwhile', async () => {
    const row = await rowOf((await send(csv(3, (index) => `Key ${index},key${index}@x.edu`))).body.id as string);
    const lane = laneOf({
      deps: signingWith(async (task) => {
        const made = await service.issuing.signing.sign(task);
        const at = '/api/issuers/northfield/keys';
        const keys = (await service.call('GET', at, { key: service.key })).body.items as JsonObject[];
        const used = keys.find(({ state, use }) => state === 'active' && use === 'proof');
        const body = { reason: 'a test' };
        const retired = await service.call('POST', `${at}/${used?.id}/retire`, { key: service.key, body });
        expect(retired.status, retired.text).toBeLessThan(300);
        await service.db.updateTable('roster').set({ state: 'running' }).where('id', '=', row.id).execute();
        return made;
      }),
    });
    await issueChunk(lane, row, 3);
    expect(await until(row.id, ({ state }) => state === 'done')).toMatchObject({ issued: 3, failed: 0 });
    const kept = await service.db.selectFrom('credential').selectAll().where('roster_id', '=', row.id).execute();
    const options = { cryptography: nodeCryptography, network: service.network, now: new Date() };
    for (const { document } of kept)
      expect((await verifyCredential(JSON.parse(document ?? '') as JsonObject, options)).verdict).toBe('verified');
  });

  it('issues no row of a learner who was erased while it was signed', async () => {
    if (name !== 'embedded') return;
    const row = await rowOf((await send(csv(3, (index) => `Gone ${index},gone${index}@x.edu`))).body.id as string);
    const lane = laneOf({
      deps: signingWith(async (task) => {
        const body = { learner: { email: 'gone1@x.edu' }, reason: 'their request' };
        const ask = (what: string, more = {}) =>
          service.call('POST', `/api/issuers/northfield/learners/erase${what}`, {
            key: service.key,
            body: { ...body, ...more },
          });
        const { confirm } = (await ask('/preview')).body;
        expect((await ask('', { confirm })).status).toBe(200);
        await service.db.updateTable('roster').set({ state: 'running' }).where('id', '=', row.id).execute();
        return await service.issuing.signing.sign(task);
      }),
    });
    await issueChunk(lane, row, 3);
    expect(await until(row.id, ({ state }) => state === 'done')).toMatchObject({ issued: 2, failed: 1 });
    const [line] = (await get(`${row.id}/rows?state=failed`)).body.items as JsonObject[];
    expect(line).toMatchObject({ line: 3, faults: [{ code: 'roster-row-erased' }] });
  });

  it('issues each row once, and every credential verifies', async () => {
    const read = await send(csv(230, (index) => (index % 50 === 7 ? 'x,nowhere' : `Learner ${index},l${index}@x.edu`)));
    const roster = read.body.id as string;
    expect((await change(roster, 'start')).body.state).toBe('running');
    const done = await until(roster, ({ state }) => state === 'done');
    expect(done).toMatchObject({ rows: 230, faulty: 5, issued: 225, failed: 0, waiting: 0 });
    const results = await get(`${roster}/results.csv`);
    const lines = results.text.trim().split('\r\n').slice(1);
    expect(lines).toHaveLength(230);
    expect(lines.map((line) => Number(/^"(\d+)"/.exec(line)?.[1]))).toEqual(lines.map((_, index) => index + 2));
    const issued = lines.flatMap((line) => {
      const [, url, claim] = /"(https:[^"]+)".*"waiting","(https:[^"]+)"/.exec(line) ?? [];
      return url === undefined || claim === undefined ? [] : [{ url, claim }];
    });
    expect(new Set(issued.map(({ url }) => url)).size).toBe(225);
    for (const { url, claim } of issued.filter((_, index) => index % 60 === 0)) {
      await accept(service, claim);
      const fetched = await service.call('GET', new URL(url).pathname);
      const options = { cryptography: nodeCryptography, network: service.network, now: new Date() };
      expect((await verifyCredential(fetched.body, options)).verdict).toBe('verified');
    }
    const kept = await service.db.selectFrom('roster_row').selectAll().where('roster_id', '=', roster).execute();
    expect(kept.filter(({ state, learner }) => state === 'issued' && learner !== null)).toEqual([]);
    expect((await change(roster, 'start')).status).toBe(409);
  });

  it('issues nothing after a pause or a cancellation that was answered, and goes on where it was', async () => {
    const roster = (await send(csv(1500))).body.id as string;
    await change(roster, 'start');
    await until(roster, ({ issued }) => (issued as number) > 0);
    const paused = await change(roster, 'pause');
    expect(paused.body.state).toBe('paused');
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect((await get(roster)).body.issued).toBe(paused.body.issued);
    await change(roster, 'resume');
    const cancelled = await change(roster, 'cancel');
    await new Promise((resolve) => setTimeout(resolve, 300));
    const { body } = await get(roster);
    expect(body).toMatchObject({ state: 'cancelled', issued: cancelled.body.issued });
    const issued = await service.db
      .selectFrom('roster_row')
      .select('credential_id')
      .where('roster_id', '=', roster)
      .where('credential_id', 'is not', null)
      .execute();
    expect(issued).toHaveLength(body.issued as number);
    const left = service.db.selectFrom('roster_row').select('line').where('roster_id', '=', roster);
    expect(await left.where('learner', 'is not', null).execute()).toEqual([]);
    expect((await change(roster, 'resume')).status).toBe(409);
  });

  it('tells its progress as it comes', async () => {
    const roster = (await send(csv(120, (index) => `P ${index},p${index}@x.edu`))).body.id as string;
    const events = get(`${roster}/progress`);
    await change(roster, 'start');
    const told = (await events).text.split('\n\n').filter((event) => event.startsWith('event: progress'));
    const states = told.map((event) => JSON.parse(event.slice(event.indexOf('{'))) as JsonObject);
    expect(states.at(-1)).toMatchObject({ state: 'done', issued: 120 });
    expect((await events).headers['content-type']).toMatch('text/event-stream');
  });

  it('tells its progress to a bounded number, and no longer than they may hear it', async () => {
    const { call, key } = service;
    const roster = (await send(csv(2, (index) => `Q ${index},q${index}@x.edu`))).body.id as string;
    const keys = '/api/issuers/northfield/api-keys';
    const made = await call('POST', keys, { key, body: { name: 'screen', scopes: ['read'] } });
    // Answered as soon as it is decided, while the stream goes on.
    const listen = (by: string) =>
      service.app.inject({
        url: `${at}/${roster}/progress`,
        headers: { authorization: `Bearer ${by}` },
        payloadAsStream: true,
      });
    const theirs = made.body.apiKey as string;
    const streams = await Promise.all(Array.from({ length: 10 }, () => listen(theirs)));
    const another = await listen(theirs);
    expect([another.statusCode, JSON.parse(await text(another.stream())).code]).toEqual([429, 'too-many-requests']);
    await call('POST', `${keys}/${made.body.id}/revoke`, { key, body: { reason: 'a test' } });
    later = 16_000;
    for (const stream of streams) {
      expect(stream.statusCode).toBe(200);
      const told = await text(stream.stream());
      expect(told.match(/event: progress/g)).toHaveLength(1);
      expect(told).toContain('"state":"ready"');
    }
    later = 0;
    const own = await Promise.all(Array.from({ length: 11 }, () => listen(key)));
    await change(roster, 'cancel');
    await Promise.all(own.map((stream) => text(stream.stream())));
    expect(own.filter(({ statusCode }) => statusCode === 200)).toHaveLength(10);
    await expect.poll(async () => (await get(`${roster}/progress`)).status).toBe(200);
  });

  it.each<[string, string | Buffer, number, string]>([
    ['an empty file', '', 422, 'roster-empty'],
    ['a column of no meaning', 'name,grade\nAna,1', 422, 'roster-column-unknown'],
    ['a column twice', 'name,name\nAna,1', 422, 'roster-column-twice'],
    ['nobody to issue to', 'narrative\nx', 422, 'roster-no-learner-column'],
    ['UTF-16', Buffer.from('\ufeffname,email\nAna,ana@x.edu', 'utf16le'), 422, 'issue-not-text'],
  ])('refuses %s, and keeps nothing', async (_, text, status, code) => {
    const before = (await service.call('GET', at, { key: service.key })).body.items as JsonObject[];
    const read = await send(text);
    expect(read.status, read.text).toBe(status);
    const [fault] = read.body.faults as JsonObject[];
    expect(fault).toMatchObject({ code, say: expect.stringMatching(/\.$/), todo: expect.stringMatching(/\.$/) });
    expect((await service.call('GET', at, { key: service.key })).body.items).toHaveLength(before.length);
  });

  it('reads odd bytes, a BOM, formulas, huge cells and NUL without harm', async () => {
    const text = Buffer.concat([
      Buffer.from('\ufeffname,email\r\n=cmd|calc,a@x.edu\r\nJ'),
      Buffer.from([0xe9]),
      Buffer.from(`,b@x.edu\r\n"N\u0000ul",c@x.edu\r\n"${'x'.repeat(10_000_000)}",d@x.edu\r\n漢字 👩‍🔬,e@x.edu\r\n`),
    ]);
    const read = await send(text);
    expect(read.body, read.text).toMatchObject({ state: 'ready', rows: 5 });
    await change(read.body.id as string, 'start');
    await until(read.body.id as string, ({ state }) => state === 'done');
    const results = await get(`${read.body.id}/results.csv`);
    expect(results.text).toContain(`"'=cmd|calc"`);
    expect(results.text).toContain('漢字 👩‍🔬');
  });

  it('tells who is in the list twice, and who holds one already, unless told otherwise', async () => {
    const twice = 'name,email\nAna,twin@x.edu\nBen,other@x.edu\nAna T.,Twin@x.edu';
    const read = await send(twice);
    expect(read.body).toMatchObject({ rows: 3, faulty: 1 });
    const [fault] = (await get(`${read.body.id}/rows?state=faulty`)).body.items as JsonObject[];
    expect(fault).toMatchObject({ line: 4, faults: [{ code: 'roster-row-twice', params: { line: 2 } }] });
    // Read before either was issued: whoever comes second finds it held.
    const meanwhile = (await send(twice)).body.id as string;
    for (const roster of [read.body.id as string, meanwhile]) {
      await change(roster, 'start');
      await until(roster, ({ state }) => state === 'done');
    }
    expect((await get(meanwhile)).body).toMatchObject({ issued: 0, failed: 2 });
    const [failed] = (await get(`${meanwhile}/rows?state=failed`)).body.items as JsonObject[];
    expect(failed).toMatchObject({ faults: [{ code: 'issue-held-already' }] });
    expect((await send(twice)).body).toMatchObject({ faulty: 3 });
    const allowed = (await send(twice, '&duplicates=allow')).body.id as string;
    await change(allowed, 'start');
    expect(await until(allowed, ({ state }) => state === 'done')).toMatchObject({ issued: 3, failed: 0 });
  });

  it('lists rosters page by page, newest first', async () => {
    const sent: string[] = [];
    for (let count = 0; count < 3; count++) sent.unshift((await send(`name\nPage ${count}`)).body.id as string);
    const ids = ({ body }: { body: JsonObject }) => (body.items as JsonObject[]).map(({ id }) => id);
    const list = (query: string) => service.call('GET', `${at}?${query}`, { key: service.key });
    const first = await list('limit=2');
    const second = await list(`limit=1&after=${first.body.next}`);
    expect([...ids(first), ...ids(second)]).toEqual(sent);
    expect((await list('limit=200')).body.next).toBeNull();
    expect((await list('after=x')).status).toBe(400);
  });

  it('takes its own names of columns, and leaves columns out', async () => {
    const read = await send(
      'Student,Mail,Group\nAna,columns@x.edu,7',
      '&column=Student%3Dname&column=Mail%3Demail&ignore=Group',
    );
    expect(read.body, read.text).toMatchObject({ rows: 1, faulty: 0 });
  });
});
