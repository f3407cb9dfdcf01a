import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../core/json/json.ts';
import { findAddressees } from '../claim/letters.ts';
import { remind } from '../credential/remind.ts';
import { MailSender } from '../mail/sender.ts';
import type { Message } from '../mail/transport.ts';
import { startDatabases, type TestDatabase } from '../test-databases.ts';
import { accept, approvedAchievement, publicUrl, type Service, startService } from '../test-issuing.ts';
import { verifyLedger } from './ledger.ts';

let databases: TestDatabase[];
beforeAll(async () => {
  databases = await startDatabases();
}, 240_000);
afterAll(async () => {
  for (const database of databases) await database.stop();
});

const at = '/api/issuers/northfield';

describe.each(['embedded', 'PostgreSQL'])('the issue ledger on %s', (name) => {
  let service: Service;
  let issuerId: string;
  beforeAll(async () => {
    service = await startService(databases.find((database) => database.name === name) as TestDatabase);
    const { call, key, db } = service;
    const achievement = await approvedAchievement(service);
    const one = await call('POST', `${at}/credentials`, {
      key,
      body: {
        achievement,
        learner: { email: 'one@x.edu', name: 'Ana Torres' },
        proof: 'both',
        reason: '=asked for it',
      },
    });
    expect(one.status, one.text).toBe(201);
    await call('POST', `${at}/credentials/${one.body.id}/reissue`, { key, body: { reason: 'again' } });
    const csv = ['email', ...Array.from({ length: 120 }, (_, index) => `l${index}@x.edu`)].join('\n');
    const headers = { 'content-type': 'text/csv' };
    const roster = await call('POST', `${at}/rosters?achievement=${achievement}`, { key, body: csv, headers });
    await call('POST', `${at}/rosters/${roster.body.id}/start`, { key });
    while ((await call('GET', `${at}/rosters/${roster.body.id}`, { key })).body.state !== 'done')
      await new Promise((resolve) => setTimeout(resolve, 100));
    issuerId = (await db.selectFrom('issuer').select('id').executeTakeFirstOrThrow()).id;
  }, 240_000);
  afterAll(() => service.close());

  const get = (path: string) => service.call('GET', `${at}${path}`, { key: service.key });

  it('is exported whole, and from a place on, without people', { timeout: 120_000 }, async () => {
    const lines = async (path: string) =>
      (await get(path)).text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as JsonObject);
    const all = await lines('/ledger?format=jsonl');
    expect(all).toHaveLength(122);
    expect(all[0]).toMatchObject({
      issuedBy: expect.stringMatching(/^api-key /),
      reason: '=asked for it',
      jwtDigest: expect.stringMatching(/^[0-9a-f]{64}$/),
      state: 'superseded',
      supersededBy: all[1]?.credential as string,
      stateReason: 'again',
    });
    expect(await lines(`/ledger?format=jsonl&after=${all[99]?.cursor}`)).toEqual(all.slice(100));
    const csv = await get('/ledger');
    expect(csv.headers['content-type']).toMatch('text/csv');
    expect(csv.text.trim().split('\r\n')).toHaveLength(123);
    expect(csv.text).toContain(`"'=asked for it"`);
    expect(csv.text).not.toMatch(/Ana Torres|x\.edu/);
    expect((await get('/ledger?after=x')).status).toBe(400);
    const log = await lines('/audit/export?format=jsonl');
    expect(log.map(({ number }) => number)).toEqual(log.map((_, index) => index + 1));
    expect(await lines('/audit/export?format=jsonl&after=3')).toEqual(log.slice(3));
  });

  it('is held against the audit log: a row that was altered, put in or taken out is found', {
    timeout: 120_000,
  }, async () => {
    const { db } = service;
    expect((await get('/ledger/verify')).body).toEqual({ fault: null });
    const rows = await db.selectFrom('credential').selectAll().orderBy('issued_at').orderBy('id').execute();
    const [, single] = rows;
    const batched = rows.at(-1);
    if (single === undefined || batched === undefined) throw new Error('nothing was issued');
    const change = (id: string, set: object) => db.updateTable('credential').set(set).where('id', '=', id).execute();
    for (const row of [single, batched]) {
      const altered = { fault: 'altered', credential: row.id };
      await change(row.id, { document: `${row.document} ` });
      expect(await verifyLedger(db, issuerId)).toEqual(altered);
      await change(row.id, { document: null, digest: '0'.repeat(64) });
      expect(await verifyLedger(db, issuerId)).toMatchObject({ fault: 'altered' });
      await change(row.id, { document: null, digest: row.digest });
      expect(await verifyLedger(db, issuerId)).toBeNull();
      await change(row.id, { document: row.document });
    }
    const added = { ...batched, id: 'A'.repeat(22), status_index: batched.status_index + 1, batch: null };
    await db
      .deleteFrom('credential')
      .where('status_list_id', '=', added.status_list_id)
      .where('id', '=', added.id)
      .execute();
    await db
      .insertInto('status_list')
      .values({
        id: 'other',
        issuer_id: issuerId,
        taken: 1,
        size: 131_072,
        scramble: new Uint8Array(16),
        revision: 0,
      })
      .execute();
    await db
      .insertInto('credential')
      .values({ ...added, status_list_id: 'other' })
      .execute();
    expect(await verifyLedger(db, issuerId)).toEqual({ fault: 'added', credential: added.id });
    await db.deleteFrom('credential').where('id', '=', added.id).execute();
    await db.updateTable('roster_row').set({ credential_id: null }).where('credential_id', '=', batched.id).execute();
    await db.updateTable('mail').set({ credential_id: null }).where('credential_id', '=', batched.id).execute();
    await db.deleteFrom('credential').where('id', '=', batched.id).execute();
    expect(await verifyLedger(db, issuerId)).toMatchObject({ fault: 'missing', credential: null });
  });

  it('accuses nobody while credentials are being issued', { timeout: 120_000 }, async () => {
    const { call, key, db } = service;
    const made = await call('POST', `${at}/units`, { key, body: { slug: 'unit', profile: { name: 'Unit' } } });
    expect(made.status, made.text).toBe(201);
    const achievement = await approvedAchievement(service, 'unit');
    const unit = await db.selectFrom('issuer').select('id').where('slug', '=', 'unit').executeTakeFirstOrThrow();
    const csv = ['email', ...Array.from({ length: 700 }, (_, index) => `l${index}@x.edu`)].join('\n');
    const headers = { 'content-type': 'text/csv' };
    const at2 = '/api/issuers/unit';
    const { id } = (await call('POST', `${at2}/rosters?achievement=${achievement}`, { key, body: csv, headers })).body;
    await call('POST', `${at2}/rosters/${id}/start`, { key });
    let looked = 0;
    for (let state: unknown; state !== 'done'; looked++) {
      expect(await verifyLedger(db, unit.id)).toBeNull();
      const one = await call('POST', `${at2}/credentials`, {
        key,
        body: { achievement, learner: { email: `one${looked}@x.edu` } },
      });
      expect(one.status, one.text).toBe(201);
      state = (await call('GET', `${at2}/rosters/${id}`, { key })).body.state;
    }
    expect(looked).toBeGreaterThan(1);
    expect(await verifyLedger(db, unit.id)).toBeNull();
    // Beyond one page there is something to find as well.
    const last = await db
      .selectFrom('credential')
      .select('id')
      .where('issuer_id', '=', unit.id)
      .where('batch', 'is not', null)
      .orderBy('issued_at', 'desc')
      .orderBy('id', 'desc')
      .executeTakeFirstOrThrow();
    await db.updateTable('credential').set({ batch: null }).where('id', '=', last.id).execute();
    expect(await verifyLedger(db, unit.id)).toEqual({ fault: 'added', credential: last.id });
  });

  it('reminds of what ends soon, once for each credential, also from several processes', {
    timeout: 120_000,
  }, async () => {
    const { call, key, db, issuing } = service;
    await call('PUT', `${at}/policy`, { key, body: { change: { deliver: 'none' }, reason: 'x' } });
    const before = await db.selectFrom('mail').selectAll().execute();
    const achievement = await approvedAchievement(service);
    const claimUrls = new Map<string, string>();
    const issue = async (email: string, days: number) => {
      const validUntil = new Date(Date.now() + days * 86_400_000).toISOString();
      const body = { achievement, learner: { email }, validUntil };
      const issued = await call('POST', `${at}/credentials`, { key, body });
      expect(issued.status, issued.text).toBe(201);
      claimUrls.set(issued.body.id as string, issued.body.claimUrl as string);
      return issued.body.id as string;
    };
    const soon = [await issue('s1@x.edu', 10), await issue('s2@x.edu', 29)];
    await issue('later@x.edu', 40);
    const revoked = await issue('gone@x.edu', 10);
    await call('POST', `${at}/credentials/${revoked}/revoke`, { key, body: { reason: 'x' } });
    expect(await remind(issuing)).toBe(0);
    const change = { expiryReminderDays: 30, language: 'es' };
    await call('PUT', `${at}/policy`, { key, body: { change, reason: 'x' } });
    await Promise.all([remind(issuing), remind(issuing), remind(issuing)]);
    expect(await remind(issuing)).toBe(0);
    const known = new Set(before.map(({ id }) => id));
    const letters = (await db.selectFrom('mail').selectAll().execute()).filter(({ id }) => !known.has(id));
    expect(letters.map(({ credential_id }) => credential_id).sort()).toEqual([...soon].sort());
    const [letter] = letters.filter(({ credential_id }) => credential_id === soon[0]);
    expect(letter && (await findAddressees(db, issuing.masterKey, [letter])).get(letter.id)).toBe('s1@x.edu');

    // Who accepted one meanwhile finds it at its address; the other one opens with its claim link alone.
    const [waiting = '', accepted = ''] = soon;
    await accept(service, claimUrls.get(accepted) as string);
    const sent = new Map<string, string>();
    const transport = {
      send: async ({ to, subject, text }: Message) => void sent.set(to, `${subject}\n${text}`),
      forget: async () => undefined,
      close: async () => undefined,
    };
    const sender = new MailSender(issuing, transport);
    while (!sent.has('s1@x.edu') || !sent.has('s2@x.edu')) await new Promise((resolve) => setTimeout(resolve, 20));
    await sender.close();
    expect(sent.get('s1@x.edu')).toContain(`\n${claimUrls.get(waiting)}\n`);
    expect(sent.get('s2@x.edu')).toContain(`\n${publicUrl}/credentials/${accepted}\n`);
    expect(sent.get('s1@x.edu')).toMatch(/vence el \d+ de \w+ de \d{4}/);
  });
});
