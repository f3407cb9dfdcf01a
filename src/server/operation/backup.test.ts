import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../config.ts';
import { connectDatabase, type Database } from '../database.ts';
import { sha256Hex } from '../digest.ts';
import { MasterKey } from '../master-key.ts';
import { type PostgresServer, startPostgresServer } from '../test-databases.ts';
import { approvedAchievement, learner, startService } from '../test-issuing.ts';
import { backUp } from './backup.ts';
import { restore } from './restore.ts';
import { verifyDatabase } from './verify-database.ts';

let postgres: PostgresServer;
const folder = mkdtempSync(join(tmpdir(), 'assay-backup-'));
const masterKey = randomBytes(32);
const now = new Date('2026-11-25T12:00:00Z');
beforeAll(async () => {
  postgres = await startPostgresServer();
});
afterAll(async () => {
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
});

const configOf = (data: string, databaseUrl?: string, key: Uint8Array | null = masterKey) =>
  readConfig({
    ASSAY_DATA: join(folder, data),
    ...(key === null ? {} : { ASSAY_MASTER_KEY: Buffer.from(key).toString('base64url') }),
    ...(databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }),
  });
type Config = ReturnType<typeof configOf>;
const placeOf = ({ databaseUrl, data }: Config) => (databaseUrl === null ? { folder: data } : { url: databaseUrl });
async function within<Result>(config: Config, use: (db: Database) => Promise<Result>): Promise<Result> {
  const db = await connectDatabase(placeOf(config));
  return await use(db).finally(() => db.destroy());
}
const rowsOf = async (db: Database, table: string) =>
  (await sql<{ row: string }>`select row_to_json(t)::text as row from ${sql.table(table)} t`.execute(db)).rows
    .map(({ row }) => row)
    .sort();

