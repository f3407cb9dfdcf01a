import type { FastifyReply } from 'fastify';

/** Why a request was not answered. Closed, and the same for ever; text is for people. */
export const problems = {
  'malformed-request': {
    status: 400,
    title: 'The request cannot be used',
    meaning: 'A member is missing or has another form; "errors" tells which, by JSON Pointer.',
  },
  'not-signed-in': {
    status: 401,
    title: 'Not signed in',
    meaning: 'No API key or session, or one that opens nothing.',
  },
  'not-allowed': { status: 403, title: 'Not allowed', meaning: 'The key or the role has no right to this.' },
  'not-found': {
    status: 404,
    title: 'Not found',
    meaning: 'There is no such thing, or it belongs to somebody in whose issuer you have no rights.',
  },
  conflict: {
    status: 409,
    title: 'Not possible now',
    meaning: 'The state of the thing does not allow it, or the request is being answered already.',
  },
  gone: { status: 410, title: 'Gone', meaning: 'It was here, and was erased.' },
  'too-large': { status: 413, title: 'Too large', meaning: 'The body is larger than this route takes.' },
  unsupported: { status: 415, title: 'Not supported', meaning: 'The body is of a kind that this route does not take.' },
  refused: {
    status: 422,
    title: 'Refused, with every fault',
    meaning:
      'The request can be read, and what it asks for cannot be done; "findings" tells every fault by JSON Pointer.',
  },
  'too-many-requests': {
    status: 429,
    title: 'Too many requests',
    meaning: 'Wait for as many seconds as Retry-After says. RateLimit-* tell how much is left.',
  },
  unavailable: {
    status: 502,
    title: 'The other side did not answer',
    meaning: 'The database, or another host that was needed, does not answer at the moment.',
  },
} as const satisfies Record<string, { status: number; title: string; meaning: string }>;
export type ApiErrorCode = keyof typeof problems;

/** A fault of this service: the only problem that is not an `ApiError`. */
export const internalProblem = {
  status: 500,
  title: 'Something failed here',
  detail: 'This is a fault of this service, not of your file. Try again, or report it with the id of this request.',
  meaning: 'A fault of this service. "request" is the id under which it is in the log.',
} as const;

/** A sentence with places, `{0}` and on, for what it speaks of. Its English is the key of its translations. */
export interface Phrase {
  sentence: string;
  things: readonly (string | number)[];
}

/** The sentence of a template, to be said in the language of whoever asked. */
export function phrase(parts: TemplateStringsArray, ...things: (string | number)[]): Phrase {
  return { sentence: parts.reduce((text, part, index) => `${text}{${index - 1}}${part}`), things };
}

/**
 * What a phrase says; `translate` is asked for its sentence and for each thing in it, except those that the English quotes:
 * they are somebody else's words, and a name may well read like one of ours.
 */
export function write(detail: string | Phrase, translate = (text: string) => text): string {
  if (typeof detail === 'string') return translate(detail);
  const { sentence, things } = detail;
  const said = (place: string) => {
    const thing = String(things[Number(place)]);
    return sentence.includes(`"{${place}}"`) ? thing : translate(thing);
  };
  return translate(sentence).replace(/\{(\d)\}/g, (_, place: string) => said(place));
}

/** The request is unusable, forbidden, or about nothing. One handler renders it as problem+json (RFC 9457). */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: ApiErrorCode;
  readonly detail: string | Phrase;
  readonly members: Record<string, unknown>;

  constructor(code: ApiErrorCode, detail: string | Phrase, members: Record<string, unknown> = {}) {
    super(write(detail));
    this.code = code;
    this.detail = detail;
    this.members = members;
  }

  get status(): number {
    return problems[this.code].status;
  }
}

export function sendProblem(reply: FastifyReply, status: number, members: Record<string, unknown>): FastifyReply {
  return reply
    .status(status)
    .type('application/problem+json')
    .send(JSON.stringify({ type: 'about:blank', status, ...members }));
}
