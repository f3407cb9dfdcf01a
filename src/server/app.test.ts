import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Assessment } from '../core/assess.ts';
import { FolderInUse, openDataFolder } from './data-folder.ts';
import { allocateIndex, findOrInsertStatusList, openStatusListStore, updateStatus } from './status-list/store.ts';
import { startTestServer } from './test-server.ts';

let app: FastifyInstance;
let folder: string;
let close: () => Promise<void>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assay-app-'));
  ({ app, close } = await startTestServer(folder));
});
afterAll(async () => {
  await close();
  await rm(folder, { recursive: true, force: true });
});

const verify = (payload: string | Buffer, type = 'application/octet-stream') =>
  app.inject({ method: 'POST', url: '/api/verify', headers: { 'content-type': type }, payload });

describe('POST /api/verify', () => {
  it.each([
    ['verified', 'verified', 'passed passed passed passed passed'],
    ['revoked', 'not-verified', 'passed failed passed passed passed'],
    ['cannot-tell', 'cannot-tell', 'passed cannot-tell passed passed passed'],
  ])('gives the sample %s its verdict and hallmark, as JSON and as picture', async (id, verdict, row) => {
    for (const form of ['json', 'svg']) {
      const sample = await app.inject({ url: `/samples/${id}.${form}` });
      const answer = await verify(sample.rawPayload);
      expect(answer.statusCode).toBe(200);
      const { verification, hallmark } = answer.json<Assessment>();
      expect(verification.verdict).toBe(verdict);
      expect(
        Object.values(hallmark.stamps)
          .map(({ outcome }) => outcome)
          .join(' '),
      ).toBe(row);
    }
  });

  it('judges a credential that is sent as JSON by its own bytes', async () => {
    const sample = (await app.inject({ url: '/samples/verified.json' })).payload;
    expect((await verify(sample, 'application/json')).json<Assessment>().verification.verdict).toBe('verified');
    const twice = sample.replace('"name":', '"name": "other", "name":');
    const refused = await verify(twice, 'application/json');
    expect([refused.statusCode, refused.json().finding.code]).toEqual([400, 'json-duplicate-member']);
  });

  it.each([
    ['nothing', '', 'input-empty'],
    ['a PDF', '%PDF-1.7', 'input-is-pdf'],
    ['broken JSON', '{"a":', 'json-syntax'],
    ['a picture without a credential', '<svg xmlns="http://www.w3.org/2000/svg"></svg>', 'image-without-credential'],
  ])('refuses %s with a finding and in words', async (_, payload, code) => {
    const answer = await verify(payload);
    expect(answer.statusCode).toBe(400);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.json()).toMatchObject({ finding: { code }, detail: expect.stringMatching(/\w/) });
  });

  it.each([
    'https://localhost/x',
    'http://example.org/x',
    'https://169.254.169.254/latest',
    'https://[::1]/',
    'https://2130706433/',
    'file:///etc/passwd',
  ])('does not fetch %s', async (url) => {
    const answer = await verify(JSON.stringify({ url }), 'application/json');
    expect(answer.statusCode).toBe(400);
  });
});

describe('POST /api/fetch', () => {
  const ask = (body: unknown, headers: Record<string, string> = {}) =>
    app.inject({
      method: 'POST',
      url: '/api/fetch',
      headers: { 'content-type': 'application/json', ...headers },
      payload: JSON.stringify(body),
    });

  it('resolves what this instance publishes in process', async () => {
    const answer = await ask({ url: 'https://assay.example/issuers/sample/did.json', purpose: 'controller' });
    expect(JSON.parse(answer.json().text)).toMatchObject({ id: 'did:web:assay.example:issuers:sample' });
  });

  it('refuses private addresses, other purposes and other sites', async () => {
    expect((await ask({ url: 'https://10.0.0.1/did.json', purpose: 'controller' })).json()).toMatchObject({
      code: 'not-allowed',
    });
    expect((await ask({ url: 'https://assay.example/', purpose: 'trust' })).statusCode).toBe(400);
    expect((await ask({ url: 'https://assay.example/' })).statusCode).toBe(400);
    const body = { url: 'https://assay.example/issuers/sample/did.json', purpose: 'controller' };
    expect((await ask(body, { origin: 'https://evil.example' })).statusCode).toBe(403);
    expect((await ask(body, { 'sec-fetch-site': 'cross-site' })).statusCode).toBe(403);
    expect((await ask(body, { 'content-type': 'text/plain' })).statusCode).toBe(403);
  });
});

describe('every answer', () => {
  it('carries the security headers', async () => {
    for (const url of ['/api/instance', '/nowhere', '/samples/verified.json']) {
      const { headers } = await app.inject({ url });
      expect(headers['content-security-policy']).toContain("script-src 'self'");
      expect(headers['content-security-policy']).not.toContain('unsafe');
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'strict-transport-security': expect.any(String),
      });
    }
  });

  it('is a problem with a code when there is nothing, never a stack trace', async () => {
    const answer = await app.inject({ url: '/nowhere' });
    expect(answer.json()).toMatchObject({ status: 404, code: 'not-found' });
    expect(answer.payload).not.toMatch(/\bat .*:\d+:\d+/);
  });
});

describe('the data folder', () => {
  it('belongs to one process, keeps keys to its owner, and keeps status lists', async () => {
    await expect(openDataFolder(folder)).rejects.toThrow(FolderInUse);
    const own = await mkdtemp(join(tmpdir(), 'assay-data-'));
    const first = await openDataFolder(own);
    const store = openStatusListStore(first);
    const list = await findOrInsertStatusList(store, 'one', 'revocation');
    const places = await Promise.all(Array.from({ length: 50 }, () => allocateIndex(store, list)));
    expect(new Set(places).size).toBe(50);
    await updateStatus(store, list, places[0] as number, true);
    expect(await updateStatus(store, list, 131_071 - (places.includes(131_071) ? 1 : 0), true)).toBeUndefined();
    await first.release();
    const second = await openDataFolder(own);
    const again = await findOrInsertStatusList(openStatusListStore(second), 'one', 'revocation');
    expect([...again.taken].toSorted()).toEqual(places.toSorted());
    expect(again.bits).toEqual(list.bits);
    await second.release();
    await rm(own, { recursive: true, force: true });
  });
});
