import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startDatabases, type TestDatabase } from '../test-databases.ts';
import { approvedAchievement, type Service, startService } from '../test-issuing.ts';
import { sealClearRows } from './seal-clear-rows.ts';
import { openRow } from './sealed-row.ts';

let databases: TestDatabase[];
beforeAll(async () => {
  databases = await startDatabases();
});
afterAll(async () => {
  for (const database of databases) await database.stop();
});

const at = '/api/issuers/northfield/rosters';
const csv = 'name,email,awarded date\nAna Torres,ana@example.edu,2026-05-18\nBen Okri,ben(at)example.edu,2026-05-18\n';

describe.each(['embedded', 'PostgreSQL'])('rows of lists on %s', (name) => {
  let service: Service;
  let achievement: string;
  beforeAll(async () => {
    service = await startService(databases.find((database) => database.name === name) as TestDatabase);
    achievement = await approvedAchievement(service);
  });
  afterAll(() => service.close());

  const send = async () => {
    const query = `achievement=${achievement}&duplicates=allow`;
    const headers = { 'content-type': 'text/csv' };
    const sent = await service.call('POST', `${at}?${query}`, { key: service.key, body: csv, headers });
    expect(sent.status, sent.text).toBe(201);
    return sent.body.id as string;
  };
  const get = async (path: string) => (await service.call('GET', `${at}/${path}`, { key: service.key })).body;
  const post = (path: string) => service.call('POST', `${at}/${path}`, { key: service.key });
  const rowsOf = (roster: string) =>
    service.db.selectFrom('roster_row').selectAll().where('roster_id', '=', roster).orderBy('line').execute();
  const inClear = async (roster: string) => {
    const { rows } = await sql<{ row: string }>`
      select row_to_json(t)::text as row from roster_row as t where roster_id = ${roster}`.execute(service.db);
    return rows.map(({ row }) => row).join('\n');
  };
  const until = async (roster: string, state: string) => {
    for (let tries = 0; (await get(roster)).state !== state; tries++) {
      if (tries > 600) throw new Error('it did not come to that');
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };

  it('say nothing of people to who has the database without the master key', async () => {
    const roster = await send();
    const personal = /Ana|Torres|Ben|Okri|example\.edu|2026-05-18/;
    expect(await inClear(roster)).not.toMatch(personal);
    const rows = await get(`${roster}/rows`);
    expect(rows.items).toMatchObject([
      { line: 2, name: 'Ana Torres', state: 'waiting', dates: { awardedDate: '2026-05-18T00:00:00Z' } },
      { line: 3, name: 'Ben Okri', state: 'faulty', faults: [{ column: 2, params: { value: 'ben(at)example.edu' } }] },
    ]);
    await post(`${roster}/start`);
    await until(roster, 'done');
    expect(await inClear(roster)).not.toMatch(personal);
    expect(await rowsOf(roster)).toMatchObject([{ state: 'issued', learner: null, marks: null }, { state: 'faulty' }]);
    expect((await get(`${roster}/rows`)).items).toMatchObject([{ name: 'Ana Torres' }, { name: 'Ben Okri' }]);
  });

  it('are sealed at the next start where they are from before, and go on', async () => {
    const { db } = service;
    const { masterKey } = service.issuing;
    const [issued, roster] = [await send(), await send()];
    await post(`${issued}/start`);
    await until(issued, 'done');
    const bothOf = async () => [...(await rowsOf(issued)), ...(await rowsOf(roster))];
    const before = await bothOf();
    for (const row of before) {
      const { name, learner, faults } = openRow(masterKey, row);
      const clear = [learner, faults.length > 0 ? faults : null].map((part) => part && JSON.stringify(part));
      await sql`
        update roster_row set said = null, learner = null, marks = null,
          clear_name = ${name}, clear_learner = ${clear[0]}, faults = ${clear[1]}
        where roster_id = ${row.roster_id} and line = ${row.line}`.execute(db);
    }
    expect(await inClear(roster)).toMatch('ana@example.edu');
    await Promise.all([sealClearRows(db, masterKey), sealClearRows(db, masterKey)]);
    expect(await inClear(roster)).not.toMatch('example.edu');
    const after = await bothOf();
    expect(after.map((row) => openRow(masterKey, row))).toEqual(before.map((row) => openRow(masterKey, row)));
    // Nor is whoever bears the same name found by a row that was issued.
    expect(after.map(({ marks, faults }) => [marks, faults])).toEqual(
      before.map(({ marks, faults }) => [marks, faults]),
    );
    await post(`${roster}/start`);
    await until(roster, 'done');
    expect(await get(roster)).toMatchObject({ issued: 1, faulty: 1, failed: 0 });
  });
});
