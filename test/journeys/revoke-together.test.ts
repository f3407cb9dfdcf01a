import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeStatusList, readEntry } from '../../src/core/status/bitstring.ts';
import { openDatabase } from '../../src/server/database.ts';
import { type PostgresServer, startPostgresServer } from '../../src/server/test-databases.ts';
import { openNorthfield, pause, Refused } from './northfield.ts';
import { endProcess, type ServerProcess, startProcess } from './server-process.ts';

const count = 1000;
const folder = mkdtempSync(join(tmpdir(), 'assay-revoke-'));
let postgres: PostgresServer;
beforeAll(async () => {
  postgres = await startPostgresServer();
}, 120_000);
afterAll(async () => {
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
});

type Northfield = Awaited<ReturnType<typeof openNorthfield>>;

async function startProcesses(name: string, processes: number, env: Record<string, string>): Promise<ServerProcess[]> {
  const servers: ServerProcess[] = [];
  for (let index = 0; index < processes; index++)
    servers.push(await startProcess(join(folder, `${name}-${index}`), env));
  return servers;
}

/** The first `count` of them are revoked in the lists of every process, and no other is. */
async function expectRevoked({ at, call }: Northfield, all: readonly { id: string }[], processes: number) {
  const places: { list: string; index: bigint }[] = [];
  for (let start = 0; start < all.length; start += 20)
    places.push(...(await Promise.all(all.slice(start, start + 20).map(({ id }) => placeOf(id)))));
  async function placeOf(credential: string) {
    const { credentialStatus } = await call(`${at}/credentials/${credential}/document`);
    const entry = credentialStatus.find((status: { statusPurpose: string }) => status.statusPurpose === 'revocation');
    return { list: new URL(entry.statusListCredential).pathname, index: BigInt(entry.statusListIndex) };
  }
  for (let server = 0; server < processes; server++) {
    const lists = new Map<string, Uint8Array>();
    for (const list of new Set(places.map((place) => place.list))) {
      const { credentialSubject } = await call(list, undefined, { server });
      lists.set(list, (await decodeStatusList(credentialSubject.encodedList)) as Uint8Array);
    }
    const bits = places.map(({ list, index }) => readEntry(lists.get(list) as Uint8Array, index, 1));
    expect(bits).toEqual(all.map((_, index) => (index < count ? 1 : 0)));
  }
}

describe.each([
  ['embedded', 1],
  ['PostgreSQL', 2],
] as const)('a thousand revocations at once on %s', (name, processes) => {
  it('all stick, and a fresh fetch shows them', { timeout: 500_000 }, async () => {
    const env: Record<string, string> = { ASSAY_MASTER_KEY: randomBytes(32).toString('base64url') };
    if (name === 'PostgreSQL') env.DATABASE_URL = await postgres.createDatabase();
    const servers = await startProcesses(name, processes, env);
    try {
      const northfield = await openNorthfield(servers);
      const { at, call, issueTo, listCredentials } = northfield;
      await issueTo(count + 5);
      const all = await listCredentials();
      expect(new Set(all.map((credential) => credential.id)).size).toBe(count + 5);
      await Promise.all(
        all
          .slice(0, count)
          .map(({ id }, index) =>
            call(`${at}/credentials/${id}/revoke`, { reason: 'the roster was wrong' }, { server: index % processes }),
          ),
      );
      await expectRevoked(northfield, all, processes);
      expect(await call(`${at}/audit/verify`)).toEqual({ fault: null });
    } finally {
      for (const { child } of servers) await endProcess(child, 'SIGTERM');
    }
  });
});

it('revokes a thousand in overlapping bulk acts from two processes: each once, each list told of each chunk once', {
  timeout: 500_000,
}, async () => {
  const env = {
    ASSAY_MASTER_KEY: randomBytes(32).toString('base64url'),
    DATABASE_URL: await postgres.createDatabase(),
  };
  const servers = await startProcesses('bulk', 2, env);
  try {
    const northfield = await openNorthfield(servers);
    const { at, call, issueTo, listCredentials } = northfield;
    await issueTo(count + 5);
    const all = await listCredentials();
    const acts: string[] = [];
    /** The act of one selection; when another one changed it since the preview, the preview is looked at again. */
    const revoke = async (ids: string[], server: number): Promise<void> => {
      for (;;) {
        const asked = { act: 'revoke', selection: { ids } };
        const { digest } = await call(`${at}/credentials/bulk/preview`, asked, { server });
        try {
          const begun = await call(
            `${at}/credentials/bulk`,
            { ...asked, digest, reason: 'the roster was wrong' },
            { server },
          );
          acts.push(begun.id);
          return;
        } catch (error) {
          if (!(error instanceof Refused) || error.status !== 409) throw error;
          if (error.message.includes('None of these')) return;
        }
      }
    };
    // Each credential is in four selections or so, in each in another order; some are revoked by themselves meanwhile.
    const selections = Array.from({ length: 14 }, (_, index) => {
      const first = (index * 73) % count;
      const ids = Array.from({ length: 300 }, (__, offset) => all[(first + offset * 7) % count]?.id as string);
      return [...new Set(index % 2 === 0 ? ids : ids.reverse())];
    });
    const rest = all.slice(0, count).map(({ id }) => id);
    const singles = all.slice(0, count).filter((_, index) => index % 97 === 0);
    await Promise.all([
      ...[...selections, rest].map((ids, index) => revoke(ids, index % 2)),
      ...singles.map(({ id }, index) =>
        call(`${at}/credentials/${id}/revoke`, { reason: 'by itself' }, { server: index % 2 }).catch(
          (error: unknown) => {
            if (!(error instanceof Refused) || error.status !== 409) throw error;
          },
        ),
      ),
    ]);
    expect(acts.length).toBeGreaterThan(2);
    for (const id of acts) while ((await call(`${at}/corrections/${id}`)).state !== 'done') await pause(100);
    for (const id of acts) expect(await call(`${at}/corrections/${id}`)).toMatchObject({ failed: 0, waiting: 0 });
    // Whoever looked at a list before trusts it for a second.
    await pause(1100);
    await expectRevoked(northfield, all, 2);
    expect(await call(`${at}/audit/verify`)).toEqual({ fault: null });
    for (const { output } of servers) expect(output).not.toMatch(/deadlock|40P01|"level":[56]0/);
  } finally {
    for (const { child } of servers) await endProcess(child, 'SIGTERM');
  }

  const db = await openDatabase({ url: env.DATABASE_URL });
  try {
    const entries = await db.selectFrom('audit_entry').selectAll().where('action', '=', 'credential.revoke').execute();
    const counts = entries.map(({ detail }) => (JSON.parse(detail) as { count?: number }).count ?? 1);
    expect(counts.reduce((sum, one) => sum + one, 0)).toBe(count);
    const lists = await db.selectFrom('status_list').selectAll().execute();
    expect(lists).toHaveLength(1);
    expect(lists[0]?.revision).toBe(entries.length);
  } finally {
    await db.destroy();
  }
});
