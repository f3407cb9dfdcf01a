import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/server/database.ts';
import { type PostgresServer, startPostgresServer } from '../../src/server/test-databases.ts';
import { openNorthfield, pause } from './northfield.ts';
import { endProcess, type ServerProcess, startProcess } from './server-process.ts';

const count = 3000;
const kills = 5;

const folder = mkdtempSync(join(tmpdir(), 'assay-correct-'));
let postgres: PostgresServer;
beforeAll(async () => {
  postgres = await startPostgresServer();
}, 120_000);
afterAll(async () => {
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe.each(['embedded', 'PostgreSQL'])('a correction on %s, whose process is killed', (name) => {
  it(`issues each of ${count} credentials anew exactly once`, { timeout: 500_000 }, async () => {
    const env: Record<string, string> = { ASSAY_MASTER_KEY: randomBytes(32).toString('base64url') };
    const databaseUrl = name === 'PostgreSQL' ? await postgres.createDatabase() : undefined;
    if (databaseUrl !== undefined) env.DATABASE_URL = databaseUrl;
    const data = join(folder, name);
    const servers: ServerProcess[] = [await startProcess(data, env)];
    const { at, call, achievement, issueTo } = await openNorthfield(servers);
    await issueTo(count);
    const asked = { act: 'reissue', selection: { achievement } };
    const { digest, changes } = await call(`${at}/credentials/bulk/preview`, asked);
    expect(changes).toEqual([{ from: 'active', to: 'superseded', count }]);
    const { id } = await call(`${at}/credentials/bulk`, { ...asked, digest, reason: 'a wrong skill' });

    const stand = () => call(`${at}/corrections/${id}`);
    let killed = 0;
    let told = 0;
    while (killed < kills) {
      const { state, done } = await stand();
      if (state === 'done') break;
      // What was told to somebody holds, whatever happens then.
      expect(done).toBeGreaterThanOrEqual(told);
      // Each kill comes after some work since the one before, at a random moment.
      if (done === told) {
        await pause(10);
        continue;
      }
      told = done;
      await pause(Math.random() * 100);
      await endProcess((servers[0] as ServerProcess).child, 'SIGKILL');
      killed += 1;
      servers[0] = await startProcess(data, env);
    }
    while ((await stand()).state !== 'done') await pause(100);
    expect(await stand()).toMatchObject({ total: count, done: count, skipped: 0, failed: 0, waiting: 0 });
    expect(await call(`${at}/audit/verify`)).toEqual({ fault: null });
    expect(await call(`${at}/ledger/verify`)).toEqual({ fault: null });
    await endProcess((servers[0] as ServerProcess).child, 'SIGTERM');
    // A test that kills before or after the work tests nothing.
    expect(killed).toBeGreaterThanOrEqual(2);

    const db = await openDatabase(databaseUrl === undefined ? { folder: data } : { url: databaseUrl });
    try {
      const all = await db.selectFrom('credential').select(['id', 'state', 'superseded_by', 'recipient']).execute();
      const olds = all.filter(({ state }) => state === 'superseded');
      const editions = new Map(all.filter(({ state }) => state === 'active').map((edition) => [edition.id, edition]));
      expect([all.length, olds.length, editions.size]).toEqual([2 * count, count, count]);
      for (const { superseded_by, recipient } of olds) {
        expect(editions.get(superseded_by ?? '')?.recipient).toBe(recipient);
        editions.delete(superseded_by ?? '');
      }
      expect(editions.size).toBe(0);
      const items = await db.selectFrom('correction_item').select(['credential_id', 'edition_id', 'state']).execute();
      expect(new Set(items.map(({ credential_id }) => credential_id)).size).toBe(count);
      expect(new Set(items.map(({ edition_id }) => edition_id)).size).toBe(count);
    } finally {
      await db.destroy();
    }
  });
});
