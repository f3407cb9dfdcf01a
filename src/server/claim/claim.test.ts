import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../core/json/json.ts';
import { findPolicy } from '../policy/policy.ts';
import { startDatabases, type TestDatabase } from '../test-databases.ts';
import { accept, approvedAchievement, learner, publicUrl, type Service, startService } from '../test-issuing.ts';
import { claimUrl } from './claim.ts';
import { writeLetter } from './letters.ts';

let databases: TestDatabase[];
beforeAll(async () => {
  databases = await startDatabases();
});
afterAll(async () => {
  for (const database of databases) await database.stop();
});

const at = '/api/issuers/northfield';
const browser = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };

describe.each(['embedded', 'PostgreSQL'])('claiming a credential on %s', (name) => {
  let service: Service;
  let achievementId: string;
  beforeAll(async () => {
    service = await startService(databases.find((database) => database.name === name) as TestDatabase);
    achievementId = await approvedAchievement(service);
  });
  afterAll(() => service.close());

  const issue = async (more: JsonObject = {}) => {
    const body = { achievement: achievementId, learner, duplicates: 'allow', ...more };
    const issued = await service.call('POST', `${at}/credentials`, { key: service.key, body });
    expect(issued.status, issued.text).toBe(201);
    const id = issued.body.id as string;
    return {
      id,
      path: `/credentials/${id}`,
      claimUrl: issued.body.claimUrl as string,
      document: issued.body.credential,
    };
  };
  const ask = (url: string, headers: Record<string, string> = {}) => service.app.inject({ url, headers });
  const open = async (claim: string) => {
    const { pathname, search } = new URL(claim);
    const opened = await ask(pathname + search, browser);
    expect(opened.statusCode).toBe(303);
    return { location: String(opened.headers.location), cookie: String(opened.headers['set-cookie']) };
  };
  const say = (path: string, act: string, headers: Record<string, string>) =>
    service.app.inject({ method: 'POST', url: `${path}/${act}`, headers: { origin: publicUrl, ...headers } });
  const lettersOf = async (id: string) => {
    const rows = await service.db.selectFrom('mail').selectAll().where('credential_id', '=', id).execute();
    const { db, issuing } = service;
    const credential = await db.selectFrom('credential').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
    const { policy } = await findPolicy(db, credential.issuer_id);
    return rows.map(() =>
      writeLetter(issuing.masterKey, 'claim', credential, policy.language, {
        claim: 'https://link.example/',
        page: 'x',
      }),
    );
  };

  it('shows a credential to nobody but its learner until they accept, then to who has its address', async () => {
    const { path, claimUrl, document } = await issue();
    const forms = ['', '.json', '.jwt', '.png', '.svg', '.pdf'];
    const nothing = await ask(`/credentials/${'A'.repeat(22)}`);
    const nothingShown = await ask(`/credentials/${'A'.repeat(22)}`, browser);
    for (const form of forms) {
      const answer = await ask(path + form);
      expect([answer.statusCode, answer.body]).toEqual([404, nothing.body]);
      const page = await ask(path + form, browser);
      expect([page.statusCode, page.body]).toEqual([404, nothingShown.body]);
      expect(page.headers['x-robots-tag']).toBe('noindex');
    }
    expect(await service.issuing.publisher(path)).toBeUndefined();
    expect(await service.issuing.publisher(`${path}.json`)).toBeUndefined();

    const { location, cookie } = await open(claimUrl);
    expect(new URL(location, `${publicUrl}${path}`).href).toBe(`${publicUrl}${path}`);
    expect(cookie).toMatch(/; Path=\/credentials; Max-Age=86400; HttpOnly; SameSite=Lax; Secure$/);
    const [pair = ''] = cookie.split(';');
    const held = await ask(path, { ...browser, cookie: pair });
    expect(held.statusCode).toBe(200);
    expect(held.headers['cache-control']).toContain('no-store');
    expect(held.body).toContain('Accept this credential');
    expect((await ask(`${path}.json`, { cookie: pair })).json()).toEqual(document);
    const { search } = new URL(claimUrl);
    const byToken = await ask(`${path}.json${search}`);
    expect(byToken.json()).toEqual(document);
    expect(byToken.headers['cache-control']).toContain('no-store');
    // Reading is not accepting: programs that look at links in letters read too.
    expect((await ask(path)).statusCode).toBe(404);

    expect((await say(path, 'accept', { cookie: pair })).statusCode).toBe(303);
    const shown = await ask(path);
    expect(shown.json()).toEqual(document);
    expect(shown.headers['cache-control']).toBe('public, max-age=5');
    const page = await ask(path, browser);
    expect(page.statusCode).toBe(200);
    expect(page.body).not.toContain('search engines');
    expect((await service.issuing.publisher(path))?.document).toBe(shown.body);
  });

  it('takes nothing but the token of that credential', async () => {
    const one = await issue();
    const two = await issue();
    const tokenOf = (url: string) => new URL(url).searchParams.get('claim') as string;
    const cookie = (id: string, token: string) => ({ cookie: `a=b; claim_${id}=${token}; c=d` });
    const token = tokenOf(one.claimUrl);
    expect((await ask(`${one.path}.json`, cookie(one.id, token))).statusCode).toBe(200);
    const wrong = [
      ['', {}],
      [`?claim=${tokenOf(two.claimUrl)}`, {}],
      [`?claim=${token.slice(0, -1)}`, {}],
      [`?claim=${token}A`, {}],
      [`?claim=${token}&claim=${token}`, {}],
      [`?claim=${encodeURIComponent('é'.repeat(22))}`, {}],
      ['', cookie(one.id, tokenOf(two.claimUrl))],
      ['', cookie(two.id, token)],
      ['', { cookie: `claim_${one.id}` }],
    ] as const;
    for (const [query, headers] of wrong) {
      expect((await ask(`${one.path}.json${query}`, headers)).statusCode, `${query} ${JSON.stringify(headers)}`).toBe(
        404,
      );
      expect((await say(one.path, 'accept', headers)).statusCode).toBe(404);
    }
    const state = await service.call('GET', `${at}/credentials/${one.id}/claim`, { key: service.key });
    expect(state.body.state).toBe('waiting');
  });

  it('lets a learner decline and think again, and choose whether search engines may list it', async () => {
    const { id, path, claimUrl } = await issue();
    const [cookie = ''] = (await open(claimUrl)).cookie.split(';');
    expect((await say(path, 'index', { cookie })).statusCode).toBe(303);
    expect((await say(path, 'decline', { cookie })).statusCode).toBe(303);
    expect((await ask(path)).statusCode).toBe(404);
    expect((await say(path, 'accept', { cookie })).statusCode).toBe(303);
    expect((await say(path, 'accept', { cookie })).statusCode).toBe(303);
    expect((await say(path, 'decline', { cookie })).statusCode).toBe(409);
    expect((await ask(path, browser)).headers['x-robots-tag']).toBe('noindex');
    await say(path, 'index', { cookie });
    expect((await ask(path, browser)).headers['x-robots-tag']).toBeUndefined();
    expect((await ask(path)).headers['x-robots-tag']).toBe('noindex');
    await say(path, 'unindex', { cookie });
    expect((await ask(path, browser)).headers['x-robots-tag']).toBe('noindex');
    const log = await service.call('GET', `${at}/audit?limit=200`, { key: service.key });
    const acts = (log.body.items as JsonObject[]).filter(({ subject }) => subject === id);
    expect(acts.map(({ action }) => action)).toEqual([
      'credential.issue',
      'credential.decline',
      'credential.accept',
      'credential.index',
      'credential.unindex',
    ]);
    expect(JSON.stringify(acts)).not.toMatch(/ana torres|example\.edu/i);
  });

  it('does not let other sites speak for a learner', async () => {
    const { path, claimUrl } = await issue();
    const [cookie = ''] = (await open(claimUrl)).cookie.split(';');
    const others: Record<string, string>[] = [
      { origin: 'https://evil.example' },
      { origin: 'null', 'sec-fetch-site': 'cross-site' },
    ];
    for (const headers of others) expect((await say(path, 'accept', { cookie, ...headers })).statusCode).toBe(403);
    expect((await ask(path)).statusCode).toBe(404);
  });

  it('writes to the learner in the transaction of the credential, in the language of the policy, or not at all', async () => {
    const { id, claimUrl: link } = await issue();
    const [letter, ...more] = await lettersOf(id);
    expect(more).toEqual([]);
    expect(letter?.to).toBe(learner.email);
    expect(letter?.text).toContain('Hello Ana Torres,');
    expect(letter?.text).toContain('https://link.example/');
    const listed = async (query: string) => {
      const found = await service.call('GET', `/api/issuers/northfield/letters?${query}`, { key: service.key });
      return [
        found.status,
        ((found.body.items ?? []) as JsonObject[]).map((one) => [one.credential, one.kind, one.to]),
      ];
    };
    expect(await listed(`credential=${id}`)).toEqual([200, [[id, 'claim', learner.email]]]);
    expect(await listed(`credential=${id}&kind=reminder`)).toEqual([200, []]);
    expect(await listed('kind=other')).toEqual([400, []]);
    const credential = await service.db
      .selectFrom('credential')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    expect(claimUrl(service.issuing, credential)).toBe(link);
    // Neither people nor links stand in the database in clear.
    const [row] = await service.db.selectFrom('mail').selectAll().where('credential_id', '=', id).execute();
    expect(JSON.stringify(row)).not.toMatch(/Ana Torres|example|claim=/);
    expect(Buffer.from(credential.person ?? []).toString('latin1')).not.toMatch(/Ana Torres|example/);
    expect(await lettersOf((await issue({ deliver: 'none' })).id)).toEqual([]);
    expect(await lettersOf((await issue({ learner: { name: 'No Address', id: 'did:example:1' } })).id)).toEqual([]);
    const policy = { change: { language: 'es', deliver: 'none' }, reason: 'a test' };
    await service.call('PUT', `${at}/policy`, { key: service.key, body: policy });
    expect(await lettersOf((await issue()).id)).toEqual([]);
    const [spanish] = await lettersOf((await issue({ deliver: 'email' })).id);
    expect(spanish?.subject).toContain('le ha otorgado');
    await service.call('PUT', `${at}/policy`, {
      key: service.key,
      body: { change: { language: null, deliver: null }, reason: 'x' },
    });
  });

  it('keeps hostile text inert in letters', async () => {
    const hostile = { ...learner, name: 'A\r\nBcc: x@y.edu <script>alert(1)</script> \u202eevil' };
    const [letter] = await lettersOf((await issue({ learner: hostile })).id);
    expect(letter?.subject).not.toMatch(/[\r\n]/);
    expect(letter?.text).toContain('Hello A Bcc: x@y.edu <script>alert(1)</script> evil,');
    expect(letter?.html).not.toContain('<script>');
  });

  it('makes a new link that ends the one before, and writes again with the one that holds', async () => {
    const { id, path, claimUrl } = await issue();
    const [cookie = ''] = (await open(claimUrl)).cookie.split(';');
    const renewed = await service.call('POST', `${at}/credentials/${id}/claim/renew`, {
      key: service.key,
      body: { reason: 'sent to the wrong person' },
    });
    expect(renewed.status).toBe(200);
    expect((await ask(`${path}.json`, { cookie })).statusCode).toBe(404);
    expect((await ask(`${path}.json${new URL(claimUrl).search}`)).statusCode).toBe(404);
    const handed = await service.call('GET', `${at}/credentials/${id}/claim`, { key: service.key });
    expect(handed.body.url).toBe(renewed.body.url);
    const again = await service.call('POST', `${at}/credentials/${id}/resend`, { key: service.key });
    expect(again.status).toBe(202);
    expect(await lettersOf(id)).toHaveLength(2);
    await accept(service, renewed.body.url as string);
    expect((await ask(path)).statusCode).toBe(200);
    // What was accepted stays so, whatever becomes of the link.
    await service.call('POST', `${at}/credentials/${id}/claim/renew`, { key: service.key, body: { reason: 'again' } });
    expect((await ask(path)).statusCode).toBe(200);
    const held = await ask(path, { ...browser, cookie });
    expect(held.body).not.toContain('search engines');
  });

  it('writes to a roster again, to all or to who has not answered, after a count', async () => {
    const csv = 'name,email\nOne,one@x.edu\nTwo,two@x.edu\nThree,three@x.edu\nNobody,';
    const own = await approvedAchievement(service);
    const read = await service.call('POST', `${at}/rosters?achievement=${own}`, {
      key: service.key,
      body: csv,
      headers: { 'content-type': 'text/csv' },
    });
    const roster = `${at}/rosters/${read.body.id}`;
    await service.call('POST', `${roster}/start`, { key: service.key, body: { deliver: 'none' } });
    for (let tries = 0; tries < 200; tries++) {
      if ((await service.call('GET', roster, { key: service.key })).body.state === 'done') break;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const count = async () =>
      (await service.db.selectFrom('mail').select('id').where('issuer_id', 'is not', null).execute()).length;
    const before = await count();
    const resend = (body: JsonObject) => service.call('POST', `${roster}/resend`, { key: service.key, body });
    const preview = await resend({ to: 'all', preview: true });
    expect([preview.status, preview.body]).toEqual([200, { letters: 3, withoutAddress: 1 }]);
    expect(await count()).toBe(before);
    const results = await service.call('GET', `${roster}/results.csv`, { key: service.key });
    const [, link = ''] = /"One".*"(https:[^"]+\?claim=[^"]+)"/.exec(results.text) ?? [];
    await accept(service, link);
    expect((await resend({ to: 'unclaimed' })).body).toEqual({ letters: 2, withoutAddress: 1 });
    expect(await count()).toBe(before + 2);
    expect((await resend({ to: 'all' })).body).toEqual({ letters: 3, withoutAddress: 1 });
  });

  it('lists letters without content, with addresses for who may issue, and sends one again', async () => {
    const { id } = await issue();
    const scopes = ['read'];
    const reader = (await service.call('POST', `${at}/api-keys`, { key: service.key, body: { name: 'r', scopes } }))
      .body;
    const list = (key: string) => service.call('GET', `${at}/letters?limit=200`, { key });
    const [shown] = ((await list(service.key)).body.items as JsonObject[]).filter(
      ({ credential }) => credential === id,
    );
    expect(shown).toMatchObject({ kind: 'claim', state: 'waiting', to: learner.email });
    expect((await list(reader.apiKey as string)).text).not.toContain('@');
    const again = () => service.call('POST', `${at}/letters/${shown?.id}/resend`, { key: service.key });
    expect((await again()).status).toBe(409);
    await service.db.updateTable('mail').set({ state: 'failed' }).where('credential_id', '=', id).execute();
    expect((await again()).status).toBe(202);
    const letters = await lettersOf(id);
    expect(letters.map((letter) => letter?.to)).toEqual([learner.email, learner.email]);
    const first = await service.call('GET', `${at}/letters?limit=1`, { key: service.key });
    const next = await service.call('GET', `${at}/letters?limit=1&after=${first.body.next}`, { key: service.key });
    expect((next.body.items as JsonObject[])[0]?.id).not.toBe((first.body.items as JsonObject[])[0]?.id);
  });

  it('shows no more than that it was taken down, and lets readers of the issuer have the document before', async () => {
    const { id, path, claimUrl, document } = await issue();
    const own = await service.call('GET', `${at}/credentials/${id}/document`, { key: service.key });
    expect([own.headers['content-type'], own.body]).toEqual(['application/vc', document]);
    await service.db.updateTable('credential').set({ hidden_at: new Date() }).where('id', '=', id).execute();
    service.issuing.credentials.forget(id);
    expect((await ask(path)).statusCode).toBe(404);
    await accept(service, claimUrl).catch(() => undefined);
    await service.db.updateTable('credential').set({ claim_state: 'accepted' }).where('id', '=', id).execute();
    service.issuing.credentials.forget(id);
    expect((await ask(path)).statusCode).toBe(410);
    const page = await ask(path, browser);
    expect(page.statusCode).toBe(410);
    expect(page.body).not.toMatch(/Ana Torres|Northfield/);
    expect(await service.issuing.publisher(path)).toBeUndefined();
  });

  it('sees within two seconds what another process changed', async () => {
    const { id, path, claimUrl } = await issue();
    await accept(service, claimUrl);
    expect((await ask(path)).statusCode).toBe(200);
    await service.db.updateTable('credential').set({ hidden_at: new Date() }).where('id', '=', id).execute();
    await new Promise((resolve) => setTimeout(resolve, 1100));
    expect((await ask(path)).statusCode).toBe(410);
  });
});
