import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/server/database.ts';
import { type PostgresServer, startPostgresServer } from '../../src/server/test-databases.ts';
import { root } from './assay.ts';
import { endProcess, peakOf, type ServerProcess, setupTokenOf, startProcess } from './server-process.ts';

/** `npm run torture` asks for more. */
const rows = Number(process.env.TORTURE_ROWS ?? 5000);
const kills = Number(process.env.TORTURE_KILLS ?? 10);
const isFaulty = (index: number) => index % 100 === 50;

const folder = mkdtempSync(join(tmpdir(), 'assay-crash-'));
let postgres: PostgresServer;
beforeAll(async () => {
  postgres = await startPostgresServer();
}, 120_000);
afterAll(async () => {
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe.each([
  ['embedded', ['serve']],
  ['PostgreSQL', ['serve', 'worker']],
] as const)('a roster on %s, whose processes are killed', (name, commands) => {
  it(`issues each of ${rows} rows exactly once`, { timeout: 300_000 + rows * 50 }, async () => {
    const env: Record<string, string> = { ASSAY_MASTER_KEY: randomBytes(32).toString('base64url') };
    const databaseUrl = name === 'PostgreSQL' ? await postgres.createDatabase() : undefined;
    if (databaseUrl !== undefined) env.DATABASE_URL = databaseUrl;
    const start = (index: number) => startProcess(join(folder, `${name}-${index}`), env, commands[index]);
    const servers: ServerProcess[] = [];
    for (let index = 0; index < commands.length; index++) servers.push(await start(index));
    const token = await setupTokenOf(servers[0] as ServerProcess);

    /** To the one that serves, as soon as it answers. */
    const call = async (method: string, path: string, body?: unknown, type = 'application/json', once = '') => {
      for (let tries = 0; ; tries++)
        try {
          const answer = await fetch(`${servers[0]?.url}${path}`, {
            method,
            headers: {
              authorization: `Bearer ${key}`,
              ...(body === undefined ? {} : { 'content-type': type }),
              ...(once === '' ? {} : { 'idempotency-key': once }),
            },
            ...(body === undefined ? {} : { body: type === 'text/csv' ? (body as string) : JSON.stringify(body) }),
          });
          const text = await answer.text();
          if (!answer.ok) throw new Error(`${answer.status} ${text}`);
          return text;
        } catch (error) {
          if (tries > 20 || !(error instanceof TypeError)) throw error;
          await new Promise((resolve) => setTimeout(resolve, 100));
        }
    };
    let key = '';
    const issuer = { slug: 'northfield', profile: { name: 'Northfield', url: 'https://northfield.example' } };
    key = JSON.parse(await call('POST', '/api/setup', { token, issuer })).apiKey;
    const at = '/api/issuers/northfield';
    const achievement = JSON.parse(readFileSync(join(root, 'fixtures/cli/achievement.json'), 'utf8'));
    await call('PUT', `${at}/policy`, { change: { deliver: 'none' }, reason: 'a test' });
    const { id } = JSON.parse(await call('POST', `${at}/achievements`, achievement));
    for (const step of ['submit', 'approve']) await call('POST', `${at}/achievements/${id}/${step}`, {});
    const csv = Array.from({ length: rows }, (_, index) =>
      isFaulty(index) ? `Learner ${index},nowhere` : `Learner ${index},learner-${index}@example.edu`,
    );
    const sent = await call('POST', `${at}/rosters?achievement=${id}`, ['name,email', ...csv].join('\n'), 'text/csv');
    const roster = JSON.parse(sent).id as string;
    await call('POST', `${at}/rosters/${roster}/start`);

    const started = performance.now();
    const state = async () => JSON.parse(await call('GET', `${at}/rosters/${roster}`));
    let killed = 0;
    let peak = 0;
    let told = 0;
    const acknowledged = new Set<string>();
    while (killed < kills) {
      await new Promise((resolve) => setTimeout(resolve, Math.random() * Math.min(2000, 40 + rows / 30)));
      const { state: now, issued } = await state();
      if (now === 'done') break;
      // What was told to somebody holds, whatever happens then.
      expect(issued).toBeGreaterThanOrEqual(told);
      told = issued;
      const learner = { email: `one-${killed}@example.edu` };
      const issuedOne = await call(
        'POST',
        `${at}/credentials`,
        { achievement: id, learner },
        'application/json',
        `one-${killed}`,
      );
      acknowledged.add(JSON.parse(issuedOne).id);
      // One after another in any order. On a long list sometimes only one, while the others go on; a short one they would end.
      const order = servers.map((_, index) => index).toSorted(() => Math.random() - 0.5);
      const victims = rows >= 50_000 && Math.random() < 0.5 ? order.slice(0, 1) : order;
      for (const index of victims) {
        const { child } = servers[index] as ServerProcess;
        peak = Math.max(peak, peakOf(child));
        await endProcess(child, 'SIGKILL');
        killed += 1;
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 100));
      }
      const anew = await Promise.all(victims.map(start));
      for (const [at, index] of victims.entries()) servers[index] = anew[at] as ServerProcess;
    }
    while ((await state()).state !== 'done') await new Promise((resolve) => setTimeout(resolve, 200));
    const seconds = (performance.now() - started) / 1000;
    for (const { child } of servers) peak = Math.max(peak, peakOf(child));
    const faulty = csv.filter((_, index) => isFaulty(index)).length;
    expect(await state()).toMatchObject({ rows, faulty, issued: rows - faulty, failed: 0, waiting: 0 });
    const results = parse(await call('GET', `${at}/rosters/${roster}/results.csv`), { columns: true }) as Record<
      string,
      string
    >[];
    expect(results.map(({ line }) => Number(line))).toEqual(csv.map((_, index) => index + 2));
    const listed = new Set(results.flatMap(({ credential }) => (credential ? [credential.split('/').at(-1)] : [])));
    expect(listed.size).toBe(rows - faulty);
    const audit = JSON.parse(await call('GET', `${at}/audit/verify`));
    expect(audit).toEqual({ fault: null });
    for (const { child } of servers) await endProcess(child, 'SIGTERM');

    const db = await openDatabase(
      databaseUrl === undefined ? { folder: join(folder, `${name}-0`) } : { url: databaseUrl },
    );
    try {
      const kept = await db.selectFrom('credential').select('id').execute();
      expect(new Set(kept.map((credential) => credential.id))).toEqual(new Set([...listed, ...acknowledged]));
      const places = await sql<{ count: number }>`
        select count(distinct (status_list_id, status_index))::int as count from credential`.execute(db);
      expect(places.rows[0]?.count).toBe(kept.length);
    } finally {
      await db.destroy();
    }
    // A quick machine is done with a short list before all of them; `npm run torture` sees every one.
    expect(killed).toBeGreaterThanOrEqual(rows < 50_000 ? Math.min(kills, 3) : kills);
    expect(peak).toBeLessThan(1000);
    console.log(`${name}: ${rows} rows, ${killed} kills, ${seconds.toFixed(1)} s, ${peak.toFixed(0)} MB`);
  });
});
