import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { authorize } from '../access/authorize.ts';
import { removeContents } from '../evidence/remove.ts';
import type { IssuingDeps } from '../issuing.ts';
import { findKept } from '../mail/queue.ts';
import { inCredential, inIssuer, reason, typed } from '../typed.ts';
import { eraseLearner, previewErase } from './erase.ts';
import { exportLearner } from './export.ts';
import { changeHidden } from './hide.ts';
import { findLearner, findRecordsAbove, whoSchema } from './learner.ts';

/** What a learner may ask of an issuer: a copy of everything, or that it goes; and pages that are taken down. */
export function privacyRoutes(app: FastifyInstance, deps: IssuingDeps): void {
  const { db, masterKey, publicUrl, storage } = deps;

  typed(app).post(
    '/api/issuers/:slug/learners/export',
    {
      schema: {
        summary: 'All personal data of a learner, as one document',
        params: inIssuer,
        body: z.object({ learner: whoSchema }),
      },
    },
    async (request, reply) => {
      const { name: actor, issuer } = await authorize(deps, request, request.params.slug, 'manage');
      const found = await findLearner(deps, issuer.id, request.body.learner);
      reply.header('cache-control', 'no-store');
      return await db
        .transaction()
        .execute((trx) => exportLearner(trx, { issuer, actor, masterKey, publicUrl }, found, deps.now()));
    },
  );

  typed(app).post(
    '/api/issuers/:slug/learners/erase/preview',
    {
      schema: {
        summary: 'What erasing a learner would take away; nothing goes yet',
        params: inIssuer,
        body: z.object({ learner: whoSchema }),
      },
    },
    async (request) => {
      const { issuer } = await authorize(deps, request, request.params.slug, 'manage');
      const found = await findLearner(deps, issuer.id, request.body.learner);
      return previewErase(found, await findRecordsAbove(db, issuer, found));
    },
  );

  typed(app).post(
    '/api/issuers/:slug/learners/erase',
    {
      schema: {
        summary: 'Erase a learner for ever, as the preview said; status and digests stay',
        params: inIssuer,
        body: z.object({ learner: whoSchema, reason, confirm: z.string().regex(/^[0-9a-f]{64}$/) }),
      },
    },
    async (request) => {
      const actor = await authorize(deps, request, request.params.slug, 'manage');
      const { learner: who, reason, confirm } = request.body;
      const erased = await db
        .transaction()
        .execute((trx) => eraseLearner(deps, trx, { who, reason, confirm }, actor, deps.now()));
      for (const { id } of erased.credentials) deps.credentials.forget(id);
      // What is not done now is done by the next `removeExpired`.
      const onError = (err: unknown) => request.log.error({ err }, 'failed');
      await removeContents({ db, storage }, new Date(0)).catch(onError);
      await deps.mail?.forget((ids) => findKept(db, ids)).catch(onError);
      return erased;
    },
  );

  for (const [act, summary] of [
    ['hide', 'Take the page of a credential down; copies still verify'],
    ['show', 'Put the page of a credential back'],
  ] as const)
    typed(app).post(
      `/api/issuers/:slug/credentials/:id/${act}`,
      { schema: { summary, params: inCredential, body: z.object({ reason }) } },
      async (request) => {
        const actor = await authorize(deps, request, request.params.slug, 'issue');
        const { id } = request.params;
        const { reason } = request.body;
        const changed = await db
          .transaction()
          .execute((trx) => changeHidden(trx, deps, { id, hidden: act === 'hide', reason }, actor, deps.now()));
        deps.credentials.forget(id);
        return { id, takenDownAt: changed.hidden_at?.toISOString() ?? null };
      },
    );
}
