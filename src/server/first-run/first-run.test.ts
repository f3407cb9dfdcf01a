import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../database.ts';
import { MasterKey } from '../master-key.ts';
import { startDatabases, type TestDatabase } from '../test-databases.ts';
import { openService } from '../test-issuing.ts';
import { browse, CookieJar, password } from '../test-people.ts';

let databases: TestDatabase[];
beforeAll(async () => {
  databases = await startDatabases();
});
afterAll(async () => {
  for (const database of databases) await database.stop();
});

const form = (token: string, slug: string) => ({
  token,
  name: 'Ada Ek',
  email: `${slug}@example.edu`,
  password,
  issuer: 'Northfield Polytechnic',
  slug,
});

describe.each(['embedded', 'PostgreSQL'])('the first run on %s', (name) => {
  const database = () => databases.find((one) => one.name === name) as TestDatabase;
  /** Two processes on one database, before its first issuer. */
  const start = async () => {
    const db: Database = await database().open();
    const masterKey = new MasterKey(randomBytes(32));
    const processes = [await openService(db, database(), masterKey), await openService(db, database(), masterKey)];
    const close = async () => {
      for (const { app } of processes) await app.close();
      await db.destroy();
    };
    return { db, masterKey, processes, token: processes[0]?.issuing.setupToken as string, close };
  };

  it('gives every process the same link, also after a restart, and keeps it out of the database', async () => {
    const { db, processes, token, close } = await start();
    expect(token).toMatch(/^[\w-]{43}$/);
    expect(processes[1]?.issuing.setupToken).toBe(token);
    expect(JSON.stringify(await db.selectFrom('setting').selectAll().execute())).not.toContain(token);
    for (const service of processes) {
      expect((await browse(service, new CookieJar(), `/setup?token=${token}`)).status).toBe(200);
      expect((await browse(service, new CookieJar(), '/setup?token=another')).status).toBe(403);
      expect((await browse(service, new CookieJar(), '/setup')).status).toBe(403);
    }
    await close();
  });

  it('makes the first owner once, with two requests at once, and signs in', async () => {
    const { db, masterKey, processes, token, close } = await start();
    const jars = [new CookieJar(), new CookieJar()];
    const answers = await Promise.all(
      processes.map((service, at) => browse(service, jars[at] as CookieJar, '/setup', form(token, `north-${at}`))),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 403]);
    const at = answers.findIndex(({ status }) => status === 303);
    const { call } = processes[at] as (typeof processes)[number];
    expect((await call('GET', '/api/me', { headers: { cookie: `${jars[at]}` } })).body).toMatchObject({
      user: { name: 'Ada Ek', email: `north-${at}@example.edu` },
      issuers: [{ slug: `north-${at}`, name: 'Northfield Polytechnic', roles: ['owner'] }],
    });
    const counts = [
      await db.selectFrom('issuer').select('id').execute(),
      await db.selectFrom('user').select('id').execute(),
    ];
    expect(counts.map(({ length }) => length)).toEqual([1, 1]);
    for (const service of processes) {
      const again = await browse(service, new CookieJar(), '/setup', form(token, 'again'));
      expect(again.status).toBe(403);
      const body = { token, issuer: { slug: 'script', profile: { name: 'Script', url: 'https://x.example' } } };
      expect((await service.call('POST', '/api/setup', { body })).status).toBe(403);
    }
    const restarted = await openService(db, database(), masterKey);
    expect(restarted.issuing.setupToken).toBeNull();
    await restarted.app.close();
    await close();
  });

  it('shows each fault at its field and keeps what was typed, but no password', async () => {
    const { db, processes, token, close } = await start();
    const [service] = processes as [(typeof processes)[number]];
    const bad = { token, name: ' ', email: 'nobody', password: 'too short', issuer: '', slug: 'North Field' };
    const answer = await browse(service, new CookieJar(), '/setup', bad);
    expect(answer.status).toBe(422);
    for (const field of ['name', 'email', 'password', 'issuer', 'slug'])
      expect(answer.text).toContain(`${field}-fault`);
    expect(answer.text).toContain('value="North Field"');
    expect(answer.text).not.toContain('too short');
    expect(await db.selectFrom('issuer').select('id').execute()).toEqual([]);
    expect((await browse(service, new CookieJar(), '/setup', form(token, 'northfield'))).status).toBe(303);
    await close();
  });

  it('leaves the link alone where the script comes first, and the script where the link does', async () => {
    const { processes, token, close } = await start();
    const [service] = processes as [(typeof processes)[number]];
    const body = { token, issuer: { slug: 'script', profile: { name: 'Script', url: 'https://x.example' } } };
    const both = await Promise.all([
      service.call('POST', '/api/setup', { body }),
      service.call('POST', '/api/setup', { body: { ...body, issuer: { ...body.issuer, slug: 'other' } } }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([201, 403]);
    expect((await browse(service, new CookieJar(), `/setup?token=${token}`)).status).toBe(403);
    expect((await browse(service, new CookieJar(), '/setup', form(token, 'late'))).status).toBe(403);
    await close();
  });
});
