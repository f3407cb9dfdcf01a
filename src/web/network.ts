import { UnavailableError, type UnavailableReason } from '../core/finding.ts';
import type { FetchedDocument, FetchPurpose, Network } from '../core/network.ts';
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
const waitsAtMost = 3;

/**
 * The network of one check in the browser: this server's door, and nothing else. Each address is asked once, since the
 * credentials of one issuer share its keys and its status list.
 */
export function openNetwork(): Network {
  const asked = new Map<string, Promise<FetchedDocument>>();
  return {
    fetch(url, purpose) {
      const key = `${purpose} ${url}`;
      const answer = asked.get(key) ?? ask(url, purpose);
      asked.set(key, answer);
      return answer;
    },
  };
}

async function ask(url: string, purpose: FetchPurpose, waits = 0): Promise<FetchedDocument> {
  try {
    const { text, ...answer } = await fetchThroughServer(url, purpose);
    return { ...answer, bytes: new TextEncoder().encode(text) };
  } catch (error) {
    if (error instanceof ProblemError && error.retryAfter !== null && waits < waitsAtMost) {
      // A pile of credentials asks more than the server allows in a minute: then it takes more minutes.
      await new Promise((done) => setTimeout(done, Math.min(60, error.retryAfter ?? 0) * 1000 + 500));
      return ask(url, purpose, waits + 1);
    }
    const given = error instanceof ProblemError ? error.reason : undefined;
    throw new UnavailableError(url, isReason(given) ? given : 'connection-failed', { cause: error });
  }
}

function isReason(reason: string | undefined): reason is UnavailableReason {
  return reason !== undefined && reasons.includes(reason);
}
