import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { authorize } from '../access/authorize.ts';
import { appendAudit } from '../audit/append.ts';
import type { IssuingDeps } from '../issuing.ts';
import { nextPlace, page, readPlace } from '../paging.ts';
import { ApiError } from '../problem.ts';
import { inIssuer, reason, slug, typed } from '../typed.ts';
import { openSecret } from './content.ts';
import { createGrant, listGrants, withdrawGrant } from './grants.ts';
import { receiveFile } from './receive.ts';
import { markRemoved, removeContents } from './remove.ts';
import { type EvidenceFileRow, findFile, listFiles, listUses } from './store.ts';
import { addressOfFile } from './use.ts';

export const fileId = z.string().regex(/^[A-Za-z0-9_-]{22}$/);
const inFile = z.object({ slug, id: fileId });
const inGrant = z.object({ slug, id: fileId, grant: z.uuid() });
export const grantBody = z.object({ days: z.number().int().min(1).max(365).default(14), reason: reason.optional() });
const dayLength = 24 * 3_600_000;
/** The most that a policy can allow. */
const uploadLimit = 1_000_000_000;

/** Files of evidence: uploaded before issue, private, with grants that expire. */
export function evidenceRoutes(app: FastifyInstance, deps: IssuingDeps): void {
  const { db, masterKey, publicUrl } = deps;
  const shown = (file: EvidenceFileRow, credentials: readonly string[] = []) => ({
    id: file.id,
    url: addressOfFile(publicUrl, file.id),
    name: openSecret(masterKey, file).name,
    mediaType: file.media_type,
    size: file.size,
    digest: file.digest,
    uploadedAt: file.uploaded_at.toISOString(),
    credentials,
  });
  const find = async (issuerId: string, id: string): Promise<EvidenceFileRow> => {
    const file = await findFile(db, issuerId, id);
    if (file === undefined) throw new ApiError('not-found', 'There is no such file.');
    return file;
  };

  // In a scope of its own: only here a body of any type is taken as it comes.
  app.register(async (uploads) => {
    uploads.removeAllContentTypeParsers();
    uploads.addContentTypeParser('*', (_, payload, done) => done(null, payload));
    typed(uploads).post(
      '/api/issuers/:slug/evidence',
      {
        bodyLimit: uploadLimit,
        schema: {
          summary: 'Upload a file of evidence, as the body, with its content type; name it at issue as {"file": id}',
          params: inIssuer,
          querystring: z.object({ name: z.string().max(500).default('') }),
        },
      },
      async (request, reply) => {
        const actor = await authorize(deps, request, request.params.slug, 'issue');
        const { 'content-type': type = '', 'content-length': length } = request.headers;
        if (!(request.body instanceof Readable)) throw new ApiError('malformed-request', 'Send the file as the body.');
        const file = await receiveFile(deps, actor, {
          name: request.query.name,
          mediaType: type.split(';')[0]?.trim().toLowerCase() ?? '',
          source: request.body,
          length: length === undefined ? null : Number(length),
        });
        return reply.status(201).send(shown(file));
      },
    );
  });

  typed(app).get(
    '/api/issuers/:slug/evidence',
    { schema: { summary: 'Files of evidence, newest first', params: inIssuer, querystring: page } },
    async (request) => {
      const { issuer } = await authorize(deps, request, request.params.slug, 'read');
      const { after, limit } = request.query;
      const files = await listFiles(db, issuer.id, readPlace(after), limit);
      const uses = await listUses(
        db,
        files.map(({ id }) => id),
      );
      return {
        items: files.map((file) => shown(file, uses.get(file.id))),
        next: nextPlace(files, limit, ({ uploaded_at, id }) => ({ at: uploaded_at, id })),
      };
    },
  );

  typed(app).get(
    '/api/issuers/:slug/evidence/:id',
    { schema: { summary: 'A file of evidence, and the credentials that carry it', params: inFile } },
    async (request) => {
      const { issuer } = await authorize(deps, request, request.params.slug, 'read');
      const file = await find(issuer.id, request.params.id);
      return shown(file, (await listUses(db, [file.id])).get(file.id));
    },
  );

  typed(app).post(
    '/api/issuers/:slug/evidence/:id/remove',
    {
      schema: {
        summary: 'Remove a file for ever; credentials that carry it keep its digest',
        params: inFile,
        body: z.object({ reason }),
      },
    },
    async (request, reply) => {
      const { name: actor, issuer } = await authorize(deps, request, request.params.slug, 'issue');
      const { id } = await find(issuer.id, request.params.id);
      const { reason } = request.body;
      await db.transaction().execute(async (trx) => {
        await markRemoved(trx, [id]);
        const act = { chain: issuer.id, actor, action: 'evidence.remove', subject: id, reason };
        await appendAudit(trx, act, deps.now());
      });
      // What the storage does not do now is done by the next `removeExpired`.
      await removeContents(deps, new Date(0)).catch((err: unknown) => request.log.error({ err }, 'failed'));
      return reply.status(204).send();
    },
  );

  typed(app).get(
    '/api/issuers/:slug/evidence/:id/grants',
    { schema: { summary: 'Who was given leave to read a file, and until when', params: inFile } },
    async (request) => {
      const { issuer } = await authorize(deps, request, request.params.slug, 'read');
      const { id } = await find(issuer.id, request.params.id);
      return { items: await listGrants(db, id) };
    },
  );

  typed(app).post(
    '/api/issuers/:slug/evidence/:id/grants',
    { schema: { summary: 'Give leave to read a file for some days', params: inFile, body: grantBody } },
    async (request, reply) => {
      const { name: actor, issuer } = await authorize(deps, request, request.params.slug, 'issue');
      const file = await find(issuer.id, request.params.id);
      const { days, reason } = request.body;
      const expiresAt = new Date(deps.now().getTime() + days * dayLength);
      const { id, token } = await db
        .transaction()
        .execute((trx) =>
          createGrant(trx, { file, expiresAt, actor, ...(reason === undefined ? {} : { reason }) }, deps.now()),
        );
      const url = `${addressOfFile(publicUrl, file.id)}?grant=${token}`;
      return reply.status(201).send({ id, url, expiresAt: expiresAt.toISOString() });
    },
  );

  typed(app).post(
    '/api/issuers/:slug/evidence/:id/grants/:grant/withdraw',
    { schema: { summary: 'Take leave to read a file back', params: inGrant, body: z.object({ reason }) } },
    async (request, reply) => {
      const { name: actor, issuer } = await authorize(deps, request, request.params.slug, 'issue');
      const { id, grant } = request.params;
      const file = await find(issuer.id, id);
      const { reason } = request.body;
      await db.transaction().execute((trx) => withdrawGrant(trx, { file, id: grant, actor, reason }, deps.now()));
      return reply.status(204).send();
    },
  );
}
