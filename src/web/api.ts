import type { Assessment } from '../core/assess.ts';
import type { Finding } from '../core/finding.ts';
import type { FetchPurpose } from '../core/network.ts';
import type { InstanceInfo } from '../server/instance/routes.ts';
import type { FetchAnswer } from '../server/verify/routes.ts';

export type { FetchAnswer, InstanceInfo };

/** The server said no, as problem+json (RFC 9457). */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly code: string;
  /** Why an address did not answer, when that is what failed. */
  readonly reason: string | undefined;
  /** Why a given address holds no credential, when that is the problem. */
  readonly finding: Finding | null;
  /** After how many seconds to ask again, when too much was asked. */
  readonly retryAfter: number | null;
  /** All that the answer said. */
  readonly members: Readonly<Record<string, unknown>>;

  constructor(
    problem: { code?: string; reason?: string; detail?: string; finding?: Finding },
    retryAfter: number | null = null,
  ) {
    super(problem.detail ?? '');
    this.code = problem.code ?? 'internal';
    this.reason = problem.reason;
    this.finding = problem.finding ?? null;
    this.members = problem;
    this.retryAfter = retryAfter;
  }
}

/** What this instance is, its samples and its trust sources. */
export function fetchInstance(): Promise<InstanceInfo> {
  return ask<InstanceInfo>('/api/instance');
}

/** Let the server's guarded door fetch what a check needs: no page may reach other hosts itself. */
export function fetchThroughServer(url: string, purpose: FetchPurpose): Promise<FetchAnswer> {
  return ask<FetchAnswer>('/api/fetch', { url, purpose });
}

/** Let the server fetch a credential from an address and assess it. */
export function verifyAddress(url: string): Promise<Assessment> {
  return ask<Assessment>('/api/verify', { url });
}

/** One of this instance's samples, as a file. */
export async function fetchSample(path: string): Promise<Blob> {
  const response = await reach(path);
  if (!response.ok) throw await problemOf(response);
  return response.blob();
}

function ask<Answer>(path: string, body?: Record<string, string>): Promise<Answer> {
  return askJson<Answer>(path, body && { method: 'POST', body });
}

/** Ask a route of this server, with JSON or with a body of another kind; null where it answers with nothing. */
export async function askJson<Answer>(path: string, asked: Asked = {}): Promise<Answer> {
  const { method = 'GET', body, headers } = asked;
  const isFile = body instanceof Blob;
  const response = await reach(path, {
    method,
    ...(body === undefined ? {} : { body: isFile ? body : JSON.stringify(body) }),
    headers: { ...(body === undefined || isFile ? {} : { 'content-type': 'application/json' }), ...headers },
  });
  if (!response.ok) throw await problemOf(response);
  const text = await response.text();
  return (text === '' ? null : JSON.parse(text)) as Answer;
}

export interface Asked {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** A file goes as it is, with its own type; all else as JSON. */
  body?: unknown;
  headers?: Record<string, string>;
}

/** A server that cannot be reached is a problem like another, not a fault of the page. */
function reach(path: string, init?: RequestInit): Promise<Response> {
  return fetch(path, init).catch(() => {
    throw new ProblemError({ code: 'no-network' });
  });
}

async function problemOf(response: Response): Promise<ProblemError> {
  const isProblem = response.headers.get('content-type')?.includes('json') ?? false;
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  return new ProblemError(isProblem ? await response.json() : {}, Number.isFinite(seconds) ? seconds : null);
}
