import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeStatusList, readEntry } from '../../src/core/status/bitstring.ts';
import { type PostgresServer, startPostgresServer } from '../../src/server/test-databases.ts';
import { root } from './assay.ts';
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

describe.each([
  ['embedded', 1],
  ['PostgreSQL', 2],
] as const)('a thousand revocations at once on %s', (name, processes) => {
  it('all stick, and a fresh fetch shows them', { timeout: 120_000 }, async () => {
    const env: Record<string, string> = { ASSAY_MASTER_KEY: randomBytes(32).toString('base64url') };
    if (name === 'PostgreSQL') env.DATABASE_URL = await postgres.createDatabase();
    const servers: ServerProcess[] = [];
    for (let index = 0; index < processes; index++)
      servers.push(await startProcess(join(folder, `${name}-${index}`), env));
    try {
      const [, token] = /once: (\S+)/.exec(servers[0]?.output ?? '') ?? [];
      let key = '';
      const call = async (path: string, body?: unknown, server = 0, type = 'application/json') => {
        const answer = await fetch(`${servers[server]?.url}${path}`, {
          method: body === undefined ? 'GET' : 'POST',
          headers: { authorization: `Bearer ${key}`, ...(body === undefined ? {} : { 'content-type': type }) },
          ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
        });
        const text = await answer.text();
        if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text}`);
        return JSON.parse(text);
      };
      const issuer = { slug: 'northfield', profile: { name: 'Northfield', url: 'https://northfield.example' } };
      key = (await call('/api/setup', { token, issuer })).apiKey;
      const at = '/api/issuers/northfield';
      const achievement = JSON.parse(readFileSync(join(root, 'fixtures/cli/achievement.json'), 'utf8'));
      const { id } = await call(`${at}/achievements`, achievement);
      for (const step of ['submit', 'approve']) await call(`${at}/achievements/${id}/${step}`, {});
      const csv = ['email', ...Array.from({ length: count + 5 }, (_, index) => `l${index}@example.edu`)].join('\n');
      const roster = await call(`${at}/rosters?achievement=${id}`, csv, 0, 'text/csv');
      await call(`${at}/rosters/${roster.id}/start`, {});
      while ((await call(`${at}/rosters/${roster.id}`)).state !== 'done')
        await new Promise((resolve) => setTimeout(resolve, 100));
      const all: { id: string; state: string }[] = [];
      for (let after: string | null = ''; after !== null; ) {
        const page = await call(`${at}/credentials?limit=200${after === '' ? '' : `&after=${after}`}`);
        all.push(...page.items);
        after = page.next;
      }
      expect(new Set(all.map((credential) => credential.id)).size).toBe(count + 5);

      const revoked = all.slice(0, count);
      await Promise.all(
        revoked.map((credential, index) =>
          call(`${at}/credentials/${credential.id}/revoke`, { reason: 'the roster was wrong' }, index % processes),
        ),
      );
      // Whichever process is asked.
      for (let server = 0; server < processes; server++) {
        const lists = new Map<string, Uint8Array>();
        for (const [index, { id: credential }] of all.entries()) {
          const { credentialStatus } = await call(`${at}/credentials/${credential}/document`, undefined, server);
          const entry = credentialStatus.find(
            (status: { statusPurpose: string }) => status.statusPurpose === 'revocation',
          );
          const { pathname } = new URL(entry.statusListCredential);
          if (!lists.has(pathname)) {
            const { credentialSubject } = await call(pathname, undefined, server);
            lists.set(pathname, (await decodeStatusList(credentialSubject.encodedList)) as Uint8Array);
          }
          const bit = readEntry(lists.get(pathname) as Uint8Array, BigInt(entry.statusListIndex), 1);
          expect(bit, `${index}`).toBe(index < count ? 1 : 0);
        }
      }
      expect(await call(`${at}/audit/verify`)).toEqual({ fault: null });
    } finally {
      for (const { child } of servers) await endProcess(child, 'SIGTERM');
    }
  });
});
