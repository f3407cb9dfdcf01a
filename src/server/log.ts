import type { FastifyReply, FastifyRequest } from 'fastify';

export type LogStream = { write(line: string): void };

/**
 * How this service logs: JSON lines. Addresses carry claim links and unguessable ids, and messages of a database quote what
 * people wrote, so neither is logged: a route stands for the address, a code for the message.
 */
export function logOptions(level: string, stream?: LogStream) {
  return {
    level,
    ...(stream === undefined ? {} : { stream }),
    base: null,
    serializers: { req: ({ method }: FastifyRequest) => ({ method }), err: describeError },
    redact: ['authorization', 'cookie', '*.authorization', '*.cookie'],
  };
}

/** One line for each request, when it is answered. */
export function logAnswer(request: FastifyRequest, reply: FastifyReply): void {
  const { slug } = (request.params ?? {}) as { slug?: unknown };
  request.log.info(
    {
      method: request.method,
      route: request.routeOptions.url ?? null,
      ...(typeof slug === 'string' ? { issuer: slug.slice(0, 63) } : {}),
      status: reply.statusCode,
      milliseconds: Math.round(reply.elapsedTime),
    },
    'answered',
  );
}

/** An error without what it quotes: of the database only code and place, of all others the message too. */
export function describeError(error: Error) {
  const { code, routine, table, constraint } = error as Error & {
    [Name in 'code' | 'routine' | 'table' | 'constraint']?: unknown;
  };
  const ofDatabase = typeof routine === 'string' || 'severity' in error;
  return {
    type: error.name,
    message: ofDatabase ? 'the database refused a statement' : error.message,
    ...(code === undefined ? {} : { code }),
    ...(ofDatabase ? { routine, table, constraint } : {}),
    // The lines of a stack after the message, which may have several.
    stack: (error.stack ?? '')
      .split('\n')
      .filter((line) => /^\s+at /.test(line))
      .join('\n'),
  };
}
