import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../core/json/json.ts';
import { verifyCredential } from '../../core/verify/verify-credential.ts';
import { nodeCryptography } from '../../node/cryptography.ts';
import { verifyAudit } from '../audit/append.ts';
import { queueMail } from '../mail/queue.ts';
import { openTransport } from '../mail/transport.ts';
import { openRow } from '../roster/sealed-row.ts';
import { startDatabases, type TestDatabase } from '../test-databases.ts';
import { approvedAchievement, publicUrl, type Service, startService } from '../test-issuing.ts';
import { addMember } from '../test-people.ts';
import { removeExpired } from './retention.ts';

let databases: TestDatabase[];
beforeAll(async () => {
  databases = await startDatabases();
});
afterAll(async () => {
  for (const database of databases) await database.stop();
});

const issuer = '/api/issuers/northfield';
const day = 24 * 3_600_000;
const ana = { name: 'Ana Torres', email: 'Ana.T@example.edu' };

describe.each(['embedded', 'PostgreSQL'])('privacy on %s', (name) => {
  let service: Service;
  let achievement: string;
  let ahead = 0;
  beforeAll(async () => {
    service = await startService(databases.find((database) => database.name === name) as TestDatabase, undefined, {
      now: () => new Date(Date.now() + ahead),
    });
    achievement = await approvedAchievement(service);
    await decide({ learnerName: 'clear' });
  });
  afterAll(() => service.close());

  const post = (path: string, body: unknown, headers = {}) =>
    service.call('POST', `${issuer}${path}`, { key: service.key, body, headers });
  const decide = (change: object) =>
    service.call('PUT', `${issuer}/policy`, { key: service.key, body: { change, reason: 'a test' } });
  const upload = async (text: string) =>
    (await post(`/evidence?name=${text}.txt`, `the work of ${text}`, { 'content-type': 'text/plain' })).body
      .id as string;
  const issue = async (learner: object, headers = {}) => {
    const issued = await post('/credentials', { achievement, learner, duplicates: 'allow' }, headers);
    expect(issued.status, issued.text).toBe(201);
    return issued.body as { id: string; credential: JsonObject };
  };
  const roster = async (rows: string[], query = '') => {
    const read = await post(`/rosters?achievement=${achievement}${query}`, ['name,email', ...rows].join('\n'), {
      'content-type': 'text/csv',
    });
    expect(read.status, read.text).toBe(201);
    return read.body.id as string;
  };
  const done = async (id: string) => {
    await post(`/rosters/${id}/start`, undefined);
    await expect
      .poll(async () => (await service.call('GET', `${issuer}/rosters/${id}`, { key: service.key })).body.state, {
        timeout: 20_000,
      })
      .toBe('done');
  };
  const letter = (to: string, credentialId?: string) =>
    service.issuing.db
      .selectFrom('issuer')
      .select('id')
      .executeTakeFirstOrThrow()
      .then(({ id: issuerId }) =>
        queueMail(
          service.db,
          service.issuing.masterKey,
          [
            {
              issuerId,
              to,
              subject: 'Your credential',
              text: 'See https://assay.example/credentials/x?claim=secret_1',
              ...(credentialId === undefined ? {} : { credentialId }),
            },
          ],
          service.issuing.now(),
        ),
      );
  const verify = async (document: JsonObject) => {
    const report = await verifyCredential(document, {
      cryptography: nodeCryptography,
      network: service.network,
      now: new Date(),
    });
    return report.verdict;
  };
  /** Every table, as text. */
  const dump = async () => {
    const { rows: tables } = await sql<{ name: string }>`select table_name as name from information_schema.tables
      where table_schema = current_schema()`.execute(service.db);
    const texts = await Promise.all(
      tables.map(async ({ name: table }) => {
        const { rows } = await sql<{
          row: string;
        }>`select row_to_json(t)::text as row from ${sql.table(table)} t`.execute(service.db);
        return rows.map(({ row }) => `${table} ${row}`).join('\n');
      }),
    );
    return texts.join('\n');
  };
  /** The learner accepts: from then on everybody who has the address may read it. */
  const accept = async (id: string) => {
    const { url } = (await service.call('GET', `${issuer}/credentials/${id}/claim`, { key: service.key })).body;
    const accepted = await service.call('POST', `/credentials/${id}/accept${new URL(url as string).search}`, {
      headers: { origin: 'https://assay.example' },
    });
    expect(accepted.status, accepted.text).toBe(303);
  };
  const page = (id: string, accept: string) => service.call('GET', `/credentials/${id}`, { headers: { accept } });

  it('exports everything of a learner, and nothing of others', async () => {
    const file = await upload('zoe');
    const zoe = { name: 'Zoe', email: 'zoe@example.edu', evidence: [{ file }] };
    const { id, credential } = await issue(zoe);
    await issue({ name: 'Yan', email: 'yan@example.edu' });
    await letter('zoe@example.edu', id);
    await letter('ZOE@example.edu');
    await roster(['Zoe,zoe@example.edu', 'Yan,yan@example.edu'], '&duplicates=allow');
    const answer = await post('/learners/export', { learner: { email: ' Zoe@Example.edu ' } });
    expect(answer.status, answer.text).toBe(200);
    expect(answer.body).toMatchObject({
      learner: { names: ['Zoe'], emails: ['zoe@example.edu'] },
      credentials: [{ id, credential }],
      evidence: [{ id: file, name: 'zoe.txt', credentials: [id] }],
      rosterRows: [{ name: 'Zoe', state: 'waiting' }],
    });
    const letters = answer.body.letters as JsonObject[];
    expect(letters.filter(({ subject }) => subject === 'Your credential')).toHaveLength(2);
    expect(answer.text).not.toMatch(/\bYan\b|yan@|secret_1/);
    const actions = (answer.body.log as JsonObject[]).map(({ action }) => action);
    expect(actions).toEqual(expect.arrayContaining(['evidence.upload', 'credential.issue']));
    const link = new URL(((answer.body.evidence as JsonObject[])[0] as { url: string }).url);
    expect((await service.call('GET', link.pathname + link.search)).text).toBe('the work of zoe');

    await post('/units', { slug: 'unit', profile: { name: 'Unit', url: 'https://unit.example' } });
    const elsewhere = await service.call('POST', '/api/issuers/unit/learners/export', {
      key: service.key,
      body: { learner: { email: zoe.email, credential: id } },
    });
    expect(elsewhere.body).toMatchObject({ credentials: [], evidence: [], letters: [], rosterRows: [], log: [] });
    expect((await post('/learners/export', { learner: {} })).status).toBe(400);
  });

  it('lets whoever holds the claim link take a copy and open files, and nobody else', async () => {
    const file = await upload('holder');
    const { id } = await issue({ name: 'Hal', email: 'hal@example.edu', evidence: [{ file }] });
    const other = await issue({ name: 'Hew', email: 'hew@example.edu' });
    const claim = async (credential: string) =>
      new URL(
        (await service.call('GET', `${issuer}/credentials/${credential}/claim`, { key: service.key })).body
          .url as string,
      ).search;
    const origin = { origin: 'https://assay.example' };
    const ask = (path: string, headers: Record<string, string> = origin) => service.call('POST', path, { headers });
    const [mine, theirs] = [await claim(id), await claim(other.id)];
    const copy = await ask(`/credentials/${id}/export${mine}`);
    expect(copy.body).toMatchObject({ credentials: [{ id }], evidence: [{ id: file }], learner: { names: ['Hal'] } });
    const form = { ...origin, 'content-type': 'application/x-www-form-urlencoded' };
    const byButton = await ask(`/credentials/${id}/export${mine}`, form);
    expect(byButton.body).toMatchObject({ credentials: [{ id }] });
    expect(byButton.headers['content-disposition']).toContain('attachment');
    const grants = `/credentials/${id}/evidence/${file}/grants`;
    const grant = await ask(`${grants}${mine}`);
    const link = new URL(grant.body.url as string);
    const opened = async () => (await service.call('GET', link.pathname + link.search)).status;
    expect([grant.status, await opened()]).toEqual([201, 200]);
    for (const wrong of [
      await ask(`/credentials/${id}/export`),
      await ask(`/credentials/${id}/export${theirs}`),
      await ask(`${grants}${theirs}`),
      await ask(`/credentials/${other.id}/evidence/${file}/grants${theirs}`),
    ])
      expect(wrong.status).toBe(404);
    expect((await ask(`${grants}${mine}`, { origin: 'https://evil.example' })).status).toBe(403);
    expect((await ask(`${grants}/${grant.body.id}/withdraw${mine}`)).status).toBe(204);
    expect(await opened()).toBe(403);
  });

  it('erases a learner, while the copy that they hold still verifies', async () => {
    const file = await upload('torres');
    const key = { 'idempotency-key': `once-${name}` };
    const { id, credential } = await issue({ ...ana, evidence: [{ file }] }, key);
    const other = await issue({ name: 'Diana', email: 'diana.t@example.edu' });
    await accept(id);
    expect((await page(id, 'text/html')).status).toBe(200);
    await letter(ana.email, id);
    await letter('ana.t@example.edu');
    const [finished, waiting, faulty] = [
      await roster([`${ana.name},${ana.email}`], '&duplicates=allow'),
      await roster([`${ana.name},${ana.email}`, 'Diana,diana.t@example.edu'], '&duplicates=allow'),
      await roster([`${ana.name},${ana.email}`, `${ana.name} ,nowhere`]),
    ];
    await done(finished);
    expect(await dump()).toContain(ana.name);
    // Of an address only digests and what is sealed.
    expect(await dump()).not.toContain(ana.email);

    const who = { learner: { email: 'ana.t@EXAMPLE.edu' } };
    const preview = await post('/learners/erase/preview', who);
    expect(preview.body).toMatchObject({ evidence: 1, rosterRows: 4 });
    expect(preview.body.credentials).toHaveLength(2);
    const erase = (confirm: unknown) => post('/learners/erase', { ...who, reason: 'their request', confirm });
    expect((await erase('0'.repeat(64))).status).toBe(409);
    const later = await issue(ana);
    expect((await erase(preview.body.confirm)).status).toBe(409);
    const { confirm } = (await post('/learners/erase/preview', who)).body;
    const answers = await Promise.all([erase(confirm), erase(confirm)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);

    const left = await dump();
    for (const trace of [ana.name, ana.email, 'torres.txt', file]) {
      // Not within another word: Diana has an address much like Ana's.
      const mark = new RegExp(`(?<![a-z])${trace.replaceAll('.', '\\.')}`, 'i');
      const lines = left.split('\n').filter((line) => mark.test(line));
      // The audit log names files by their ids, which say nothing of anybody.
      expect(lines.filter((line) => trace !== file || !line.startsWith('audit_entry '))).toEqual([]);
    }
    expect(await service.issuing.storage.exists(`evidence/${file}`)).toBe(false);
    const letters = await service.db.selectFrom('mail').select('id').where('credential_id', '=', id).execute();
    expect(letters).toEqual([]);

    expect(await verify(credential)).toBe('verified');
    for (const form of ['application/vc', 'text/html', 'image/png', 'application/pdf']) {
      const answer = await page(id, form);
      expect([answer.status, answer.headers['cache-control']], form).toEqual([410, 'no-store']);
      expect(answer.text).not.toMatch(/\bAna\b|\bTorres\b/);
    }
    expect((await page(id, 'text/html')).text).toContain('in force');
    expect((await page(later.id, 'application/vc')).status).toBe(404);
    const row = await service.db.selectFrom('credential').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
    expect(row).toMatchObject({ document: null, jwt: null, person: null, recipient: null, state: 'active' });
    expect(await verifyAudit(service.db, row.issuer_id)).toBeNull();

    // Every answer that lists or changes credentials copes with it.
    for (const path of ['/credentials?limit=200', `/rosters/${finished}/rows`, `/rosters/${finished}/results.csv`]) {
      const answer = await service.call('GET', `${issuer}${path}`, { key: service.key });
      expect(answer.status, path).toBe(200);
      expect(answer.text, path).not.toContain(ana.name);
    }
    expect(
      (await post('/credentials', { achievement, learner: { ...ana, evidence: [{ file }] }, duplicates: 'allow' }, key))
        .status,
    ).toBe(410);
    expect((await post(`/credentials/${id}/revoke`, { reason: 'a mistake' })).status).toBe(200);
    expect(await verify(credential)).toBe('not-verified');
    expect(await verify(other.credential)).toBe('verified');

    // Others in the same lists are still there, and the erased row is not issued.
    await done(waiting);
    const issued = await service.db
      .selectFrom('roster_row')
      .selectAll()
      .where('roster_id', 'in', [waiting, faulty])
      .orderBy('roster_id')
      .orderBy('line')
      .execute();
    const named = (wanted: string) =>
      issued.filter((row) => openRow(service.issuing.masterKey, row).name === wanted).map(({ state }) => state);
    expect(named('Diana')).toEqual(['issued']);
    expect(named('')).toHaveLength(3);
    expect((await erase(confirm)).status).toBe(409);
    const nothing = await post('/learners/erase/preview', who);
    expect((await erase(nothing.body.confirm)).status).toBe(404);
  });

  it('erases whoever is known by name alone by their credential, and no namesake', async () => {
    const [one, namesake] = [await issue({ name: 'Kim' }), await issue({ name: 'Kim' })];
    const who = { learner: { credential: one.id } };
    const { confirm, credentials } = (await post('/learners/erase/preview', who)).body;
    expect(credentials).toMatchObject([{ id: one.id }]);
    expect((await post('/learners/erase', { ...who, reason: 'their request', confirm })).status).toBe(200);
    expect(await verify(one.credential)).toBe('verified');
    const row = await service.db
      .selectFrom('credential')
      .select('document')
      .where('id', '=', namesake.id)
      .executeTakeFirstOrThrow();
    expect(row.document).not.toBeNull();
  });

  it('takes a page down and puts it back, and copies verify all the while', async () => {
    const file = await upload('leo');
    const { id, credential } = await issue({ name: 'Leo', email: 'leo@example.edu', evidence: [{ file }] });
    const grant = new URL((await post(`/evidence/${file}/grants`, {})).body.url as string);
    const readable = async () => (await service.call('GET', grant.pathname + grant.search)).status;
    const change = async (what: string) => (await post(`/credentials/${id}/${what}`, { reason: 'asked for' })).status;
    await accept(id);
    expect((await page(id, 'application/vc')).status).toBe(200);
    expect([await change('show'), await change('hide'), await change('hide')]).toEqual([409, 200, 409]);
    for (const form of ['application/vc', 'text/html']) expect((await page(id, form)).status).toBe(410);
    expect(await readable()).toBe(403);
    expect(await verify(credential)).toBe('verified');
    expect(await change('show')).toBe(200);
    expect([(await page(id, 'application/vc')).status, await readable()]).toEqual([200, 200]);
    const log = await service.db
      .selectFrom('audit_entry')
      .select(['action', 'reason'])
      .where('subject', '=', id)
      .orderBy('number')
      .execute();
    expect(log.filter(({ action }) => /hide|show/.test(action))).toEqual([
      { action: 'credential.hide', reason: 'asked for' },
      { action: 'credential.show', reason: 'asked for' },
    ]);
  });

  it('keeps nothing longer than the policy says, whoever removes it', async () => {
    const [used, unused] = [await upload('used'), await upload('unused')];
    const { id } = await issue({ name: 'Max', email: 'max@example.edu', evidence: [{ file: used }] });
    await letter('max@example.edu', id);
    await service.db.updateTable('mail').set({ state: 'sent' }).where('credential_id', '=', id).execute();
    const ended = await roster(['Max,max@example.edu'], '&duplicates=allow');
    await done(ended);
    const never = await roster(['May,may@example.edu']);
    const state = async () => ({
      files: [
        await service.issuing.storage.exists(`evidence/${used}`),
        await service.issuing.storage.exists(`evidence/${unused}`),
      ],
      letters: (await service.db.selectFrom('mail').select('id').where('credential_id', '=', id).execute()).length,
      rows: (
        await service.db.selectFrom('roster_row').select('line').where('roster_id', 'in', [ended, never]).execute()
      ).length,
    });
    const later = async (days: number) => {
      ahead = days * day;
      await Promise.all([removeExpired(service.issuing), removeExpired(service.issuing)]);
      ahead = 0;
      return await state();
    };
    const before = await state();
    expect(before).toMatchObject({ files: [true, true], rows: 2 });
    expect(await later(6)).toEqual(before);
    expect(await later(8)).toEqual({ ...before, files: [true, false] });
    await decide({ retainEvidenceDays: 30, retainRosterDays: 20, retainMailDays: 10 });
    expect(await later(9)).toEqual({ ...before, files: [true, false] });
    expect((await later(11)).letters).toBeLessThan(before.letters);
    expect(await later(21)).toMatchObject({ files: [true, false], rows: 0 });
    const asked = () => service.db.selectFrom('idempotent_request').select('key').where('key', '=', 'kept').execute();
    const body = { achievement, learner: { name: 'Ida', email: 'ida@example.edu' } };
    const headers = { 'idempotency-key': 'kept' };
    await service.call('POST', '/api/issuers/northfield/credentials', { key: service.key, body, headers });
    await later(29);
    expect(await asked()).toHaveLength(1);
    expect(await later(31)).toMatchObject({ files: [false, false] });
    expect(await asked()).toEqual([]);
    const { state: unstarted } = await service.db
      .selectFrom('roster')
      .select('state')
      .where('id', '=', never)
      .executeTakeFirstOrThrow();
    expect(unstarted).toBe('cancelled');
    const log = await service.db
      .selectFrom('audit_entry')
      .select(['chain', 'action', 'detail'])
      .where('actor', '=', 'retention')
      .execute();
    const counted = (what: string) =>
      log
        .filter(({ action }) => action === `retention.${what}`)
        .reduce((sum, { detail }) => sum + (JSON.parse(detail) as { count: number }).count, 0);
    expect(counted('roster-rows')).toBeGreaterThanOrEqual(2);
    expect(counted('evidence')).toBeGreaterThanOrEqual(1);
    expect(await verifyAudit(service.db, log[0]?.chain ?? '')).toBeNull();
  });

  it('keeps no sign-in that opens nothing any more', async () => {
    const { id } = await addMember(service, 'northfield', 'viewer');
    const at = new Date();
    const until = (days: number) => new Date(at.getTime() + days * day);
    const verification = (name: string, expiresAt: Date) => ({
      id: name,
      identifier: name,
      value: 'x',
      expiresAt,
      createdAt: at,
      updatedAt: at,
    });
    await service.db
      .insertInto('verification')
      .values([verification('over', until(-1)), verification('good', until(1))])
      .execute();
    const sessions = () => service.db.selectFrom('session').select('id').where('userId', '=', id).execute();
    await removeExpired(service.issuing);
    expect(await sessions()).toHaveLength(1);
    const left = await service.db.selectFrom('verification').select('id').where('id', 'in', ['over', 'good']).execute();
    expect(left).toEqual([{ id: 'good' }]);
    ahead = 400 * day;
    await removeExpired(service.issuing);
    ahead = 0;
    expect(await sessions()).toEqual([]);
  });

  it('erases letters from the folder that they were written to', async () => {
    const outbox = mkdtempSync(join(tmpdir(), 'assay-outbox-'));
    const mail = openTransport({ smtpUrl: null, mailFrom: 'Assay <x@assay.example>', outbox, publicUrl });
    const database = databases.find((one) => one.name === name) as TestDatabase;
    const other = await startService(database, undefined, { mail });
    try {
      const { call, key } = other;
      const at = '/api/issuers/northfield';
      const made = await approvedAchievement(other);
      for (const email of ['ana@example.edu', 'ben@example.edu'])
        await call('POST', `${at}/credentials`, { key, body: { achievement: made, learner: { email } } });
      const written = () => readdirSync(outbox).map((file) => readFileSync(join(outbox, file), 'utf8'));
      await expect.poll(written, { timeout: 10_000 }).toHaveLength(2);
      await expect
        .poll(() => other.db.selectFrom('mail').select('id').where('state', '=', 'waiting').execute())
        .toEqual([]);
      const who = { email: 'ana@example.edu' };
      const preview = await call('POST', `${at}/learners/erase/preview`, { key, body: { learner: who } });
      const body = { learner: who, reason: 'asked for', confirm: preview.body.confirm };
      expect((await call('POST', `${at}/learners/erase`, { key, body })).status).toBe(200);
      expect(written()).toEqual([expect.stringContaining('ben@example.edu')]);
    } finally {
      await other.close();
      rmSync(outbox, { recursive: true });
    }
  });
});
