import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { OwnThread } from '../../node/own-thread.ts';
import { authorize } from '../access/authorize.ts';
import { appendAudit } from '../audit/append.ts';
import type { IssuingDeps } from '../issuing.ts';
import { ApiError } from '../problem.ts';
import { inIssuer, typed } from '../typed.ts';
import { type CheckedImage, type ImageResult, maximumImage } from './check-image.ts';
import checkImages from './image-worker.ts';
import { findImage, insertImage } from './store.ts';

/** Nothing in a picture runs or fetches, even when somebody opens it by itself. */
const policyOfPictures = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox";
/** For one picture, in milliseconds. */
const checkDeadline = 30_000;
const suffixes: Record<string, CheckedImage['suffix']> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/svg+xml': 'svg',
};

/** Logos and pictures of achievements, by an address that is their digest. */
export function imageRoutes(app: FastifyInstance, deps: IssuingDeps): void {
  const { db, publicUrl } = deps;
  const worker = new URL('./image-worker.js', import.meta.url);
  const checking = new OwnThread<Uint8Array, ImageResult>(worker, checkImages, checkDeadline);
  app.addHook('onClose', () => checking.close());
  app.register(async (scope) => {
    for (const type of Object.keys(suffixes)) {
      if (scope.hasContentTypeParser(type)) scope.removeContentTypeParser(type);
      scope.addContentTypeParser(type, { parseAs: 'buffer' }, (_, body, done) => done(null, body));
    }
    typed(scope).post(
      '/api/issuers/:slug/images',
      {
        bodyLimit: maximumImage,
        schema: { summary: 'Take in a picture: PNG, JPEG, or SVG, which is cleaned', params: inIssuer },
      },
      async (request, reply) => {
        const { issuer, name } = await authorize(deps, request, request.params.slug, 'author');
        if (!Buffer.isBuffer(request.body))
          throw new ApiError('unsupported', 'Send a picture as image/png, image/jpeg or image/svg+xml.');
        const checked = await checking.run(request.body);
        if (!checked.ok) throw new ApiError('refused', checked.fault);
        const { mediaType, suffix, content } = checked.image;
        const id = createHash('sha256').update(content).digest('hex');
        await db.transaction().execute(async (trx) => {
          const now = deps.now();
          const row = { id, issuer_id: issuer.id, media_type: mediaType, content, created_at: now };
          if (!(await insertImage(trx, row))) return;
          const detail = { mediaType, size: content.length };
          await appendAudit(trx, { chain: issuer.id, actor: name, action: 'image.add', subject: id, detail }, now);
        });
        const url = `${publicUrl}/images/${id}.${suffix}`;
        return reply.status(201).send({ id: url, mediaType, size: content.length });
      },
    );
  });

  typed(app).get(
    '/images/:name',
    {
      schema: { params: z.object({ name: z.string().max(100) }) },
    },
    async (request, reply) => {
      const [, id = '', suffix] = /^([0-9a-f]{64})\.(png|jpg|svg)$/.exec(request.params.name) ?? [];
      const found = id === '' ? undefined : await findImage(db, id);
      if (found === undefined || suffixes[found.media_type] !== suffix)
        throw new ApiError('not-found', 'There is nothing at this address.');
      reply
        .header('cache-control', 'public, max-age=31536000, immutable')
        .header('etag', `"${id}"`)
        .header('access-control-allow-origin', '*')
        .header('content-security-policy', policyOfPictures);
      if (request.headers['if-none-match'] === `"${id}"`) return reply.status(304).send();
      return reply.type(found.media_type).send(Buffer.from(found.content));
    },
  );
}
