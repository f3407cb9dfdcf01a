import type { FastifyRequest } from 'fastify';
import { isLoopbackAddress } from '../node/public-address.ts';

/** From this machine, and asked for by a name of this machine: a web page that rebinds its own name is refused. */
export function isLocal({ socket, hostname, headers }: FastifyRequest): boolean {
  // A proxy on this machine speaks for somebody elsewhere.
  if (headers.forwarded !== undefined || headers['x-forwarded-for'] !== undefined || headers.via !== undefined)
    return false;
  const host = hostname.replace(/:\d+$/, '').replace(/^\[|\]$/g, '');
  return isLoopbackAddress(socket.remoteAddress ?? '') && (host === 'localhost' || isLoopbackAddress(host));
}
