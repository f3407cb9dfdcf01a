import rateLimit, { normalizeIP } from '@fastify/rate-limit';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { findApiKey } from './access/api-keys.ts';
import type { Database } from './database.ts';
import { sha256Hex } from './digest.ts';
import { ApiError, phrase } from './problem.ts';

/** Requests in a minute: of one address, of one address that sends API keys, and of one API key from wherever it comes. */
const perMinute = { address: 1200, addressWithKey: 30_000, key: 12_000 } as const;
/** In milliseconds: how long a key counts as one of ours without being looked up. It opens nothing by that. */
const knownFor = 600_000;
const mostKnown = 10_000;

const withKey = 'with key ';

/** Limits for each address and for each API key, told in the headers RateLimit-* and Retry-After. */
export async function limitRequests(app: FastifyInstance, db: Database | null): Promise<void> {
  const isOurs = new WeakMap<FastifyRequest, boolean>();
  await app.register(rateLimit, {
    global: true,
    // By address all the same: a key that is taken along everywhere shall not open the door for everybody.
    keyGenerator: (request) => (isOurs.get(request) ? withKey : '') + normalizeIP(request.ip),
    max: (_, key) => (key.startsWith(withKey) ? perMinute.addressWithKey : perMinute.address),
    timeWindow: '1 minute',
    allowList: isPart,
    enableDraftSpec: true,
  });
  const ofKey = app.createRateLimit({ max: perMinute.key, timeWindow: '1 minute', keyGenerator: digestOf });
  const known = db === null ? async () => false : knownKeys(app, db);
  const limitKey = async (request: FastifyRequest, reply: FastifyReply) => {
    if (!(await known(request))) return;
    isOurs.set(request, true);
    const limit = await ofKey(request);
    if (limit.isAllowed) return;
    reply.headers({
      'ratelimit-limit': limit.max,
      'ratelimit-remaining': limit.remaining,
      'ratelimit-reset': limit.ttlInSeconds,
    });
    if (!limit.isExceeded) return;
    reply.header('retry-after', limit.ttlInSeconds);
    throw new ApiError('too-many-requests', phrase`This key may ask ${limit.max} times in a minute. Try again later.`);
  };
  app.addHook('onRequest', (request, reply, done) => {
    if (sendsKey(request) && !isPart(request)) limitKey(request, reply).then(() => done(), done);
    else done();
  });
}

/** Parts of pages, which browsers keep: a class behind one address opens the studio at once, some hundred parts each. */
const isPart = ({ url }: FastifyRequest) => url.startsWith('/assets/');

const sendsKey = ({ headers }: FastifyRequest) => headers.authorization?.startsWith('Bearer assay_') === true;

const digestOf = ({ headers }: FastifyRequest) => sha256Hex(headers.authorization ?? '');

/** Does a request bring a key that there is? Whoever makes keys up shall get no other limit, nor have each looked up. */
function knownKeys(app: FastifyInstance, db: Database): (request: FastifyRequest) => Promise<boolean> {
  const until = new Map<string, number>();
  const lookUps = app.createRateLimit({
    max: perMinute.address,
    timeWindow: '1 minute',
    keyGenerator: ({ ip }) => normalizeIP(ip),
  });
  return async (request) => {
    const { authorization } = request.headers;
    if (authorization === undefined) return false;
    const digest = digestOf(request);
    if ((until.get(digest) ?? 0) > Date.now()) return true;
    until.delete(digest);
    const limit = await lookUps(request);
    if (!limit.isAllowed && limit.isExceeded) return false;
    // A database that does not answer is told by whoever asks it next.
    if ((await findApiKey(db, authorization).catch(() => undefined)) === undefined) return false;
    if (until.size >= mostKnown) until.clear();
    until.set(digest, Date.now() + knownFor);
    return true;
  };
}

/** So many in a minute, and then a problem. */
export function limitOf(app: FastifyInstance, max: number, keyGenerator: (request: FastifyRequest) => string) {
  const look = app.createRateLimit({ max, timeWindow: '1 minute', keyGenerator });
  return async (request: FastifyRequest) => {
    const found = await look(request);
    if (!found.isAllowed && found.isExceeded)
      throw new ApiError('too-many-requests', 'This was asked often in the last minute. Try again later.');
  };
}
