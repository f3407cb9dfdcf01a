import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { authorize } from '../access/authorize.ts';
import { findOwnCredential } from '../credential/store.ts';
import type { IssuingDeps } from '../issuing.ts';
import { nextPlace, page, readPlace } from '../paging.ts';
import { ApiError } from '../problem.ts';
import { inCredential, inIssuer, reason, slug, typed } from '../typed.ts';
import { changeDispute } from './change-dispute.ts';
import { listDisputes, listOfCredential, openDispute } from './store.ts';

const inDispute = z.object({ slug, id: z.uuid() });
const answer = z.string().trim().min(1).max(4000);

/** What learners say is wrong in their credentials: seen, answered and closed by the issuer's people. */
export function disputeRoutes(app: FastifyInstance, deps: IssuingDeps): void {
  const { db, masterKey } = deps;

  typed(app).get(
    '/api/issuers/:slug/disputes',
    {
      schema: {
        summary: 'What learners say is wrong in their credentials, the newest first',
        params: inIssuer,
        querystring: page.extend({ state: z.enum(['open', 'answered', 'closed']).optional() }),
      },
    },
    async (request) => {
      const { issuer } = await authorize(deps, request, request.params.slug, 'issue');
      const { after, limit, state } = request.query;
      const rows = await listDisputes(db, issuer.id, { state, before: readPlace(after), limit });
      return {
        items: rows.map((row) => openDispute(masterKey, row)),
        next: nextPlace(rows, limit, ({ created_at, id }) => ({ at: created_at, id })),
      };
    },
  );

  typed(app).get(
    '/api/issuers/:slug/credentials/:id/disputes',
    { schema: { summary: 'What its learner says is wrong in a credential', params: inCredential } },
    async (request) => {
      const { issuer } = await authorize(deps, request, request.params.slug, 'issue');
      const credential = await findOwnCredential(db, issuer.id, request.params.id);
      if (credential === undefined) throw new ApiError('not-found', 'There is no such credential.');
      return { items: (await listOfCredential(db, credential.id)).map((row) => openDispute(masterKey, row)) };
    },
  );

  typed(app).post(
    '/api/issuers/:slug/disputes/:id/answer',
    {
      schema: {
        summary: 'Answer a learner; the answer stands on their page of the credential',
        params: inDispute,
        body: z.object({ answer }),
      },
    },
    async (request) => {
      const actor = await authorize(deps, request, request.params.slug, 'issue');
      const change = { id: request.params.id, state: 'answered', ...request.body } as const;
      const changed = await db.transaction().execute((trx) => changeDispute(trx, masterKey, change, actor, deps.now()));
      return openDispute(masterKey, changed);
    },
  );

  typed(app).post(
    '/api/issuers/:slug/disputes/:id/close',
    {
      schema: {
        summary: 'Close it, with a reason for the audit log and, where there is one, a last answer to the learner',
        params: inDispute,
        body: z.object({ reason, answer: answer.optional() }),
      },
    },
    async (request) => {
      const actor = await authorize(deps, request, request.params.slug, 'issue');
      const { answer, reason } = request.body;
      const change = {
        id: request.params.id,
        state: 'closed',
        reason,
        ...(answer === undefined ? {} : { answer }),
      } as const;
      const changed = await db.transaction().execute((trx) => changeDispute(trx, masterKey, change, actor, deps.now()));
      return openDispute(masterKey, changed);
    },
  );
}
