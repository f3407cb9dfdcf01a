import type { FastifyInstance, FastifyReply } from 'fastify';
import { requireSameOrigin } from '../access/same-origin.ts';
import type { IssuingDeps } from '../issuing.ts';
import { authPath } from './identity.ts';

/** The routes of better-auth, for scripts of our own pages: passkeys, and what another service answers. */
export function authRoutes(app: FastifyInstance, { identity, publicUrl }: IssuingDeps): void {
  app.route({
    method: ['GET', 'POST'],
    url: `${authPath}/*`,
    async handler(request, reply) {
      requireSameOrigin(request, publicUrl);
      const answer = await identity.ask(request, request.method, request.url.slice(authPath.length), request.body);
      forwardCookies(answer, reply);
      const location = answer.headers.get('location');
      if (location !== null) reply.header('location', location);
      return reply
        .status(answer.status)
        .header('cache-control', 'no-store')
        .type(answer.headers.get('content-type') ?? 'application/json')
        .send(await answer.text());
    },
  });
}

/** Pass on what better-auth wants the browser to keep. */
export function forwardCookies(answer: Response, reply: FastifyReply): void {
  for (const cookie of answer.headers.getSetCookie()) reply.header('set-cookie', cookie);
}
