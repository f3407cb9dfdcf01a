import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '../core/json/json.ts';
import { verifyCredential } from '../core/verify/verify-credential.ts';
import { nodeCryptography } from '../node/cryptography.ts';
import { verifyAudit } from './audit/append.ts';
import type { Database } from './database.ts';
import { loadMasterKey, MasterKey, MasterKeyWrong } from './master-key.ts';
import { checkPublicUrl, PublicUrlChanged } from './public-url.ts';
import { startDatabases, type TestDatabase } from './test-databases.ts';
import { accept, achievement, approvedAchievement, learner, type Service, startService } from './test-issuing.ts';

let databases: TestDatabase[];
beforeAll(async () => {
  databases = await startDatabases();
});
afterAll(async () => {
  for (const database of databases) await database.stop();
});

const issueAt = '/api/issuers/northfield/credentials';

describe.each(['embedded', 'PostgreSQL'])('the issuing service on %s', (name) => {
  let service: Service;
  beforeAll(async () => {
    service = await startService(databases.find((database) => database.name === name) as TestDatabase);
  });
  afterAll(() => service.close());

  const verify = async (document: JsonObject) =>
    verifyCredential(document, { cryptography: nodeCryptography, network: service.network, now: new Date() });

  it('is set up once', async () => {
    expect(service.setup.status).toBe(201);
    expect(service.setup.body.issuer).toMatchObject({ id: 'did:web:assay.example:issuers:northfield' });
    const again = await service.call('POST', '/api/setup', {
      body: { token: service.token, issuer: { slug: 'other', profile: { name: 'Other' } } },
    });
    expect(again.status).toBe(403);
  });

  it('issues a credential that verifies, with its status, and says what the framework says', async () => {
    const { call, key } = service;
    const id = await approvedAchievement(service);
    const versions = await call('GET', `/api/issuers/northfield/achievements/${id}`, { key });
    expect(versions.body.versions).toMatchObject([
      { version: 1, state: 'approved', framework: { classes: { outcome: expect.any(String) } } },
    ]);
    const issued = await call('POST', issueAt, { key, body: { achievement: id, learner, duplicates: 'allow' } });
    expect(issued.status, issued.text).toBe(201);
    await accept(service, issued.body.claimUrl as string);
    const fetched = await call('GET', new URL(issued.body.url as string).pathname);
    expect(fetched.headers['content-type']).toMatch('application/vc');
    expect(JSON.parse(fetched.text)).toEqual(issued.body.credential);
    const report = await verify(JSON.parse(fetched.text) as JsonObject);
    expect(report.verdict, JSON.stringify(report.steps)).toBe('verified');
    expect(report.status.map(({ purpose }) => purpose)).toEqual(['revocation', 'suspension']);
    expect(fetched.text).not.toContain(learner.email);
    const unchanged = await call('GET', `/credentials/${issued.body.id}`, {
      headers: { 'if-none-match': fetched.headers.etag as string },
    });
    expect(unchanged.status).toBe(304);
  });

  it('revokes for ever, suspends and reinstates, and a fresh fetch shows it', async () => {
    const { call, key } = service;
    const id = await approvedAchievement(service);
    const issued = await call('POST', issueAt, { key, body: { achievement: id, learner, duplicates: 'allow' } });
    const document = issued.body.credential as JsonObject;
    const change = (what: string) =>
      call('POST', `${issueAt}/${issued.body.id}/${what}`, { key, body: { reason: 'a mistake in the roster' } });
    expect((await change('suspend')).body.state).toBe('suspended');
    expect((await verify(document)).steps.status.outcome).toBe('failed');
    expect((await change('suspend')).status).toBe(409);
    expect((await change('reinstate')).body.state).toBe('active');
    expect((await verify(document)).verdict).toBe('verified');
    expect((await change('revoke')).body.state).toBe('revoked');
    expect((await verify(document)).verdict).toBe('not-verified');
    expect((await change('reinstate')).status).toBe(409);
    const silent = await call('POST', `${issueAt}/${issued.body.id}/revoke`, { key, body: {} });
    expect(silent.status).toBe(400);
    // The record tells who did what and why, the newest first; a list shows what is asked for.
    const record = (await call('GET', `${issueAt}/${issued.body.id}`, { key })).body;
    const acts = (record.history as JsonObject[]).map(({ action, reason, entry }) => [action, reason, typeof entry]);
    expect(acts.slice(0, 4)).toEqual([
      ['credential.revoke', 'a mistake in the roster', 'number'],
      ['credential.reinstate', 'a mistake in the roster', 'number'],
      ['credential.suspend', 'a mistake in the roster', 'number'],
      ['credential.issue', '', 'number'],
    ]);
    expect(record.learner).toMatchObject(learner);
    const idsOf = async (query: string) =>
      ((await call('GET', `${issueAt}?${query}`, { key })).body.items as JsonObject[]).map(({ id }) => id);
    expect(await idsOf('state=revoked&test=false')).toEqual([issued.body.id]);
    for (const query of ['state=suspended', 'claim=accepted', 'test=true', 'issuedBefore=2020-01-01'])
      expect(await idsOf(query)).not.toContain(issued.body.id);
  });

  it('answers one Idempotency-Key with one credential, also when asked at once', async () => {
    const { call, key } = service;
    const id = await approvedAchievement(service);
    const body = { achievement: id, learner };
    const headers = { 'idempotency-key': 'row-17' };
    const answers = await Promise.all([1, 2, 3].map(() => call('POST', issueAt, { key, body, headers })));
    const later = await call('POST', issueAt, { key, body, headers });
    const ids = [...answers, later].flatMap(({ status, body }) => (status === 201 ? [body.id] : []));
    expect(new Set(ids).size).toBe(1);
    expect(answers.every(({ status }) => status === 201 || status === 409)).toBe(true);
    const other = { achievement: id, learner: { ...learner, name: 'Ben' } };
    expect((await call('POST', issueAt, { key, body: other, headers })).status).toBe(409);
    // Nor does somebody else get the answer, who may ask the same.
    const scopes = ['read', 'issue'];
    const another = await call('POST', '/api/issuers/northfield/api-keys', { key, body: { name: 'other', scopes } });
    const asked = await call('POST', issueAt, { key: another.body.apiKey as string, body, headers });
    expect([asked.status, asked.text.includes('Ana'), asked.text.includes('claim')]).toEqual([409, false, false]);
    const list = await call('GET', `${issueAt}?limit=200`, { key });
    expect(list.headers['cache-control']).toBe('no-store');
    expect((list.body.items as JsonObject[]).filter((item) => item.achievement === id)).toHaveLength(1);
  });

  it('issues an achievement to one learner once, unless told otherwise, also when asked at once', async () => {
    const { call, key } = service;
    const id = await approvedAchievement(service);
    const issue = (email: string, more = {}) =>
      call('POST', issueAt, { key, body: { achievement: id, learner: { name: 'Ana', email }, ...more } });
    const answers = await Promise.all(
      ['a@x.edu', 'A@X.edu', ' a@x.edu'.trim(), 'a@x.edu'].map((email) => issue(email)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
    const first = answers.find(({ status }) => status === 201)?.body.id;
    expect((await issue('a@x.edu')).body).toMatchObject({ code: 'conflict', credential: first });
    expect((await issue('a@x.edu', { duplicates: 'allow' })).status).toBe(201);
    expect((await issue('b@x.edu')).status).toBe(201);
    const own = await approvedAchievement(service);
    const named = { achievement: own, learner: { id: 'did:example:one' } };
    expect((await call('POST', issueAt, { key, body: named })).status).toBe(201);
    const held = await call('POST', issueAt, { key, body: named });
    expect(held.status).toBe(409);
    await call('POST', `${issueAt}/${held.body.credential}/revoke`, { key, body: { reason: 'wrong date' } });
    expect((await call('POST', issueAt, { key, body: named })).status).toBe(201);
  });

  it('keeps approved versions as they are, and begins the next', async () => {
    const { call, key } = service;
    const id = await approvedAchievement(service);
    const at = `/api/issuers/northfield/achievements/${id}`;
    const first = await call('POST', issueAt, { key, body: { achievement: id, learner, duplicates: 'allow' } });
    const saved = await call('PUT', at, { key, body: { ...achievement, name: 'Another name' } });
    expect(saved.body).toMatchObject({ version: 2, state: 'draft' });
    const second = await call('POST', issueAt, { key, body: { achievement: id, learner, duplicates: 'allow' } });
    expect([first.body.version, second.body.version]).toEqual([1, 1]);
    await call('POST', `${at}/submit`, { key, body: {} });
    expect((await call('PUT', at, { key, body: achievement })).status).toBe(409);
    await call('POST', `${at}/approve`, { key, body: {} });
    expect(
      (await call('POST', issueAt, { key, body: { achievement: id, learner, duplicates: 'allow' } })).body.version,
    ).toBe(2);
    await call('POST', `${at}/retire`, { key, body: { reason: 'the course ended' } });
    expect((await call('POST', issueAt, { key, body: { achievement: id, learner, duplicates: 'allow' } })).status).toBe(
      409,
    );
  });

  it('refuses what makes no credential, with every fault', async () => {
    const { call, key } = service;
    const at = '/api/issuers/northfield/achievements';
    const empty = await call('POST', at, { key, body: { name: '' } });
    expect(empty.status).toBe(422);
    expect(empty.body.findings).not.toHaveLength(0);
    const id = await approvedAchievement(service);
    const unknown = await call('POST', issueAt, { key, body: { achievement: id, learner: { email: 'nowhere' } } });
    expect(unknown.body).toMatchObject({ code: 'refused', findings: [{ code: 'issue-email-wrong' }] });
    const malformed = await call('POST', issueAt, { key, body: { achievement: 'x', learner } });
    expect(malformed.body).toMatchObject({ code: 'malformed-request', errors: [{ pointer: '/achievement' }] });
  });

  it('lets a key act in its issuer and below, and nowhere else', async () => {
    const { call, key } = service;
    const unit = { slug: 'west', profile: { name: 'West School' } };
    expect((await call('POST', '/api/issuers/northfield/units', { key, body: unit })).status).toBe(201);
    const wanted = { name: 'reader', scopes: ['read'] };
    const below = (await call('POST', '/api/issuers/west/api-keys', { key, body: wanted })).body.apiKey as string;
    expect((await call('GET', '/api/issuers/west', { key: below })).status).toBe(200);
    expect((await call('GET', '/api/issuers/northfield', { key: below })).status).toBe(404);
    expect((await call('POST', '/api/issuers/west/keys', { key: below, body: { reason: 'x' } })).status).toBe(403);
    const keeper = { name: 'keeper', scopes: ['read', 'manage'] };
    const manager = (await call('POST', '/api/issuers/west/api-keys', { key, body: keeper })).body.apiKey as string;
    for (const [scopes, status] of [
      [['read', 'issue'], 403],
      [['read'], 201],
    ] as const)
      expect(
        (await call('POST', '/api/issuers/west/api-keys', { key: manager, body: { name: 'more', scopes } })).status,
      ).toBe(status);
    const [reader] = (await call('GET', '/api/issuers/west/api-keys', { key })).body.items as JsonObject[];
    expect(reader).toMatchObject({ name: 'reader', scopes: ['read'], revokedAt: null });
    const taken = await call('POST', `/api/issuers/west/api-keys/${reader?.id}/revoke`, {
      key,
      body: { reason: 'left' },
    });
    expect(taken.status).toBe(204);
    expect((await call('GET', '/api/issuers/west', { key: below })).status).toBe(401);
    const odd = { slug: 'odd', profile: { name: 'Odd', url: 'not a url' } };
    const refused = await call('POST', '/api/issuers/northfield/units', { key, body: odd });
    expect(refused.body, refused.text).toMatchObject({ code: 'refused' });
    expect((await call('GET', '/api/issuers/west')).status).toBe(401);
    expect((await call('GET', '/api/issuers/west', { key: `${below}x` })).status).toBe(401);
  });

  it('verifies what an earlier key signed, after a new one', async () => {
    const { call, key } = service;
    const id = await approvedAchievement(service);
    const before = (await call('POST', issueAt, { key, body: { achievement: id, learner, duplicates: 'allow' } })).body;
    const made = await call('POST', '/api/issuers/northfield/keys', {
      key,
      body: { type: 'P-256', reason: 'once a year' },
    });
    expect(made.status).toBe(201);
    const after = (await call('POST', issueAt, { key, body: { achievement: id, learner, duplicates: 'allow' } })).body;
    for (const issued of [before, after]) {
      const report = await verify(issued.credential as JsonObject);
      expect(report.verdict, JSON.stringify(report.steps)).toBe('verified');
    }
  });

  it('no longer verifies what a compromised or retired key signed, and signs lists anew', async () => {
    const { call, key } = service;
    const id = await approvedAchievement(service);
    const issue = async () => {
      const body = { achievement: id, learner, duplicates: 'allow' };
      return (await call('POST', issueAt, { key, body })).body.credential as JsonObject;
    };
    const verdictOf = async (document: JsonObject) => (await verify(document)).verdict;
    for (const [how, body] of [
      ['compromise', { reason: 'the laptop was stolen', from: '2026-01-01T00:00:00Z' }],
      ['retire', { reason: 'an old algorithm' }],
    ] as const) {
      const before = await issue();
      expect(await verdictOf(before)).toBe('verified');
      const keys = (await call('GET', '/api/issuers/northfield/keys', { key })).body.items as JsonObject[];
      const active = keys.find(({ state }) => state === 'active') as JsonObject;
      const at = `/api/issuers/northfield/keys/${active.id}/${how}`;
      const foreseen = (from: string) =>
        call('GET', `/api/issuers/northfield/keys/${active.id}/consequences?from=${from}`, { key });
      expect((await foreseen('2026-01-01T00:00:00Z')).body).toMatchObject({ before: 0, accepted: 0, replaced: true });
      const { signed, before: kept, others, lists, lastSignedAt } = (await foreseen('2100-01-01T00:00:00Z')).body;
      expect([kept, lists]).toEqual([signed, 1]);
      expect(signed).toBeGreaterThan(0);
      expect(others).toBeGreaterThan(0);
      expect(Date.parse(lastSignedAt as string)).toBeLessThanOrEqual(Date.now());
      const counted = (await call('GET', '/api/issuers/northfield/keys/signed', { key })).body.items as JsonObject[];
      expect(counted).toContainEqual({ id: active.id, credentials: signed });
      const sum = counted.reduce((all, { credentials }) => all + (credentials as number), 0);
      expect(sum).toBe((signed as number) + (others as number));
      expect((await call('POST', at, { key, body })).status).toBe(204);
      expect(await verdictOf(before)).not.toBe('verified');
      expect(await verdictOf(await issue())).toBe('verified');
      expect((await call('POST', at, { key, body })).status).toBe(404);
    }
  });

  it('is ready while the database answers, and keeps the address that real credentials carry', async () => {
    const { call, db } = service;
    expect((await call('GET', '/readyz')).status).toBe(200);
    await expect(checkPublicUrl(db, 'https://elsewhere.example')).rejects.toThrow(PublicUrlChanged);
    await expect(checkPublicUrl(db, 'https://assay.example')).resolves.toBeUndefined();
    const gone = await startService(databases.find((database) => database.name === name) as TestDatabase);
    await expect(checkPublicUrl(gone.db, 'https://elsewhere.example')).resolves.toBeUndefined();
    await gone.db.destroy();
    expect((await gone.call('GET', '/readyz')).body).toMatchObject({ code: 'unavailable' });
    await gone.app.close();
  });

  it('writes an audit log that shows when somebody changed it', async () => {
    const { call, key, db } = service;
    const log = await call('GET', '/api/issuers/northfield/audit?limit=1000', { key });
    const entries = log.body.items as JsonObject[];
    expect(entries.map(({ action }) => action)).toContain('credential.issue');
    expect(log.text).not.toContain('Ana Torres');
    expect((await call('GET', '/api/issuers/northfield/audit/verify', { key })).body).toEqual({ fault: null });
    const asked = async (query: string) =>
      (await call('GET', `/api/issuers/northfield/audit?${query}`, { key })).body as {
        items: JsonObject[];
        next: number | null;
      };
    const keys = await asked('kind=key&order=newest&limit=2');
    expect(keys.items.map(({ action }) => String(action).slice(0, 4))).toEqual(['key.', 'key.']);
    const rest = await asked(`kind=key&order=newest&limit=1000&after=${keys.next}`);
    const numbers = [...keys.items, ...rest.items].map(({ number }) => number as number);
    expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => b - a));
    expect(numbers).toHaveLength(entries.filter(({ action }) => String(action).startsWith('key.')).length);
    expect((await asked(`subject=${entries[0]?.subject}`)).items[0]).toEqual(entries[0]);
    expect((await asked('until=2000-01-01T00:00:00Z')).items).toEqual([]);
    const [made] = (await asked(`actor=${encodeURIComponent(entries.at(-1)?.actor as string)}&limit=1`)).items;
    expect(made?.actorName).not.toBeNull();
    const chain = entries[0]?.chain as string;
    const change = (at: number) => db.updateTable('audit_entry').where('chain', '=', chain).where('number', '=', at);
    await change(3).set({ actor: 'nobody' }).execute();
    expect(await verifyAudit(db, chain)).toEqual({ number: 3, fault: 'altered' });
    await change(3)
      .set({ actor: entries[2]?.actor as string })
      .execute();
    expect(await verifyAudit(db, chain)).toBeNull();
    await db.deleteFrom('audit_entry').where('chain', '=', chain).where('number', '=', entries.length).execute();
    expect(await verifyAudit(db, chain)).toEqual({ number: entries.length, fault: 'cut-off' });
    await db.deleteFrom('audit_entry').where('chain', '=', chain).where('number', '=', 2).execute();
    expect(await verifyAudit(db, chain)).toEqual({ number: 2, fault: 'missing' });
  });

  it('gives no place in a status list twice, also to many at once', async () => {
    const fresh = await startService(databases.find((database) => database.name === name) as TestDatabase);
    try {
      const { call, key, db } = fresh;
      const id = await approvedAchievement(fresh);
      const answers = await Promise.all(
        Array.from({ length: 40 }, () =>
          call('POST', issueAt, { key, body: { achievement: id, learner, duplicates: 'allow' } }),
        ),
      );
      expect(answers.every(({ status }) => status === 201)).toBe(true);
      const places = await placesOf(db);
      expect(new Set(places).size).toBe(40);
    } finally {
      await fresh.close();
    }
  });
});

