import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectDatabase } from '../../src/server/database.ts';
import { type PostgresServer, startPostgresServer } from '../../src/server/test-databases.ts';
import { root } from './assay.ts';
import { endProcess, type ServerProcess, setupTokenOf, startProcess } from './server-process.ts';

/** So many that they are still being issued when the backup is taken. */
const rows = 5000;
const folder = mkdtempSync(join(tmpdir(), 'assay-operation-'));
let postgres: PostgresServer;
beforeAll(async () => {
  postgres = await startPostgresServer();
}, 120_000);
afterAll(async () => {
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

/** A command, to its end. */
function assay(args: string[], env: Record<string, string> = {}): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, ['dist/cli/main.js', ...args], { cwd: root, env: { ...process.env, ...env } });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
  return new Promise((resolve) => child.once('exit', (code) => resolve({ code, output: output.replace(/\s+/g, ' ') })));
}
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Requests of one issuer with a key, to a process. */
const callerOf = (server: () => ServerProcess, key: () => string) =>
  async function call(
    path: string,
    body?: unknown,
    { method, type = 'application/json' } = { method: '' } as { method?: string; type?: string },
  ) {
    const answer = await fetch(`${server().url}${path}`, {
      method: method || (body === undefined ? 'GET' : 'POST'),
      headers: { authorization: `Bearer ${key()}`, ...(body === undefined ? {} : { 'content-type': type }) },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text}`);
    return JSON.parse(text);
  };

describe('what cannot be started is refused in a sentence', () => {
  const data = join(folder, 'refused');
  it.each([
    [
      ['serve'],
      { PORT: 'high', DATABASE_URL: 'mysql://root:hunter2@x' },
      ['PORT does not understand "high"', 'DATABASE_URL'],
    ],
    [['serve', '--port', 'x'], {}, ['--port does not understand']],
    [['serve'], { ASSAY_MASTER_KEY: 'hunter2' }, ['ASSAY_MASTER_KEY', '32 bytes']],
    [['serve'], { DATABASE_URL: 'postgres://assay:hunter2@127.0.0.1:9/none' }, ['DATABASE_URL', 'ECONNREFUSED']],
    [['worker'], {}, ['needs PostgreSQL']],
    [['backup', '--out', join(folder, 'x')], {}, ['There is no database']],
    [['backup'], {}, ['--out']],
    [['restore', join(folder, 'none.backup')], {}, ['There is no file']],
    [['audit', 'verify'], {}, ['There is no database']],
    [['audit'], {}, ['audit verify']],
  ])('%j', async (args, env, said) => {
    const refused = await assay(args, { ASSAY_DATA: data, ...env });
    expect(refused.code, refused.output).toBe(3);
    for (const text of said) expect(refused.output).toContain(text);
    expect(refused.output).not.toContain('hunter2');
    expect(refused.output).not.toContain('fault of Assay');
    expect(existsSync(join(data, 'master.key'))).toBe(false);
  });
});

describe.each(['embedded', 'PostgreSQL'] as const)('a service on %s', (name) => {
  it('is backed up while it issues, and what is restored is whole and goes on', { timeout: 600_000 }, async () => {
    const env: Record<string, string> = { ASSAY_MASTER_KEY: randomBytes(32).toString('base64url') };
    const databaseUrl = name === 'PostgreSQL' ? await postgres.createDatabase() : null;
    if (databaseUrl !== null) env.DATABASE_URL = databaseUrl;
    const data = join(folder, name);
    const file = join(folder, `${name}.backup`);
    let server = await startProcess(data, env);
    const worker = name === 'PostgreSQL' ? await startProcess(join(folder, 'worker'), env, 'worker') : null;
    const token = await setupTokenOf(server);
    let key = '';
    const call = callerOf(
      () => server,
      () => key,
    );
    key = (await call('/api/setup', { token, issuer: { slug: 'northfield', profile: { name: 'Northfield' } } })).apiKey;
    const at = '/api/issuers/northfield';
    await call(`${at}/policy`, { change: { deliver: 'none' }, reason: 'a test' }, { method: 'PUT' });
    const achievement = JSON.parse(readFileSync(join(root, 'fixtures/cli/achievement.json'), 'utf8'));
    const { id } = await call(`${at}/achievements`, achievement);
    for (const step of ['submit', 'approve']) await call(`${at}/achievements/${id}/${step}`, {});
    const csv = ['email', ...Array.from({ length: rows }, (_, index) => `l${index}@example.edu`)].join('\n');
    const roster = (await call(`${at}/rosters?achievement=${id}`, csv, { type: 'text/csv' })).id as string;
    await call(`${at}/rosters/${roster}/start`, {});
    const stateOf = () => call(`${at}/rosters/${roster}`);
    while ((await stateOf()).issued === 0) await pause(20);

    // Under load, by way of whoever owns the database.
    const made = await assay(['backup', '--out', file, '--data', data], env);
    expect(made.code, made.output).toBe(0);
    expect(statSync(file).mode & 0o077).toBe(0);
    if (name === 'embedded') expect(statSync(join(data, 'admin.sock')).mode & 0o077).toBe(0);
    const audited = await assay(['audit', 'verify', '--data', data], env);
    expect(audited.code, audited.output).toBe(0);
    expect(audited.output).toMatch(/northfield: \d+ entries, whole/);
    while ((await stateOf()).state !== 'done') await pause(50);
    if (worker !== null) {
      const metrics = await (await fetch(`${server.url}/metrics`)).text();
      const [, here] = /assay_credentials_issued_total (\d+)/.exec(metrics) ?? [];
      expect(Number(here)).toBeGreaterThan(0);
      expect(Number(here)).toBeLessThan(rows);
      expect(await endProcess(worker.child, 'SIGTERM')).toBe(0);
    }

    // A stream that would go on for ever ends with the process, which ends in good order.
    const other = (await call(`${at}/rosters?achievement=${id}`, 'email\nz@example.edu', { type: 'text/csv' })).id;
    const stream = await fetch(`${server.url}${at}/rosters/${other}/progress`, {
      headers: { authorization: `Bearer ${key}` },
    });
    const streamed = stream.text();
    expect(await endProcess(server.child, 'SIGTERM')).toBe(0);
    expect(await streamed).toContain('event: progress');
    expect(existsSync(join(data, 'lock'))).toBe(false);
    const placesOf = async (place: { url: string } | { folder: string }) => {
      const db = await connectDatabase(place);
      const all = await db
        .selectFrom('credential')
        .select(['id', 'status_list_id', 'status_index', 'document'])
        .execute();
      await db.destroy();
      return all;
    };
    const original = await placesOf(databaseUrl === null ? { folder: data } : { url: databaseUrl });
    expect(original).toHaveLength(rows);

    const restoredUrl = databaseUrl === null ? null : await postgres.createDatabase();
    const restoredEnv = restoredUrl === null ? env : { ...env, DATABASE_URL: restoredUrl };
    const restoredData = join(folder, `${name}-restored`);
    const restored = await assay(['restore', file, '--data', restoredData], restoredEnv);
    expect(restored.code, restored.output).toBe(0);
    expect(restored.output).toContain(`(${roster}) of northfield is paused`);
    const place = restoredUrl === null ? { folder: restoredData } : { url: restoredUrl };
    const kept = await placesOf(place);
    expect(kept.length).toBeGreaterThan(0);
    expect(kept.length).toBeLessThan(rows);

    server = await startProcess(restoredData, restoredEnv);
    // Each stands in the log by its digest (`audit verify` below); some are verified as a receiver does.
    for (const { document } of kept.filter((_, index) => index % Math.ceil(kept.length / 40) === 0))
      expect(await call(`${at}/vc-api/credentials/verify`, `{"verifiableCredential":${document}}`)).toMatchObject({
        verified: true,
      });
    expect(await stateOf()).toMatchObject({ state: 'paused', issued: kept.length });
    await call(`${at}/rosters/${roster}/resume`, {});
    while ((await stateOf()).state !== 'done') await pause(50);
    expect(await stateOf()).toMatchObject({ issued: rows, failed: 0 });
    expect(await endProcess(server.child, 'SIGTERM')).toBe(0);

    const after = await placesOf(place);
    const nameOf = (one: { status_list_id: string; status_index: number }) =>
      `${one.status_list_id} ${one.status_index}`;
    const before = new Set(original.map(nameOf));
    const known = new Set(kept.map((one) => one.id));
    const fresh = after.filter((one) => !known.has(one.id));
    expect(fresh).toHaveLength(rows - kept.length);
    expect(fresh.filter((one) => before.has(nameOf(one)))).toEqual([]);
    expect((await assay(['audit', 'verify', '--data', restoredData], restoredEnv)).code).toBe(0);

    const db = await connectDatabase(place);
    await db.updateTable('audit_entry').set({ reason: 'another' }).where('number', '=', 3).execute();
    await db.destroy();
    const found = await assay(['audit', 'verify', '--data', restoredData], restoredEnv);
    expect([found.code, found.output]).toEqual([1, expect.stringContaining('northfield: entry 3 was altered')]);
  });
});
