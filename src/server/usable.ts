import { Readable } from 'node:stream';
import type { FastifyRequest } from 'fastify';
import { ApiError, phrase } from './problem.ts';

/** As deep as any JSON that this service reads. */
const maximumDepth = 64;
/** U+0000, which PostgreSQL keeps nowhere, and halves of characters, which come back from it as another text than was hashed. */
const unusable = /\0|\p{Cs}/u;

/** Refuse a request with text that cannot be kept as it is, or that is nested beyond what anything here can walk. */
export function requireUsable({ params, query, body }: Pick<FastifyRequest, 'params' | 'query' | 'body'>): void {
  for (const [where, value] of Object.entries({ params, querystring: query, body })) {
    const fault = faultOf(value);
    if (fault !== null) throw new ApiError('malformed-request', phrase`In the ${where}: ${fault}`);
  }
}

function faultOf(value: unknown): string | null {
  const left: { value: unknown; depth: number }[] = [{ value, depth: 0 }];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const { value, depth } = next;
    if (typeof value === 'string' && unusable.test(value)) return 'a text holds U+0000 or half of a character.';
    if (typeof value !== 'object' || value === null) continue;
    // Judged by who reads them.
    if (value instanceof Readable || ArrayBuffer.isView(value)) continue;
    if (depth === maximumDepth) return 'it is nested too deep.';
    for (const [name, member] of Object.entries(value)) {
      if (unusable.test(name)) return 'a name holds U+0000 or half of a character.';
      left.push({ value: member, depth: depth + 1 });
    }
  }
  return null;
}