describe('backup and restore', () => {
  let source: Config;
  let restoredUrl: string | undefined;
  const file = join(folder, 'one.backup');
  const kept = ['issuer', 'issuer_key', 'achievement_version', 'credential', 'roster_row', 'api_key'] as const;
  const before = new Map<string, string[]>();

  beforeAll(async () => {
    source = configOf('source');
    mkdirSync(source.data, { mode: 0o700 });
    const database = { name: 'embedded', open: () => connectDatabaseMigrated(source), stop: async () => undefined };
    const service = await startService(database, new MasterKey(masterKey));
    const { call, key, db } = service;
    const achievement = await approvedAchievement(service);
    for (let count = 0; count < 3; count++) {
      const body = { achievement, learner: { ...learner, name: 'Zoë "Ω" O’Neil\n𝒜', email: `l${count}@example.edu` } };
      const issued = await call('POST', '/api/issuers/northfield/credentials', { key, body });
      expect(issued.status, issued.text).toBe(201);
      if (count === 0)
        await call('POST', `/api/issuers/northfield/credentials/${issued.body.id}/revoke`, {
          key,
          body: { reason: 'x' },
        });
    }
    const { name: _, ...whose } = { ...learner, email: 'l2@example.edu' };
    const record = await call('POST', '/api/issuers/northfield/clrs', { key, body: { learner: whose } });
    expect([record.status, record.body.achievement], record.text).toEqual([201, null]);
    const unit = { slug: 'unit', profile: { name: 'Unit', url: 'https://unit.example' } };
    expect((await call('POST', '/api/issuers/northfield/units', { key, body: unit })).status).toBe(201);
    const csv = ['email', ...Array.from({ length: 300 }, (_, row) => `r${row}@example.edu`)].join('\n');
    const sent = await call('POST', `/api/issuers/northfield/rosters?achievement=${achievement}`, {
      key,
      body: csv,
      headers: { 'content-type': 'text/csv' },
    });
    await db
      .updateTable('roster')
      .set({ state: 'running' })
      .where('id', '=', sent.body.id as string)
      .execute();
    const issuer = await db
      .selectFrom('issuer')
      .select('id')
      .where('slug', '=', 'northfield')
      .executeTakeFirstOrThrow();
    await sql`insert into correction (id, issuer_id, kind, state, reason, actor, created_at)
      values ('under-way', ${issuer.id}, 'revoke', 'running', 'x', 'x', ${now})`.execute(db);
    for (const table of kept) before.set(table, await rowsOf(db, table));
    await service.close();
    mkdirSync(join(source.data, 'files/evidence'), { recursive: true });
    mkdirSync(join(source.data, 'files/drafts'), { recursive: true });
    writeFileSync(join(source.data, 'files/evidence/abc'), randomBytes(200_001));
    writeFileSync(join(source.data, 'files/evidence/empty'), '');
    writeFileSync(join(source.data, 'files/drafts/x'), 'half');
    const made = await backUp(source, file, now);
    expect(made.files).toBe(2);
    expect(made.rows).toBeGreaterThan(300);
  }, 90_000);

  it('is readable by its owner alone, and holds neither the master key, sessions nor people of lists', () => {
    expect(statSync(file).mode & 0o077).toBe(0);
    const text = gunzipSync(readFileSync(file)).toString();
    expect(text).not.toContain(masterKey.toString('base64url'));
    expect(text).not.toContain(masterKey.toString('hex'));
    expect(text).not.toContain('#table "session"');
    expect(text).toContain('#table "credential"');
    expect(text).not.toContain('r299@example.edu');
  });

  it.each(['embedded', 'PostgreSQL'])(
    'brings everything back into %s, byte for byte, and goes on safely',
    async (name) => {
      if (name === 'PostgreSQL') restoredUrl = await postgres.createDatabase();
      const target = configOf(`restored-${name}`, restoredUrl);
      const restored = await restore(target, file, now);
      expect(restored).toMatchObject({ at: now.toISOString(), files: 2, masterKeyFits: true });
      expect(restored.records.map((record) => [record.name, record.fault, record.ledger])).toEqual(
        expect.arrayContaining(['instance', 'northfield', 'unit'].map((of) => [of, null, null])),
      );
      expect(restored.rosters).toHaveLength(1);
      expect(restored.corrections).toEqual([{ issuer: 'northfield', id: 'under-way', kind: 'revoke' }]);
      expect(readFileSync(join(target.data, 'files/evidence/abc'))).toEqual(
        readFileSync(join(source.data, 'files/evidence/abc')),
      );
      expect(readFileSync(join(target.data, 'files/evidence/empty'))).toHaveLength(0);
      expect(readdirSync(target.data)).not.toContain('restoring');
      await within(target, async (db) => {
        for (const table of kept) expect(await rowsOf(db, table), table).toEqual(before.get(table));
        const rosters = await db.selectFrom('roster').select('state').execute();
        expect(rosters.map(({ state }) => state)).toEqual(['paused']);
        const lists = await db.selectFrom('status_list').select(['taken', 'size', 'revision']).execute();
        expect(lists.every(({ taken, size, revision }) => taken === size && revision >= 1_000_000)).toBe(true);
        // The keys between tables are back.
        const orphan = db.insertInto('api_key').values({
          id: 'x',
          issuer_id: 'nobody',
          name: 'x',
          digest: 'x',
          scopes: '',
          created_at: now,
          revoked_at: null,
          made_by: 'system',
        });
        await expect(orphan.execute()).rejects.toThrow();
      });
      const chains = await verifyDatabase(target);
      expect(chains.flatMap(({ fault, ledger }) => [fault, ledger]).filter((found) => found !== null)).toEqual([]);
      expect(chains.map((chain) => chain.name).sort()).toEqual(['instance', 'northfield', 'unit']);
      await expect(restore(target, file, now)).rejects.toThrow(/already|not empty/);
    },
    120_000,
  );

  it('takes a backup of PostgreSQL into the embedded database', async () => {
    const [from, to] = [configOf('restored-PostgreSQL', restoredUrl), configOf('moved')];
    const moved = join(folder, 'moved.backup');
    await backUp(from, moved, now);
    await restore(to, moved, now);
    await within(to, async (db) => {
      for (const table of kept) expect(await rowsOf(db, table), table).toEqual(before.get(table));
    });
  });

  it('changes nothing when a backup was altered, cut off, or is something else', async () => {
    const databaseUrl = await postgres.createDatabase();
    const whole = gunzipSync(readFileSync(file)).toString();
    const altered = (text: string) => gzipSync(Buffer.from(text));
    const cases: Record<string, Buffer> = {
      'cut off in the gzip': readFileSync(file).subarray(0, -200),
      'cut off after a line': altered(whole.split('\n').slice(0, -3).join('\n')),
      'without its last row': altered(whole.replace(/\n[^\n]*\n#table "status_list"/, '\n#table "status_list"')),
      'with another name': altered(whole.replace('northfield', 'southfield')),
      'with a file that leads elsewhere': altered(whole.replace('evidence/abc', '../../../abc')),
      'with another table': altered(whole.replace('#table "mail"', '#table "pg_authid"')),
      'of another time': altered(whole.replace('0001-issuing', '9999-future')),
      'not a backup': gzipSync('hello\n'),
      'not gzip': Buffer.from('hello'),
      empty: Buffer.alloc(0),
    };
    for (const [what, bytes] of Object.entries(cases)) {
      const path = join(folder, 'bad.backup');
      writeFileSync(path, bytes);
      const target = configOf('bad', databaseUrl);
      const refused = await restore(target, path, now).then(
        () => null,
        (error: Error) => error,
      );
      expect(refused?.name, what).toBe('StartRefused');
      expect(existsSync(join(target.data, 'files')), what).toBe(false);
      expect(existsSync(join(target.data, 'restoring')), what).toBe(false);
    }
    await within(configOf('bad', databaseUrl), async (db) => {
      expect(await rowsOf(db, 'issuer')).toEqual([]);
      expect(await rowsOf(db, 'audit_entry')).toEqual([]);
    });
    // The same database, still empty, takes the whole one.
    await restore(configOf('bad', databaseUrl), file, now);
  });

  it('refuses another master key, and an audit log that was not whole', async () => {
    const databaseUrl = await postgres.createDatabase();
    await expect(restore(configOf('other', databaseUrl, randomBytes(32)), file, now)).rejects.toThrow(/master key/);
    const target = configOf('other', databaseUrl);
    await restore(target, file, now);
    const one = await within(target, (db) =>
      db
        .selectFrom('credential')
        .select(['id', 'document', 'digest'])
        .where('document', 'is not', null)
        .limit(1)
        .executeTakeFirstOrThrow(),
    );
    const write = (document: string | null) =>
      within(target, (db) => db.updateTable('credential').set({ document }).where('id', '=', one.id).execute());
    await write('{}');
    const found = (await verifyDatabase(target)).find((chain) => chain.ledger !== null);
    expect(found).toMatchObject({ fault: null, ledger: { fault: 'altered', credential: one.id } });
    // Whoever altered document and digest alike did not reach the log: it is restored, and told.
    const digest = (of: string) =>
      within(target, (db) => db.updateTable('credential').set({ digest: of }).where('id', '=', one.id).execute());
    await digest(sha256Hex('{}'));
    const altered = join(folder, 'altered-ledger.backup');
    await backUp(target, altered, now);
    const { records } = await restore(configOf('altered', await postgres.createDatabase()), altered, now);
    expect(records.filter(({ ledger }) => ledger !== null)).toMatchObject([
      { name: 'northfield', fault: null, ledger: { fault: 'altered', credential: one.id } },
    ]);
    await digest(one.digest);
    await write(one.document);
    await within(target, (db) =>
      db.deleteFrom('audit_entry').where('number', '=', 2).where('chain', '<>', 'instance').execute(),
    );
    expect((await verifyDatabase(target)).find((chain) => chain.name === 'northfield')?.fault).toEqual({
      number: 2,
      fault: 'missing',
    });
    const broken = join(folder, 'broken.backup');
    await backUp(target, broken, now);
    await expect(restore(configOf('broken', await postgres.createDatabase()), broken, now)).rejects.toThrow(
      /audit log/,
    );
  });

  it('says where it cannot write', async () => {
    await expect(backUp(source, join(folder, 'nowhere/x.backup'), now)).rejects.toThrow(/cannot be written/);
    chmodSync(file, 0o600);
  });
});

async function connectDatabaseMigrated(config: Config): Promise<Database> {
  const { openDatabase } = await import('../database.ts');
  return await openDatabase(placeOf(config));
}