async function placesOf(db: Database): Promise<string[]> {
  const rows = await db.selectFrom('credential').select(['status_list_id', 'status_index']).execute();
  return rows.map(({ status_list_id, status_index }) => `${status_list_id} ${status_index}`);
}

describe('the master key', () => {
  it('opens what it sealed, under the same name and unchanged', () => {
    const key = new MasterKey(randomBytes(32));
    const sealed = key.seal(new TextEncoder().encode('secret'), 'a');
    expect(new TextDecoder().decode(key.open(sealed, 'a'))).toBe('secret');
    expect(() => key.open(sealed, 'b')).toThrow(MasterKeyWrong);
    expect(() => new MasterKey(randomBytes(32)).open(sealed, 'a')).toThrow(MasterKeyWrong);
    sealed[20] = (sealed[20] as number) ^ 1;
    expect(() => key.open(sealed, 'a')).toThrow(MasterKeyWrong);
    expect(JSON.stringify(key)).toBe('{}');
  });

  it('is made once, readable by its owner alone, or comes from the environment', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'assay-key-'));
    try {
      const first = await loadMasterKey(folder, undefined);
      expect(first.made).toBe(join(folder, 'master.key'));
      const second = await loadMasterKey(folder, undefined);
      expect(second.made).toBeNull();
      const sealed = first.key.seal(randomBytes(8), 'x');
      expect(() => second.key.open(sealed, 'x')).not.toThrow();
      await expect(loadMasterKey(folder, 'short')).rejects.toThrow(MasterKeyWrong);
      const given = randomBytes(32).toString('base64url');
      expect((await loadMasterKey(folder, given)).made).toBeNull();
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
