import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { MasterKey } from '../master-key.ts';
import { startDatabases, type TestDatabase } from '../test-databases.ts';
import { approvedAchievement, learner, openService, type Service, startService } from '../test-issuing.ts';

let databases: TestDatabase[];
beforeAll(async () => {
  databases = await startDatabases();
});
afterEach(() => {
  vi.useRealTimers();
});
afterAll(async () => {
  for (const database of databases) await database.stop();
});

const metricsToken = 'a-token-for-the-metrics';

describe.each(['embedded', 'PostgreSQL'])('operation on %s', (name) => {
  let service: Service;
  const lines: string[] = [];
  const start = (options = {}) =>
    startService(
      databases.find((database) => database.name === name) as TestDatabase,
      new MasterKey(Buffer.alloc(32, 7)),
      { logLevel: 'trace', logStream: { write: (line) => lines.push(line) }, ...options },
    );
  beforeAll(async () => {
    service = await start({ trustedProxies: ['10.1.0.0/16'] });
  });
  afterAll(() => service.close());

  it('logs what was asked, and neither secrets nor people', async () => {
    const { app, call, key, token, db } = service;
    const achievement = await approvedAchievement(service);
    const body = { achievement, learner };
    const issued = await call('POST', '/api/issuers/northfield/credentials', { key, body });
    expect(issued.status).toBe(201);
    const secret = 'c1aim-t0ken-of-somebody';
    await app.inject({
      url: `/credentials/${issued.body.id}?claim=${secret}&token=${secret}`,
      headers: { cookie: secret },
    });
    await app.inject({ url: `/nowhere/${secret}?email=${learner.email}` });
    await call('POST', '/api/issuers/northfield/credentials', { key, body: { ...body, learner: { email: 'x' } } });
    // A fault of the database quotes what it was given.
    await db.schema.alterTable('audit_entry').renameTo('audit_entry_gone').execute();
    const failed = await call('POST', '/api/issuers/northfield/credentials', {
      key,
      body: { achievement, learner: { name: 'Someone Else', email: 'else@example.edu' } },
    });
    await db.schema.alterTable('audit_entry_gone').renameTo('audit_entry').execute();
    expect(failed.status).toBe(500);
    const log = lines.join('');
    expect(log).toContain('"route":"/api/issuers/:slug/credentials"');
    expect(log).toContain(failed.body.request);
    expect(log).toContain('42P01');
    const masterKey = Buffer.alloc(32, 7);
    for (const kept of [
      key,
      token,
      secret,
      issued.body.id as string,
      learner.name,
      learner.email,
      'else@example.edu',
      'Someone Else',
      masterKey.toString('base64url'),
      masterKey.toString('base64'),
    ])
      expect(log).not.toContain(kept);
    for (const line of lines) expect(JSON.parse(line)).toHaveProperty('level');
  });

  it('tells its metrics to this machine only, or to who has the token', async () => {
    const { app } = service;
    const local = await app.inject({ url: '/metrics' });
    expect(local.statusCode).toBe(200);
    for (const metric of [
      /assay_http_request_duration_seconds_count\{method="POST",route="\/api\/issuers\/:slug\/credentials",status="201"\} 1/,
      /assay_credentials_issued_total [1-9]/,
      /assay_roster_rows_waiting 0/,
      /assay_mail\{state="waiting"\} \d/,
      /nodejs_eventloop_lag_seconds/,
      name === 'PostgreSQL' ? /assay_database_sessions\{state="idle"\} \d/ : /process_resident_memory_bytes/,
    ])
      expect(local.body).toMatch(metric);
    for (const from of [
      { remoteAddress: '203.0.113.9' },
      { headers: { 'x-forwarded-for': '127.0.0.1' } },
      { headers: { host: 'rebound.example' } },
      { remoteAddress: '10.1.0.1', headers: { 'x-forwarded-for': '127.0.0.1' } },
    ])
      expect((await app.inject({ url: '/metrics', ...from })).statusCode).toBe(404);
  });

  it('limits who asks too much, by the address that a trusted proxy tells and no other', async () => {
    const { app } = service;
    const ask = async (remoteAddress: string, forwarded: string) => {
      const answer = await app.inject({
        url: '/healthz',
        remoteAddress,
        headers: { 'x-forwarded-for': forwarded },
      });
      return { status: answer.statusCode, headers: answer.headers };
    };
    const remaining = async (remoteAddress: string, forwarded: string) =>
      Number((await ask(remoteAddress, forwarded)).headers['ratelimit-remaining']);
    // Two visitors of one proxy are two, and what a visitor says of itself is not believed.
    const first = await remaining('10.1.0.1', '198.51.100.1');
    expect(await remaining('10.1.0.1', '198.51.100.2')).toBe(first);
    expect(await remaining('10.1.0.1', '203.0.113.77, 198.51.100.1')).toBe(first - 1);
    const stranger = await remaining('192.0.2.1', '198.51.100.3');
    expect(await remaining('192.0.2.1', '198.51.100.4')).toBe(stranger - 1);
    // All within the minute, also where a machine needs longer.
    vi.useFakeTimers({ toFake: ['Date'] });
    let last = await ask('192.0.2.2', '');
    for (let count = 0; count < 1300 && last.status === 200; count++)
      last = await ask('192.0.2.2', `198.51.100.${count % 250}`);
    expect(last.status).toBe(429);
    expect(Number(last.headers['retry-after'])).toBeGreaterThan(0);
    expect(last.headers['ratelimit-remaining']).toBe('0');
    expect(last.headers['content-type']).toMatch('application/problem+json');
    expect((await ask('10.1.0.1', '198.51.100.5')).status).toBe(200);
  });
});

