import type { FastifyReply, FastifyRequest } from 'fastify';
import { sha256Hex } from '../digest.ts';

/** Send what anybody may fetch and keep for a minute; nothing when they have it already. */
export function sendPublic(
  request: FastifyRequest,
  reply: FastifyReply,
  { content, type }: { content: string; type: string },
): FastifyReply {
  const etag = `"${sha256Hex(content).slice(0, 32)}"`;
  reply
    .header('cache-control', 'public, max-age=60')
    .header('vary', type.startsWith('text/html') ? 'accept, accept-language, cookie' : 'accept')
    .header('etag', etag)
    .header('access-control-allow-origin', '*');
  if (request.headers['if-none-match'] === etag) return reply.status(304).send();
  return reply.type(type).send(content);
}
