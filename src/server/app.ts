import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import fastify, { type FastifyInstance, LogController } from 'fastify';
import { validatorCompiler } from 'fastify-type-provider-zod';
import { sql } from 'kysely';
import type { Network } from '../core/network.ts';
import type { TrustSource } from '../core/trust/trust-source.ts';
import { answerFaults } from './answer-faults.ts';
import { apiPage } from './api-page.ts';
import { ledgerOf } from './credential/ledger.ts';
import { homeRoutes } from './home/routes.ts';
import { instanceRoutes } from './instance/routes.ts';
import { type IssuingDeps, issuingRoutes } from './issuing.ts';
import { limitRequests } from './limits.ts';
import { type LogStream, logAnswer, logOptions } from './log.ts';
import { metricsRoutes } from './metrics.ts';
import { describeApi } from './open-api.ts';
import { nothingHere } from './page/nothing-here.ts';
import { ApiError } from './problem.ts';
import type { Samples } from './samples/make-samples.ts';
import { requireUsable } from './usable.ts';
import type { VcApi } from './vc-api/instances.ts';
import { issuerVcApiRoutes } from './vc-api/issuer-routes.ts';
import { vcApiRoutes } from './vc-api/routes.ts';
import { verifyRoutes } from './verify/routes.ts';

export interface AppDeps {
  version: string;
  network: Network;
  samples: Samples;
  trustSources: readonly TrustSource[];
  /** Folder of the built web application; null in tests that need none. */
  web: string | null;
  vcApi: VcApi | null;
  /** The issuing service; null leaves it out. */
  issuing: IssuingDeps | null;
  /** Browsers are told to keep to https. */
  https: boolean;
  /** Addresses and networks of proxies that may say who asked. */
  trustedProxies?: readonly string[];
  logLevel?: string;
  /** Standard output when absent. */
  logStream?: LogStream;
  /** Opens /metrics; without one they are for this machine only. */
  metricsToken?: string | null;
  /** How long a body may take, in milliseconds; tests make it short. */
  bodyTimeout?: number;
}

/** In bytes; routes that take more say so. */
const bodyLimit = 2_000_000;

const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

const securityHeaders = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(self), geolocation=(), microphone=()',
};

/** The HTTP service, ready to listen or to be injected into. What fails on the way leaves no work going on behind it. */
export async function createApp(deps: AppDeps): Promise<FastifyInstance> {
  const app = openApp(deps);
  try {
    await addRoutes(app, deps);
    return app;
  } catch (error) {
    await app.close();
    throw error;
  }
}

function openApp(deps: AppDeps): FastifyInstance {
  const app = fastify({
    logger: logOptions(deps.logLevel ?? 'warn', deps.logStream),
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    bodyLimit,
    trustProxy: deps.trustedProxies?.length ? [...deps.trustedProxies] : false,
    routerOptions: { maxParamLength: 2000 },
    // A roster of a million rows is read as it comes.
    requestTimeout: 900_000,
  });
  // Hooks of every request call back: each promise among them costs as much as the hook.
  app.addHook('onRequest', ({ method, routeOptions, raw }, _, done) => {
    if (method !== 'GET' && method !== 'HEAD' && (routeOptions.bodyLimit ?? 0) <= bodyLimit) {
      // A body that never ends: all others are small.
      const timer = setTimeout(() => raw.destroy(), deps.bodyTimeout ?? 30_000);
      for (const event of ['end', 'close']) raw.once(event, () => clearTimeout(timer));
    }
    done();
  });
  app.addHook('onResponse', (request, reply, done) => {
    logAnswer(request, reply);
    done();
  });
  app.addHook('onSend', (request, reply, payload, done) => {
    reply.header('x-request-id', request.id);
    // What is kept there keeps the headers that it came with.
    if (reply.statusCode === 304) return done(null, payload);
    if (!reply.hasHeader('content-security-policy')) reply.header('content-security-policy', contentSecurityPolicy);
    // People's data, unless a route says what may be kept.
    if (request.url.startsWith('/api/') && !reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store');
    reply.headers(securityHeaders);
    if (deps.https) reply.header('strict-transport-security', 'max-age=31536000; includeSubDomains');
    done(null, payload);
  });
  answerFaults(app);
  app.setNotFoundHandler(nothingHere);
  app.setValidatorCompiler(validatorCompiler);
  app.addHook('preValidation', (request, _, done) => {
    requireUsable(request);
    done();
  });
  return app;
}

async function addRoutes(app: FastifyInstance, deps: AppDeps): Promise<void> {
  let stopping = false;
  app.addHook('preClose', async () => {
    stopping = true;
  });
  await limitRequests(app, deps.issuing?.db ?? null);
  metricsRoutes(app, deps.issuing, deps.metricsToken ?? null);
  instanceRoutes(app, { ...deps, ready: () => checkReady(deps.issuing, stopping) });
  verifyRoutes(app, {
    network: deps.network,
    trustSources: [...deps.trustSources, deps.samples.trustSource],
    ledger: deps.issuing === null ? undefined : ledgerOf(deps.issuing),
  });
  if (deps.vcApi !== null) vcApiRoutes(app, deps.vcApi);
  if (deps.issuing !== null) {
    await describeApi(app, deps.version);
    const { network, trustSources, web } = deps;
    issuingRoutes(app, { ...deps.issuing, network, trustSources, web });
    issuerVcApiRoutes(app, { ...deps.issuing, network: deps.network });
  }
  if (deps.issuing !== null) apiPage(app);
  if (deps.issuing !== null) homeRoutes(app, deps);
  if (deps.web !== null && existsSync(join(deps.web, 'index.html'))) await serveWeb(app, deps.web);
}

/** Ready is who can issue and publish: the database answers, and nobody asked the process to stop. */
async function checkReady(issuing: IssuingDeps | null, stopping: boolean): Promise<void> {
  if (stopping) throw new ApiError('unavailable', 'This process is stopping.');
  if (issuing === null) return;
  await sql`select 1`.execute(issuing.db).catch(() => {
    throw new ApiError('unavailable', 'The database does not answer.');
  });
}

async function serveWeb(app: FastifyInstance, root: string): Promise<void> {
  await app.register(fastifyStatic, {
    root,
    index: false,
    preCompressed: true,
    decorateReply: true,
    // File names in assets/ carry a hash of their content.
    setHeaders: (response, path) => {
      response.setHeader(
        'cache-control',
        path.startsWith(join(root, 'assets')) ? 'public, max-age=31536000, immutable' : 'no-cache',
      );
    },
  });
  app.get('/verify', (_, reply) => reply.sendFile('index.html'));
}
