import type { FastifyReply } from 'fastify';

/** Why a request was not answered. Closed; text is for people. */
export type ApiErrorCode =
  | 'malformed-request'
  | 'not-found'
  | 'gone'
  | 'not-signed-in'
  | 'conflict'
  | 'refused'
  | 'not-allowed'
  | 'too-large'
  | 'too-many-requests'
  | 'unavailable'
  | 'unsupported';

const statusOf: Record<ApiErrorCode, number> = {
  'malformed-request': 400,
  'not-found': 404,
  gone: 410,
  'not-signed-in': 401,
  conflict: 409,
  refused: 422,
  'not-allowed': 403,
  'too-large': 413,
  'too-many-requests': 429,
  unavailable: 502,
  unsupported: 415,
};

/** The request is unusable, forbidden, or about nothing. One handler renders it as problem+json (RFC 9457). */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: ApiErrorCode;
  readonly members: Record<string, unknown>;

  constructor(code: ApiErrorCode, detail: string, members: Record<string, unknown> = {}) {
    super(detail);
    this.code = code;
    this.members = members;
  }

  get status(): number {
    return statusOf[this.code];
  }
}

export function sendProblem(reply: FastifyReply, status: number, members: Record<string, unknown>): FastifyReply {
  return reply
    .status(status)
    .type('application/problem+json')
    .send(JSON.stringify({ type: 'about:blank', status, ...members }));
}
