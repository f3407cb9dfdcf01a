import { UnavailableError, type UnavailableReason } from '../core/finding.ts';
import type { Network } from '../core/network.ts';
import { fetchThroughServer, ProblemError } from './api.ts';

const reasons: readonly string[] = [
  'no-network',
  'not-allowed',
  'timeout',
  'too-large',
  'too-many-redirects',
  'redirected-elsewhere',
  'connection-failed',
  'http-status',
  'not-json',
] satisfies UnavailableReason[];

/** The network of a check in the browser: this server's door, and nothing else. */
export const network: Network = {
  async fetch(url, purpose) {
    try {
      const { text, ...answer } = await fetchThroughServer(url, purpose);
      return { ...answer, bytes: new TextEncoder().encode(text) };
    } catch (error) {
      const given = error instanceof ProblemError ? error.reason : undefined;
      const reason = isReason(given) ? given : 'connection-failed';
      throw new UnavailableError(url, reason, { cause: error });
    }
  },
};

function isReason(reason: string | undefined): reason is UnavailableReason {
  return reason !== undefined && reasons.includes(reason);
}
