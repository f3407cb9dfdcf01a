import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import { sha256Hex } from '../digest.ts';
import { readOwnFile } from '../own-file.ts';

const style = [
  '../../web/ui/tokens.css',
  '../../web/ui/components.css',
  '../../web/ui/credential.css',
  './page.css',
  './public.css',
  './print.css',
]
  .map((path) => readOwnFile(new URL(path, import.meta.url)))
  .join('\n')
  // Comments and indentation are for those who write it.
  .replace(/\/\*[\s\S]*?\*\/|^\s+|\n/gm, (match) => (match.startsWith('/') ? '' : match.includes('\n') ? '\n' : ''));
const packed = { br: brotliCompressSync(style), gzip: gzipSync(style) };

/** Where the style of these pages is: an address of its own for each edition, so that browsers may keep it. */
export const styleAddress = `/page.css?${sha256Hex(style).slice(0, 12)}`;

/** The style of the pages that the server renders: the application's own, and what only they need. */
export function styleRoutes(app: FastifyInstance): void {
  app.get('/page.css', (request, reply) => {
    const accepted = request.headers['accept-encoding'] ?? '';
    const encoding = (['br', 'gzip'] as const).find((name) => new RegExp(`\\b${name}\\b`).test(accepted));
    reply.type('text/css; charset=utf-8').header('vary', 'accept-encoding');
    reply.header('cache-control', 'public, max-age=31536000, immutable');
    return encoding === undefined
      ? reply.send(style)
      : reply.header('content-encoding', encoding).send(packed[encoding]);
  });
}