describe('keys and tokens', () => {
  let service: Service;
  beforeAll(async () => {
    service = await startService(databases[1] as TestDatabase, undefined, { metricsToken });
  });
  afterAll(() => service.close());

  it('opens the metrics to who has the token, and to nobody else', async () => {
    const ask = async (authorization?: string) =>
      (await service.app.inject({ url: '/metrics', headers: authorization === undefined ? {} : { authorization } }))
        .statusCode;
    expect([await ask(), await ask('Bearer wrong'), await ask(`Bearer ${metricsToken}`)]).toEqual([404, 404, 200]);
  });

  it('counts made-up keys against the limit of their address, and leaves alone who has a key there', async () => {
    const ask = (key: string, url = '/healthz') =>
      service.app.inject({
        url,
        remoteAddress: '10.3.0.1',
        headers: { authorization: `Bearer ${key}` },
      });
    const made = await service.call('POST', '/api/issuers/northfield/api-keys', {
      key: service.key,
      body: { name: 'other', scopes: ['read'] },
    });
    const own = made.body.apiKey as string;
    expect((await ask(own)).headers['ratelimit-limit']).toBe('30000');
    const madeUp = (index: number) => `assay_${String(index).padStart(43, 'A')}`;
    vi.useFakeTimers({ toFake: ['Date'] });
    let answer = await ask(madeUp(0));
    expect(answer.headers['ratelimit-limit']).toBe('1200');
    for (let index = 1; index < 1300 && answer.statusCode === 200; index++) answer = await ask(madeUp(index));
    expect(answer.statusCode).toBe(429);
    expect((await ask(own)).statusCode).toBe(200);
    // Parts of pages are there for everybody, and nobody looks for a key then.
    const part = await ask(madeUp(0), '/assets/none.js');
    expect([part.statusCode, part.headers['ratelimit-limit']]).toEqual([404, undefined]);
    expect((await ask(own, '/assets/none.js')).headers['ratelimit-limit']).toBeUndefined();
  });

  it('limits one key wherever it is used from, and says so', async () => {
    const ask = (index: number) =>
      service.app.inject({
        url: '/healthz',
        remoteAddress: `10.2.${index % 7}.1`,
        headers: { authorization: `Bearer ${service.key}` },
      });
    vi.useFakeTimers({ toFake: ['Date'] });
    let answer = await ask(0);
    for (let index = 1; index < 12_100 && answer.statusCode === 200; index++) answer = await ask(index);
    expect(answer.statusCode).toBe(429);
    expect(answer.headers['ratelimit-limit']).toBe('12000');
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
  });
});

describe('bodies', () => {
  let service: Service;
  let address: URL;
  beforeAll(async () => {
    service = await startService(databases[0] as TestDatabase, undefined, { bodyTimeout: 1500 });
    address = new URL(await service.app.listen({ port: 0, host: '127.0.0.1' }));
  });
  afterAll(() => service.close());

  it.each([
    ['too large', JSON.stringify({ text: 'a'.repeat(2_000_000) }), 'application/json', 413, 'too-large'],
    ['broken', '{"slug":', 'application/json', 400, 'malformed-request'],
    ['empty', '', 'application/json', 400, 'malformed-request'],
    ['of another kind', '<xml/>', 'application/xml', 415, undefined],
  ])('that are %s are refused in words', async (_, body, type, status, code) => {
    const answer = await fetch(new URL('/api/issuers/northfield/units', address), {
      method: 'POST',
      headers: { 'content-type': type, authorization: `Bearer ${service.key}` },
      body,
    });
    const problem = (await answer.json()) as Record<string, unknown>;
    expect(answer.status, JSON.stringify(problem)).toBe(status);
    expect(answer.headers.get('content-type')).toMatch('application/problem+json');
    if (code !== undefined) expect(problem.code).toBe(code);
  });

  it('that never end are cut off, and lists that come slowly are not', async () => {
    const send = async (path: string, type: string) => {
      const socket = connect(Number(address.port), address.hostname);
      await once(socket, 'connect');
      socket.write(
        `POST ${path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${service.key}\r\nContent-Type: ${type}\r\nContent-Length: 100\r\n\r\nname`,
      );
      socket.on('error', () => undefined);
      return socket;
    };
    const achievement = await approvedAchievement(service);
    const list = await send(`/api/issuers/northfield/rosters?achievement=${achievement}`, 'text/csv');
    let answer = '';
    list.on('data', (chunk: Buffer) => {
      answer += chunk.toString();
    });
    // It began after the list, which nobody has cut off when it is.
    const slow = await send('/api/issuers/northfield/units', 'application/json');
    await once(slow, 'close');
    list.write(`\n${'a'.repeat(95)}`);
    await expect.poll(() => answer).toMatch(/^HTTP\/1\.1 201/);
    list.destroy();
  });
});

it('leaves no work going on when the service cannot be built', async () => {
  const db = await (databases[0] as TestDatabase).open();
  const lines: string[] = [];
  const logged = { logLevel: 'error', logStream: { write: (line: string) => void lines.push(line) } };
  // A folder must be named in full: the last thing that is registered fails.
  const options = { ...logged, web: 'src/web' };
  await expect(openService(db, databases[0] as TestDatabase, new MasterKey(randomBytes(32)), options)).rejects.toThrow(
    'absolute',
  );
  await db.destroy();
  await new Promise((resolve) => setTimeout(resolve, 1200));
  expect(lines).toEqual([]);
});
