import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { expect } from 'vitest';
import type { JsonObject } from '../core/json/json.ts';
import { createFetchDoor } from '../node/fetch-door.ts';
import { type AppDeps, createApp } from './app.ts';
import { type Environment, readConfig } from './config.ts';
import type { Database } from './database.ts';
import { openIssuing } from './issuing.ts';
import type { MailTransport } from './mail/transport.ts';
import { MasterKey } from './master-key.ts';
import { openStorage } from './storage/storage.ts';
import type { TestDatabase } from './test-databases.ts';

export const publicUrl = 'https://assay.example';
export const achievement = JSON.parse(
  readFileSync(resolve(import.meta.dirname, '../../fixtures/cli/achievement.json'), 'utf8'),
) as JsonObject;
export const learner = { name: 'Ana Torres', email: 'ana@example.edu' };

type Options = Partial<AppDeps> & { now?: () => Date; mail?: MailTransport };

/** The issuing service on a database, as one process of many; tests only. */
export async function openService(
  db: Database,
  { name }: TestDatabase,
  masterKey: MasterKey,
  { now = () => new Date(), mail, ...options }: Options = {},
  environment: Environment = {},
) {
  const files = mkdtempSync(join(tmpdir(), 'assay-files-'));
  const config = readConfig(environment);
  const issuing = await openIssuing({
    config,
    db,
    masterKey,
    storage: await openStorage(files, config.s3),
    publicUrl,
    now,
    sessions: name === 'embedded' ? 1 : 8,
    mail: mail ?? null,
  });
  const network = createFetchDoor({
    own: async (url) => {
      const target = new URL(url);
      if (target.origin !== publicUrl) return undefined;
      const found = await issuing.publisher(target.pathname);
      const bytes = new TextEncoder().encode(found?.document ?? '{}');
      return { url, status: found ? 200 : 404, contentType: found?.contentType ?? 'application/json', bytes };
    },
  });
  const app = await createApp({
    version: '0',
    network,
    samples: { samples: [], published: new Map(), trustSource: { name: 'none', date: '2026-01-01', issuers: [] } },
    trustSources: [],
    web: null,
    vcApi: null,
    issuing,
    https: true,
    logLevel: 'silent',
    ...options,
  });
  app.addHook('onClose', async () => rmSync(files, { recursive: true, force: true }));
  return { app, issuing, network, files, call: caller(app) };
}

/** The issuing service on an empty database, with its first issuer; tests only. */
export async function startService(
  database: TestDatabase,
  masterKey = new MasterKey(randomBytes(32)),
  options: Options = {},
  environment: Environment = {},
) {
  const db = await database.open();
  const { app, issuing, network, files, call } = await openService(db, database, masterKey, options, environment);
  const token = issuing.setupToken as string;
  const setup = await call('POST', '/api/setup', {
    body: { token, issuer: { slug: 'northfield', profile: { name: 'Northfield', url: 'https://northfield.example' } } },
  });
  const close = async () => {
    await app.close();
    await db.destroy();
  };
  return { app, db, issuing, files, call, network, token, key: setup.body.apiKey as string, setup, close };
}

export type Service = Awaited<ReturnType<typeof startService>>;

/** A request with a key, and its answer as JSON. */
export function caller(app: FastifyInstance) {
  return async (
    method: 'GET' | 'POST' | 'PUT',
    url: string,
    { key, body, headers = {} }: { key?: string; body?: unknown; headers?: Record<string, string> } = {},
  ) => {
    const answer = await app.inject({
      method,
      url,
      headers: { ...(key === undefined ? {} : { authorization: `Bearer ${key}` }), ...headers },
      ...(body === undefined ? {} : { payload: body as object }),
    });
    return { status: answer.statusCode, headers: answer.headers, text: answer.body, body: read(answer.body) };
  };
}

function read(text: string): JsonObject {
  try {
    return JSON.parse(text) as JsonObject;
  } catch {
    return {};
  }
}

/** An achievement that may be issued. */
export async function approvedAchievement(
  { call, key }: Service,
  slug = 'northfield',
  document: JsonObject = achievement,
): Promise<string> {
  const at = `/api/issuers/${slug}/achievements`;
  const made = await call('POST', at, { key, body: document });
  expect(made.status, made.text).toBe(201);
  for (const step of ['submit', 'approve'])
    expect((await call('POST', `${at}/${made.body.id}/${step}`, { key, body: {} })).status).toBe(200);
  return made.body.id as string;
}

/** Accept a credential as its learner does: by the link, without an account. `claimUrl` is what issuing answered. */
export async function accept({ app }: Pick<Service, 'app'>, claimUrl: string): Promise<void> {
  const { pathname, search } = new URL(claimUrl);
  const opened = await app.inject({ url: pathname + search, headers: { accept: 'text/html' } });
  expect(opened.statusCode, opened.body).toBe(303);
  const [cookie = ''] = String(opened.headers['set-cookie']).split(';');
  const accepted = await app.inject({
    method: 'POST',
    url: `${pathname}/accept`,
    headers: { cookie, origin: publicUrl },
  });
  expect(accepted.statusCode, accepted.body).toBe(303);
}
