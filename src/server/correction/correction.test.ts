import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject, JsonValue } from '../../core/json/json.ts';
import { verifyCredential } from '../../core/verify/verify-credential.ts';
import { nodeCryptography } from '../../node/cryptography.ts';
import { startDatabases, type TestDatabase } from '../test-databases.ts';
import { accept, approvedAchievement, type Service, startService, achievement as template } from '../test-issuing.ts';

let databases: TestDatabase[];
beforeAll(async () => {
  databases = await startDatabases();
});
afterAll(async () => {
  for (const database of databases) await database.stop();
});

const at = '/api/issuers/northfield';

describe.each(['embedded', 'PostgreSQL'])('corrections on %s', (name) => {
  let service: Service;
  beforeAll(async () => {
    service = await startService(databases.find((database) => database.name === name) as TestDatabase);
  });
  afterAll(() => service.close());

  const call = async (path: string, body?: unknown, headers: Record<string, string> = {}) =>
    await service.call(body === undefined ? 'GET' : 'POST', `${at}${path}`, { key: service.key, body, headers });
  const issue = async (achievement: string, email: string, more: JsonObject = {}) =>
    (await call('/credentials', { achievement, learner: { name: 'Ana', email, ...more } })).body as JsonObject & {
      id: string;
      credential: JsonObject;
    };
  const verify = (document: JsonValue) =>
    verifyCredential(document, { cryptography: nodeCryptography, network: service.network, now: new Date() });
  const ended = async (path: string) => {
    await expect.poll(async () => (await call(path)).body.state, { timeout: 30_000 }).toMatch(/done|cancelled/);
    return (await call(path)).body;
  };
  const roster = async (achievement: string, csv: string, query = '') => {
    const read = await call(`/rosters?achievement=${achievement}${query}`, csv, { 'content-type': 'text/csv' });
    await call(`/rosters/${read.body.id}/start`, {});
    await ended(`/rosters/${read.body.id}`);
    return read.body.id as string;
  };
  const states = async (rosterId: string) =>
    (
      await service.db
        .selectFrom('credential')
        .select(['state'])
        .where('roster_id', '=', rosterId)
        .orderBy('state')
        .execute()
    ).map(({ state }) => state);

  /** What its record tells of a credential, the newest first: what, why, and whether it names somebody and an entry of the log. */
  const historyOf = async (id: string) =>
    ((await call(`/credentials/${id}`)).body.history as JsonObject[]).map(({ action, reason, who, entry }) =>
      [action, reason, typeof who, typeof entry].join(' '),
    );

  const documentOf = async (url: string) => {
    const id = url.slice(url.lastIndexOf('/') + 1);
    const query = service.db.selectFrom('credential').select('document').where('id', '=', id);
    return JSON.parse((await query.executeTakeFirstOrThrow()).document ?? '') as JsonObject;
  };
  const learnersOf = (correctionId: string) =>
    service.db
      .selectFrom('correction_item')
      .select('learner')
      .where('correction_id', '=', correctionId)
      .where('learner', 'is not', null)
      .execute();

  it('does to many what the preview said, and nothing when they changed meanwhile', async () => {
    const achievement = await approvedAchievement(service);
    const ids: string[] = [];
    for (const index of [1, 2, 3, 4]) ids.push((await issue(achievement, `m${index}@x.edu`)).id);
    await call(`/credentials/${ids[0]}/revoke`, { reason: 'first' });
    await call(`/credentials/${ids[1]}/suspend`, { reason: 'first' });
    const bulk = { act: 'revoke', selection: { ids: [...ids, 'A'.repeat(22), ids[2]] } };
    const preview = (await call('/credentials/bulk/preview', bulk)).body;
    expect(preview).toMatchObject({ act: 'revoke', total: 4, unknown: 1 });
    expect(preview.changes).toEqual([
      { from: 'active', to: 'revoked', count: 2 },
      { from: 'revoked', to: null, count: 1 },
      { from: 'suspended', to: 'revoked', count: 1 },
    ]);
    await call(`/credentials/${ids[1]}/reinstate`, { reason: 'meanwhile' });
    const apply = (digest: unknown) => call('/credentials/bulk', { ...bulk, reason: 'wrong term', digest });
    const refused = await apply(preview.digest);
    expect(refused.body).toMatchObject({ code: 'conflict', preview: { changes: [{ from: 'active', count: 3 }, {}] } });
    const again = refused.body.preview as JsonObject;
    const revisions = async () =>
      (await service.db.selectFrom('status_list').select('revision').execute())[0]?.revision;
    const before = (await revisions()) ?? 0;
    const begun = await apply(again.digest);
    expect([begun.status, begun.body.state, begun.body.total]).toEqual([202, 'running', 3]);
    const done = await ended(`/corrections/${begun.body.id}`);
    expect(done).toMatchObject({ state: 'done', done: 3, skipped: 0, failed: 0, waiting: 0, reason: 'wrong term' });
    expect(await revisions()).toBe(before + 1);
    const items = (await call(`/corrections/${begun.body.id}/items?state=done`)).body.items as JsonObject[];
    expect(items.map(({ number, act, state }) => `${number} ${act} ${state}`)).toEqual([
      '1 revoke done',
      '2 revoke done',
      '3 revoke done',
    ]);
    const rows = await service.db.selectFrom('credential').selectAll().where('id', 'in', ids).execute();
    expect(rows.map(({ state }) => state)).toEqual(['revoked', 'revoked', 'revoked', 'revoked']);
    expect(rows.map(({ status_reason }) => status_reason).sort()).toEqual(['first', ...Array(3).fill('wrong term')]);
    const log = (await call('/audit?limit=1000')).body.items as JsonObject[];
    expect(
      log.filter(({ action, subject }) => action === 'credential.revoke' && subject === begun.body.id),
    ).toMatchObject([{ reason: 'wrong term' }]);
    expect(await historyOf(ids[1] as string)).toEqual([
      'credential.revoke wrong term string number',
      'credential.reinstate meanwhile string number',
      'credential.suspend first string number',
      'credential.issue  string number',
    ]);
    expect((await apply((await call('/credentials/bulk/preview', bulk)).body.digest)).status).toBe(409);
    expect((await call('/credentials/bulk/preview', { act: 'revoke', selection: {} })).status).toBe(400);
    expect((await call('/audit/verify')).body).toEqual({ fault: null });
  });

  it('selects by roster, by version and by time', async () => {
    const achievement = await approvedAchievement(service);
    const from = new Date().toISOString();
    const id = await roster(achievement, ['email', 'r1@x.edu', 'r2@x.edu', 'r3@x.edu'].join('\n'));
    await issue(achievement, 'alone@x.edu');
    const total = async (selection: JsonObject) =>
      (await call('/credentials/bulk/preview', { act: 'suspend', selection })).body.total;
    expect(await total({ roster: id })).toBe(3);
    expect(await total({ achievement })).toBe(4);
    expect(await total({ achievement, version: 2 })).toBe(0);
    expect(await total({ issuedFrom: from })).toBe(4);
    expect(await total({ issuedFrom: from, issuedBefore: from })).toBe(0);
    expect(await total({ achievement, issuedBefore: '2020-01-01' })).toBe(0);
    const nobody = { act: 'suspend', selection: { roster: '00000000-0000-4000-8000-000000000000' } };
    expect((await call('/credentials/bulk/preview', nobody)).status).toBe(404);
    const bulk = { act: 'suspend', selection: { roster: id } };
    const { digest } = (await call('/credentials/bulk/preview', bulk)).body;
    const begun = await call('/credentials/bulk', { ...bulk, digest, reason: 'under review' });
    await ended(`/corrections/${begun.body.id}`);
    expect(await states(id)).toEqual(['suspended', 'suspended', 'suspended']);
    // Also once something else happened to one of them.
    const [one] = (await call(`/credentials?roster=${id}`)).body.items as { id: string }[];
    await call(`/credentials/${one?.id}/reinstate`, { reason: 'nothing was found' });
    expect(await historyOf(one?.id as string)).toEqual([
      'credential.reinstate nothing was found string number',
      'credential.suspend under review string object',
      'credential.issue  string number',
    ]);
  });

  it('issues one anew: its own id and status, the old one superseded, the award where it was', async () => {
    const achievement = await approvedAchievement(service);
    const identifiers = { systemId: '4711' };
    const old = await issue(achievement, 'old@x.edu', { identifiers, awardedDate: '2026-01-15' });
    await accept(service, old.claimUrl as string);
    await new Promise((resolve) => setTimeout(resolve, 1100));
    const reissue = (body: JsonObject, headers = {}) =>
      call(`/credentials/${old.id}/reissue`, { reason: 'the name was misspelt', ...body }, headers);
    expect((await reissue({ learner: { email: 'nowhere' } })).body).toMatchObject({ code: 'refused' });
    const key = { 'idempotency-key': 'again' };
    const made = await reissue({ learner: { name: 'Anna' } }, key);
    expect(made.status, made.text).toBe(201);
    const again = await reissue({ learner: { name: 'Anna' } }, key);
    expect(again.body).toEqual(made.body);
    expect(again.headers['cache-control']).toBe('no-store');
    const kept = await service.db.selectFrom('idempotent_request').select('body').where('key', '=', 'again').execute();
    expect(kept.map(({ body }) => body.includes(new URL(made.body.claimUrl as string).search))).toEqual([false]);
    const page = await service.app.inject({ url: `/credentials/${old.id}`, headers: { accept: 'text/html' } });
    expect(page.body).toContain('A newer edition has replaced this credential.');
    const edition = made.body.credential as JsonObject;
    expect(edition.id).not.toBe(old.credential.id);
    expect(edition.awardedDate).toBe(old.credential.awardedDate);
    expect(edition.credentialStatus).not.toEqual(old.credential.credentialStatus);
    const ofSystem = (credential: JsonObject) =>
      (credential.credentialSubject as { identifier: JsonObject[] }).identifier.filter(
        ({ identityType }) => identityType === 'systemId',
      );
    expect(ofSystem(edition)).toEqual(ofSystem(old.credential));
    expect(JSON.stringify(edition)).not.toContain(old.id);
    const report = await verify(edition);
    expect(report.verdict, JSON.stringify(report.steps)).toBe('verified');
    const before = await service.app.inject({
      method: 'POST',
      url: '/api/verify',
      headers: { 'content-type': 'application/json' },
      payload: JSON.stringify(old.credential),
    });
    expect(before.json().hallmark.stamps.current).toMatchObject({ outcome: 'failed', reason: 'current-superseded' });
    expect(before.json().verification.refreshed.verdict).toBe('verified');
    // For verifiers that ask for no newer edition it is revoked.
    expect((await verify({ ...old.credential })).steps.status.outcome).toBe('failed');
    expect((await reissue({})).body).toMatchObject({ code: 'conflict', credential: made.body.id });
    // The next edition says so of all before it.
    await new Promise((resolve) => setTimeout(resolve, 1100));
    const third = await call(`/credentials/${made.body.id}/reissue`, { reason: 'new text' });
    expect(await historyOf(made.body.id as string)).toEqual([
      'credential.supersede new text string number',
      'credential.reissue the name was misspelt string number',
    ]);
    expect((third.body.credential as JsonObject).relatedResource).toHaveLength(2);
    expect((await verify(old.credential)).refreshed?.credential?.id).toBe(third.body.url);
    const held = await call('/credentials', { achievement, learner: { email: 'old@x.edu' } });
    expect(held.body).toMatchObject({ code: 'conflict', credential: third.body.id });
    const [person] = await service.db
      .selectFrom('credential')
      .select(['person', 'recipient'])
      .where('id', '=', third.body.id as string)
      .execute();
    expect(person?.person).not.toBeNull();
  });

  it('issues nobody anew as somebody who holds one already', async () => {
    const achievement = await approvedAchievement(service);
    const one = await issue(achievement, 'one@x.edu');
    const other = await issue(achievement, 'other@x.edu');
    const answer = await call(`/credentials/${one.id}/reissue`, { reason: 'x', learner: { email: 'other@x.edu' } });
    expect(answer.body).toMatchObject({ code: 'conflict', credential: other.id });
    const free = await call(`/credentials/${one.id}/reissue`, { reason: 'x', learner: { email: 'third@x.edu' } });
    expect(free.status, free.text).toBe(201);
  });

  it('issues all of a version anew under the newest', async () => {
    const achievement = await approvedAchievement(service);
    const id = await roster(achievement, ['email,name', 'v1@x.edu,A', 'v2@x.edu,B', 'v3@x.edu,C'].join('\n'));
    const path = `/achievements/${achievement}`;
    await service.call('PUT', `${at}${path}`, { key: service.key, body: { ...template, name: 'A better name' } });
    for (const step of ['submit', 'approve']) await call(`${path}/${step}`, {});
    const bulk = { act: 'reissue', selection: { achievement, version: 1 } };
    const preview = (await call('/credentials/bulk/preview', bulk)).body;
    expect(preview).toMatchObject({ version: 2, changes: [{ from: 'active', to: 'superseded', count: 3 }] });
    const begun = await call('/credentials/bulk', { ...bulk, digest: preview.digest, reason: 'a better name' });
    expect(await ended(`/corrections/${begun.body.id}`)).toMatchObject({ done: 3, failed: 0 });
    expect(await states(id)).toEqual([...Array(3).fill('active'), ...Array(3).fill('superseded')]);
    const [item] = (await call(`/corrections/${begun.body.id}/items`)).body.items as JsonObject[];
    const served = await documentOf(item?.edition as string);
    expect(served.name).toBe('A better name');
    const history = async (url: unknown) => await historyOf(String(url).split('/').at(-1) as string);
    expect(await history(item?.edition)).toEqual(['credential.reissue a better name string number']);
    expect(await history(item?.credential)).toEqual([
      'credential.supersede a better name string number',
      'credential.issue  string number',
    ]);
    expect((await verify(served)).verdict).toBe('verified');
    expect((await call('/credentials/bulk/preview', { act: 'reissue', selection: { roster: id } })).status).toBe(400);
  });

  it.each(['learner', 'line'])('corrects a whole list, rows found by %s', async (match) => {
    const achievement = await approvedAchievement(service);
    const csv = { 'content-type': 'text/csv' };
    const head = 'name,email,result:Examination,identifier:systemId';
    const id = await roster(
      achievement,
      [
        head,
        `Ana,a-${match}@x.edu,48,1`,
        `Ben,b-${match}@x.edu,49,2`,
        `Cy,c-${match}@x.edu,47,3`,
        `Dee,d-${match}@x.edu,50,4`,
      ].join('\n'),
    );
    const send = (rows: string[], query = '') =>
      call(`/rosters/${id}/correct?reason=wrong%20marks&match=${match}${query}`, [head, ...rows].join('\n'), csv);
    const same = await send([`Ana,a-${match}@x.edu,48,1`, `Ben,b-${match}@x.edu,49,2`]);
    expect(same.body, same.text).toMatchObject({ state: 'ready', total: 2, skipped: 2, failed: 0, waiting: 0 });
    const faulty = await send([`Ana,a-${match}@x.edu,much,1`, `Zed,z-${match}@x.edu,49,2`, 'x,y']);
    expect(faulty.body.failed).toBe(match === 'learner' ? 3 : 2);
    const refused = await send([`Ana,a-${match}@x.edu,much,1`], '&missing=revoke');
    expect(refused.body).toMatchObject({ code: 'refused', failed: 1 });
    // Ana's mark, Ben's number; Cy as he was; Dee is not there any more.
    const rows = [`Ana,a-${match}@x.edu,45,1`, `Ben,b-${match}@x.edu,49,22`, `Cy,c-${match}@x.edu,47,3`];
    const read = await send(rows, '&missing=revoke');
    expect(read.body, read.text).toMatchObject({ state: 'ready', kind: 'correct', total: 4, skipped: 1, waiting: 3 });
    expect(read.body.items).toEqual([
      { act: 'none', state: 'skipped', count: 1 },
      { act: 'reissue', state: 'waiting', count: 2 },
      { act: 'revoke', state: 'waiting', count: 1 },
    ]);
    expect(await states(id)).toEqual(Array(4).fill('active'));
    await call(`/corrections/${read.body.id}/start`, {});
    expect(await ended(`/corrections/${read.body.id}`)).toMatchObject({ done: 3, skipped: 1, failed: 0 });
    expect(await states(id)).toEqual(['active', 'active', 'active', 'revoked', 'superseded', 'superseded']);
    const items = (await call(`/corrections/${read.body.id}/items?act=reissue`)).body.items as JsonObject[];
    const served = await documentOf(items[0]?.edition as string);
    expect(JSON.stringify(served)).toContain('"value":"45"');
    expect((await verify(served)).verdict).toBe('verified');
    // Corrected once, the same list changes nothing more.
    expect((await send(rows, '&missing=revoke')).body).toMatchObject({ total: 3, skipped: 3, waiting: 0 });
    expect(await learnersOf(read.body.id as string)).toEqual([]);
    const cancelled = await send([`Cy,c-${match}@x.edu,44,3`]);
    expect((await call(`/corrections/${cancelled.body.id}/cancel`, {})).body.state).toBe('cancelled');
    expect((await call(`/corrections/${cancelled.body.id}/start`, {})).status).toBe(409);
    expect(await learnersOf(cancelled.body.id as string)).toEqual([]);
    expect((await call('/audit/verify')).body).toEqual({ fault: null });
  });
});
