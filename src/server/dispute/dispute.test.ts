import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../core/json/json.ts';
import { startDatabases, type TestDatabase } from '../test-databases.ts';
import { approvedAchievement, learner, publicUrl, type Service, startService } from '../test-issuing.ts';
import { addMember, findLetter } from '../test-people.ts';

let databases: TestDatabase[];
beforeAll(async () => {
  databases = await startDatabases();
});
afterAll(async () => {
  for (const database of databases) await database.stop();
});

const at = '/api/issuers/northfield';
const browser = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };
const hostile = '<script>alert(1)</script> "quoted" & more';

describe.each(['embedded', 'PostgreSQL'])('what a learner says is wrong, on %s', (name) => {
  let service: Service;
  let achievementId: string;
  beforeAll(async () => {
    service = await startService(databases.find((database) => database.name === name) as TestDatabase);
    achievementId = await approvedAchievement(service);
  });
  afterAll(() => service.close());

  const call = async (method: 'GET' | 'POST' | 'PUT', path: string, body?: unknown) =>
    service.call(method, `${at}${path}`, { key: service.key, ...(body === undefined ? {} : { body }) });
  const issue = async () => {
    const issued = await call('POST', '/credentials', { achievement: achievementId, learner, duplicates: 'allow' });
    const { pathname, search } = new URL(issued.body.claimUrl as string);
    return { id: issued.body.id as string, path: pathname, search };
  };
  let visitors = 0;
  const tell = (path: string, search: string, about: string, words: string, headers: Record<string, string> = {}) =>
    service.app.inject({
      method: 'POST',
      url: `${path}/dispute${search}`,
      headers: { origin: publicUrl, 'content-type': 'application/x-www-form-urlencoded', ...browser, ...headers },
      payload: String(new URLSearchParams({ about, words })),
      remoteAddress: `10.1.0.${++visitors % 250}`,
    });
  const view = async (path: string, search: string) => {
    const opened = await service.app.inject({ url: path + search, headers: browser });
    const [cookie = ''] = String(opened.headers['set-cookie']).split(';');
    return (await service.app.inject({ url: path, headers: { ...browser, cookie } })).body;
  };

  it('reaches the issuer in the learner’s words, sealed at rest, and the answer reaches the learner', async () => {
    const [answers, reads] = [
      await addMember(service, 'northfield', 'issuer'),
      await addMember(service, 'northfield', 'viewer'),
    ];
    const { id, path, search } = await issue();
    expect((await tell(path, search, 'name', hostile)).statusCode).toBe(303);
    const letter = await findLetter(service, answers.email);
    expect(letter?.subject).toBe('A learner reports a mistake in a credential of Northfield');
    expect(letter?.text).toContain('Northfield: the name.');
    expect(letter?.text).toContain(`\n${publicUrl}/studio/northfield/credentials/${id}\n`);
    expect(letter?.text).not.toContain('alert');
    expect(await findLetter(service, reads.email)).toBeUndefined();
    const stored = await service.db.selectFrom('dispute').selectAll().where('credential_id', '=', id).execute();
    expect(Buffer.from(stored[0]?.words ?? []).toString('latin1')).not.toContain('alert');
    const items = (await call('GET', `/credentials/${id}/disputes`)).body.items as JsonObject[];
    expect(items).toMatchObject([{ about: 'name', state: 'open', words: hostile, answer: null, credential: id }]);
    const waiting = await view(path, search);
    expect(waiting).toContain('Waiting for an answer');
    expect(waiting).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    const answered = await call('POST', `/disputes/${items[0]?.id}/answer`, { answer: 'We mend it this week.' });
    expect(answered.body).toMatchObject({ state: 'answered', answer: 'We mend it this week.' });
    expect(await view(path, search)).toContain('We mend it this week.');
    const closed = await call('POST', `/disputes/${items[0]?.id}/close`, { reason: 'issued anew' });
    expect(closed.body).toMatchObject({ state: 'closed', answer: 'We mend it this week.' });
    expect((await call('POST', `/disputes/${items[0]?.id}/answer`, { answer: 'more' })).status).toBe(404);
    const log = (await call('GET', '/audit?limit=200')).body.items as JsonObject[];
    const acts = log
      .filter(({ subject }) => subject === id)
      .map(({ action, actor, reason }) => ({ action, actor, reason }));
    expect(acts.filter(({ action }) => String(action).startsWith('dispute.'))).toMatchObject([
      { action: 'dispute.open', actor: 'claim-link' },
      { action: 'dispute.answer' },
      { action: 'dispute.close', reason: 'issued anew' },
    ]);
    expect(JSON.stringify(log)).not.toMatch(/alert|We mend it/);
  });

  it('takes it from the learner alone, and keeps what they wrote where it cannot be sent', async () => {
    const { id, path, search } = await issue();
    expect((await tell(path, '', 'name', 'It is not mine')).statusCode).toBe(404);
    expect((await tell(path, '?claim=AAAAAAAAAAAAAAAAAAAAAA', 'name', 'It is not mine')).statusCode).toBe(404);
    expect((await tell(path, search, 'name', 'x', { origin: 'https://evil.example' })).statusCode).toBe(403);
    for (const [about, words, sentence] of [
      ['', 'My name is Anna', 'Choose what is wrong.'],
      ['name', '  ', 'Write what is wrong'],
      ['result', 'x'.repeat(4001), 'longer than 4,000 characters'],
    ] as const) {
      const again = await tell(path, search, about, words);
      expect(again.statusCode).toBe(422);
      expect(again.body).toContain(sentence);
      expect(again.body).toContain(words.trim());
      if (about !== '') expect(again.body).toContain(`value="${about}" required checked`);
    }
    for (let told = 0; told < 3; told++) expect((await tell(path, search, 'other', `no ${told}`)).statusCode).toBe(303);
    const fourth = await tell(path, search, 'other', 'and once more');
    expect([fourth.statusCode, fourth.body.includes('wait for an answer already')]).toEqual([422, true]);
    expect((await call('GET', `/credentials/${id}/disputes`)).body.items).toHaveLength(3);
  });

  it('is listed page by page and by state, taken along in an export, and erased with the learner', async () => {
    const first = await call('GET', '/disputes?limit=2&state=open');
    expect(first.body.items).toHaveLength(2);
    const rest = await call('GET', `/disputes?limit=200&state=open&after=${first.body.next}`);
    const ids = [...(first.body.items as JsonObject[]), ...(rest.body.items as JsonObject[])].map(({ id }) => id);
    expect(new Set(ids).size).toBe(3);
    expect((await call('GET', '/disputes?state=closed')).body.items).toHaveLength(1);
    const exported = await call('POST', '/learners/export', { learner: { email: learner.email } });
    expect((exported.body.disputes as JsonObject[]).map(({ words }) => words)).toContain(hostile);
    const { confirm } = (await call('POST', '/learners/erase/preview', { learner: { email: learner.email } })).body;
    const erased = await call('POST', '/learners/erase', {
      learner: { email: learner.email },
      reason: 'asked',
      confirm,
    });
    expect(erased.status, erased.text).toBe(200);
    expect(await service.db.selectFrom('dispute').select('id').execute()).toEqual([]);
  });

  it('is told to those who may answer, in the language of the policy', async () => {
    const answers = await addMember(service, 'northfield', 'admin');
    expect((await call('PUT', '/policy', { change: { language: 'es' }, reason: 'a test' })).status).toBe(200);
    const { path, search } = await issue();
    expect((await tell(path, search, 'result', 'It was 41')).statusCode).toBe(303);
    const letter = await findLetter(service, answers.email);
    expect(letter?.subject).toBe('Un estudiante avisa de un error en una credencial de Northfield');
    expect(letter?.text).toContain('el resultado');
  });

  it('does not fill the mail of those who may answer', async () => {
    const letters = async () =>
      (await service.db.selectFrom('mail').select('id').where('kind', '=', 'letter').execute()).length;
    await service.db.deleteFrom('dispute').execute();
    const counts = [await letters()];
    for (let told = 0; told < 12; told++) {
      const { path, search } = await issue();
      expect((await tell(path, search, 'other', `no ${told}`)).statusCode).toBe(303);
      counts.push(await letters());
    }
    const sent = counts.slice(1).map((count, index) => count - (counts[index] ?? 0));
    // One to each of both who may answer, for ten reports in a day.
    expect(sent).toEqual([...Array(10).fill(2), 0, 0]);
    const { items } = (await call('GET', '/disputes?limit=200')).body;
    expect(items).toHaveLength(12);
  });

  it('is bounded for each visitor', async () => {
    const { path, search } = await issue();
    const statuses: number[] = [];
    for (let tries = 0; tries < 12; tries++) {
      const { statusCode } = await service.app.inject({
        method: 'POST',
        url: `${path}/dispute${search}`,
        headers: { origin: publicUrl, 'content-type': 'application/x-www-form-urlencoded', ...browser },
        payload: 'about=name&words=',
        remoteAddress: '10.2.0.1',
      });
      statuses.push(statusCode);
    }
    expect(statuses).toEqual([...Array(10).fill(422), 429, 429]);
  });
});
