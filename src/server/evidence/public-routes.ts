import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { IssuingDeps } from '../issuing.ts';
import { html } from '../page/html.ts';
import { readLanguage } from '../page/language.ts';
import { sendPage } from '../page/layout.ts';
import { ApiError } from '../problem.ts';
import type { ByteRange } from '../storage/storage.ts';
import * as english from '../texts/en/index.ts';
import { typed } from '../typed.ts';
import { loadContent, openSecret } from './content.ts';
import { findGranted } from './grants.ts';

/** The address of a file, as it stands in the signed credential: it answers to those who have a grant in force. */
export function publicEvidenceRoutes(app: FastifyInstance, deps: IssuingDeps): void {
  const { db, masterKey, storage } = deps;
  typed(app).get(
    '/evidence/:id',
    {
      schema: {
        params: z.object({ id: z.string().max(100) }),
        querystring: z.object({ grant: z.string().max(200).optional() }),
      },
    },
    async (request, reply) => {
      reply.header('cache-control', 'private, no-store').header('x-robots-tag', 'noindex');
      const { grant } = request.query;
      const file = grant === undefined ? undefined : await findGranted(db, request.params.id, grant, deps.now());
      if (file === undefined) return refuse(request, reply);
      const range = readRange(request.headers.range, file.size);
      if (range === null) return reply.status(416).header('content-range', `bytes */${file.size}`).send();
      const { name, key } = openSecret(masterKey, file);
      const content = await loadContent(storage, file.id, key, range);
      if (content === undefined) throw new ApiError('unavailable', 'The storage of files does not have this file.');
      const digest = `sha-256=:${Buffer.from(file.digest, 'hex').toString('base64')}:`;
      reply
        .type(file.media_type)
        // RFC 9530: of the whole file, as the signed credential has it.
        .header('repr-digest', digest)
        .header('accept-ranges', 'bytes')
        .header('content-disposition', disposition(name))
        // Whatever a browser makes of it, it may not act in the name of this instance.
        .header('content-security-policy', "default-src 'none'; sandbox")
        .header('cross-origin-resource-policy', 'same-origin');
      if (range === undefined)
        return reply.header('content-digest', digest).header('content-length', file.size).send(content);
      return reply
        .status(206)
        .header('content-range', `bytes ${range.start}-${range.end}/${file.size}`)
        .header('content-length', range.end - range.start + 1)
        .send(content);
    },
  );
}

/** The same for all: whether there is such a file is nobody's business without a grant. */
async function refuse(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  if (!request.headers.accept?.includes('text/html')) throw new ApiError('not-allowed', english.claim.privateFileWhy);
  const speech = await readLanguage(request, reply);
  const { claim: texts } = speech.page;
  return sendPage(reply.status(403), {
    title: texts.privateFile,
    speech,
    body: html`<section class="empty"><h1>${texts.privateFile}</h1><p class="lead">${texts.privateFileWhy}</p></section>`,
  });
}

/** One range of bytes (RFC 9110 §14.2); undefined for the whole, null when it is outside. Others are answered with the whole. */
function readRange(header: string | undefined, size: number): ByteRange | undefined | null {
  const [, first = '', last = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '') ?? [];
  if (first === '' && last === '') return undefined;
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1);
  return start > end || start >= size ? null : { start, end };
}

/** RFC 6266: the name in ASCII for old software, and as it is. */
function disposition(name: string): string {
  const ascii = name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16)}`,
  );
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}
