import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance } from 'fastify';
import { sha256Hex } from './digest.ts';
import { ApiError } from './problem.ts';

/** Requests in a minute: of one address, of one address that sends API keys, and of one API key from wherever it comes. */
const perMinute = { address: 1200, addressWithKey: 30_000, key: 12_000 } as const;

const isKey = (authorization: string | undefined) => authorization?.startsWith('Bearer assay_') ?? false;

/** Limits for each address and for each API key, told in the headers RateLimit-* and Retry-After. */
export async function limitRequests(app: FastifyInstance): Promise<void> {
  await app.register(rateLimit, {
    global: true,
    // By address all the same: somebody who makes keys up shall not get a new limit with each.
    max: ({ headers }) => (isKey(headers.authorization) ? perMinute.addressWithKey : perMinute.address),
    timeWindow: '1 minute',
    enableDraftSpec: true,
  });
  const look = app.createRateLimit({
    max: perMinute.key,
    timeWindow: '1 minute',
    keyGenerator: ({ headers }) => sha256Hex(headers.authorization ?? ''),
  });
  app.addHook('onRequest', async (request, reply) => {
    if (!isKey(request.headers.authorization)) return;
    const limit = await look(request);
    if (limit.isAllowed) return;
    reply.headers({
      'ratelimit-limit': limit.max,
      'ratelimit-remaining': limit.remaining,
      'ratelimit-reset': limit.ttlInSeconds,
    });
    if (!limit.isExceeded) return;
    reply.header('retry-after', limit.ttlInSeconds);
    throw new ApiError('too-many-requests', `This key may ask ${limit.max} times in a minute. Try again later.`);
  });
}
