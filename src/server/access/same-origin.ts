import type { FastifyRequest } from 'fastify';
import { ApiError, phrase } from '../problem.ts';

/**
 * Refuse what another site makes a browser send with the cookies of its user (CSRF). Browsers say where a request comes from
 * in Sec-Fetch-Site, older ones in Origin alone; what says neither is no browser of today, and has no use for cookies.
 */
export function requireSameOrigin(request: FastifyRequest, publicUrl: string): void {
  if (request.method === 'GET' || request.method === 'HEAD') return;
  const { origin, 'sec-fetch-site': site } = request.headers;
  // A page that tells nobody where it is sends "null" even to its own origin; then Sec-Fetch-Site decides.
  const originFits = origin === undefined || origin === 'null' ? null : origin === new URL(publicUrl).origin;
  const siteFits = site === undefined ? null : site === 'same-origin';
  if (originFits === false || siteFits === false || (originFits ?? siteFits) === null)
    throw new ApiError('not-allowed', phrase`Only pages of ${publicUrl} may do that with your sign-in.`);
}
