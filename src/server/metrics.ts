import { timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { type Database, poolOf } from './database.ts';
import { sha256Hex } from './digest.ts';
import { isLocal } from './is-local.ts';
import type { IssuingDeps } from './issuing.ts';
import { ApiError } from './problem.ts';

/** Of this process: its memory, its processor time, and how long its event loop is held up. */
const ofProcess = new Registry();
collectDefaultMetrics({ register: ofProcess });

/** Credentials that this process kept. A chunk of a roster that was paused meanwhile is counted though it was undone. */
export const issuedCredentials = new Counter({
  name: 'assay_credentials_issued_total',
  help: 'Credentials issued by this process.',
  registers: [ofProcess],
});

/** GET /metrics, for this machine or for whoever has the token; what is measured of requests is measured from here on. */
export function metricsRoutes(app: FastifyInstance, issuing: IssuingDeps | null, token: string | null): void {
  const registry = new Registry();
  const requests = new Histogram({
    name: 'assay_http_request_duration_seconds',
    help: 'Requests by route and status; a stream lasts until it ends.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [registry],
  });
  const series = new Map<string, Histogram.Internal<string>>();
  app.addHook('onResponse', ({ method, routeOptions }, reply, done) => {
    // The route and not the address: addresses are without end, and some are secret.
    const route = routeOptions.url ?? 'none';
    const name = `${method} ${reply.statusCode} ${route}`;
    let measured = series.get(name);
    if (measured === undefined) {
      measured = requests.labels(method, route, String(reply.statusCode));
      series.set(name, measured);
    }
    measured.observe(reply.elapsedTime / 1000);
    done();
  });
  if (issuing !== null) describeWork(registry, issuing);
  const all = Registry.merge([ofProcess, registry]);
  app.get('/metrics', async (request, reply) => {
    if (!(token === null ? isLocal(request) : hasToken(request, token)))
      throw new ApiError('not-found', 'There is nothing at this address.');
    return reply
      .type(all.contentType)
      .header('cache-control', 'no-store')
      .send(await all.metrics());
  });
}

function hasToken({ headers }: FastifyRequest, token: string): boolean {
  const given = headers.authorization?.replace(/^Bearer /, '') ?? '';
  return timingSafeEqual(Buffer.from(sha256Hex(given)), Buffer.from(sha256Hex(token)));
}

/** What waits in the database, looked up when it is asked for. A database that does not answer leaves the others to tell. */
function describeWork(registry: Registry, { db }: IssuingDeps): void {
  const registers = [registry];
  new Gauge({
    name: 'assay_roster_rows_waiting',
    help: 'Rows of running rosters that are not issued yet.',
    registers,
    async collect() {
      this.reset();
      const waiting = await countWaitingRows(db).catch(() => undefined);
      if (waiting !== undefined) this.set(waiting);
    },
  });
  new Gauge({
    name: 'assay_mail',
    help: 'Letters that wait, and those that were given up.',
    labelNames: ['state'],
    registers,
    async collect() {
      this.reset();
      for (const state of ['waiting', 'failed'] as const) {
        const count = await countMail(db, state).catch(() => undefined);
        if (count !== undefined) this.set({ state }, count);
      }
    },
  });
  const pool = poolOf(db);
  if (pool === undefined) return;
  new Gauge({
    name: 'assay_database_sessions',
    help: 'Sessions of PostgreSQL that this process holds, and requests that wait for one.',
    labelNames: ['state'],
    registers,
    collect() {
      this.set({ state: 'busy' }, pool.totalCount - pool.idleCount);
      this.set({ state: 'idle' }, pool.idleCount);
      this.set({ state: 'waited-for' }, pool.waitingCount);
    },
  });
}

async function countWaitingRows(db: Database): Promise<number> {
  const rosters = await db
    .selectFrom('roster')
    .select(['rows', 'faulty', 'issued', 'failed'])
    .where('state', '=', 'running')
    .execute();
  return rosters.reduce((sum, { rows, faulty, issued, failed }) => sum + rows - faulty - issued - failed, 0);
}

async function countMail(db: Database, state: 'waiting' | 'failed'): Promise<number> {
  const { count } = await db
    .selectFrom('mail')
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .where('state', '=', state)
    .executeTakeFirstOrThrow();
  return Number(count);
}
