import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { parseLearner } from '../../core/issue/learner.ts';
import { canonicalJson } from '../../core/json/canonical-json.ts';
import type { JsonObject } from '../../core/json/json.ts';
import { authorize } from '../access/authorize.ts';
import { claimUrl } from '../claim/claim.ts';
import { type Answer, answerOnce, idempotencyKey, type KeepAnswer } from '../idempotency.ts';
import { inWords } from '../in-words.ts';
import type { IssuingDeps } from '../issuing.ts';
import { nextPlace, page, readPlace } from '../paging.ts';
import { findPolicy, policySchema } from '../policy/policy.ts';
import { ApiError } from '../problem.ts';
import { inCredential, inIssuer, jsonObject, moment, reason, typed } from '../typed.ts';
import { changeStatus } from './change-status.ts';
import { signedAs } from './form.ts';
import { showGate } from './gate-answer.ts';
import { type IssuedOne, issueOne } from './issue.ts';
import { credentialRecord } from './record.ts';
import { readDates } from './sign.ts';
import { type CredentialRow, findOwnCredential, listCredentials, signedDocument, signedForm } from './store.ts';
import { askedWaiver, waiverSchema } from './waiver.ts';

const issueBody = z.object({
  achievement: z.uuid(),
  learner: jsonObject,
  validFrom: moment.optional(),
  validUntil: moment.optional(),
  /** Instead of what the policy says. */
  proof: policySchema.shape.proof.removeDefault().optional(),
  reason: reason.optional(),
  /** May the learner get a second credential of this achievement? */
  duplicates: z.enum(['refuse', 'allow']).default('refuse'),
  /** Issue what the gate refuses; needs the scope `approve` as well. */
  waiver: waiverSchema.optional(),
  /** Issue a result that is under the pass mark or not completed. */
  allowBelowPassMark: z.object({ reason }).optional(),
  /** Write to the learner? Without it, as policy says. */
  deliver: z.enum(['email', 'none']).optional(),
});
/** Issue, list, revoke, suspend, reinstate. */
export function credentialRoutes(app: FastifyInstance, deps: IssuingDeps): void {
  const { db, publicUrl } = deps;
  const shown = (credential: CredentialRow) => ({
    id: credential.id,
    url: `${publicUrl}/credentials/${credential.id}`,
    achievement: credential.achievement_id,
    version: credential.achievement_version,
    state: credential.state,
    claim: credential.claim_state,
    test: credential.test,
    digest: credential.digest,
    issuedAt: credential.issued_at.toISOString(),
  });

  typed(app).post(
    '/api/issuers/:slug/credentials',
    {
      schema: {
        summary: 'Issue one credential; with an Idempotency-Key exactly once',
        params: inIssuer,
        body: issueBody,
        headers: idempotencyKey.loose(),
      },
    },
    async (request, reply) => {
      const actor = await authorize(deps, request, request.params.slug, 'issue');
      const {
        achievement,
        learner: given,
        validFrom,
        validUntil,
        duplicates,
        deliver,
        proof,
        reason,
        ...exceptions
      } = request.body;
      const waiver = await askedWaiver(deps, request, request.params.slug, exceptions.waiver);
      const { timeZone } = (await findPolicy(db, actor.issuer.id)).policy;
      const read = parseLearner(given, { timeZone });
      if (!read.ok) throw new ApiError('refused', 'The learner cannot be used.', { findings: inWords(read.findings) });
      const work = async (keep?: KeepAnswer): Promise<Answer> => {
        const answerOf = ({ credential, gate }: IssuedOne): Answer => ({
          status: 201,
          body: JSON.stringify({
            ...shown(credential),
            gate: gate && showGate(gate),
            credential: JSON.parse(signedDocument(credential)) as JsonObject,
            ...(credential.jwt === null ? {} : { jwt: credential.jwt }),
          }),
        });
        const issued = await issueOne(
          deps,
          actor,
          {
            achievementId: achievement,
            learner: read.learner,
            duplicates,
            waiver,
            belowPassMark: exceptions.allowBelowPassMark?.reason ?? null,
            deliver,
            proof,
            reason,
            dates: readDates(
              {
                ...(validFrom === undefined ? {} : { validFrom }),
                ...(validUntil === undefined ? {} : { validUntil }),
              },
              timeZone,
            ),
          },
          async (trx, issued) => await keep?.(trx, answerOf(issued)),
        );
        if (!issued.ok)
          throw new ApiError('refused', 'This credential was not issued.', { findings: inWords(issued.findings) });
        return answerOf(issued);
      };
      const key = request.headers['idempotency-key'];
      const answer =
        key === undefined
          ? await work()
          : await answerOnce(
              db,
              {
                issuerId: actor.issuer.id,
                actor: actor.name,
                key,
                question: canonicalJson(request.body as JsonObject),
              },
              deps.now(),
              work,
            );
      // The link is kept nowhere, not in an answer either: it is added to what is sent.
      const body = JSON.parse(answer.body) as JsonObject & { id: string };
      const credential = await findOwnCredential(db, actor.issuer.id, body.id);
      const link = credential === undefined ? null : claimUrl(deps, credential);
      return reply
        .status(answer.status)
        .header('cache-control', 'no-store')
        .send({ ...body, claimUrl: link });
    },
  );

  for (const ending of ['', '.json', '.jwt'] as const)
    typed(app).get(
      `/api/issuers/:slug/credentials/:id/document${ending}`,
      {
        schema: {
          summary: `What was signed, byte for byte${ending && `, as ${ending.slice(1)}`}`,
          params: inCredential,
        },
      },
      async (request, reply) => {
        const { issuer } = await authorize(deps, request, request.params.slug, 'read');
        const credential = await findOwnCredential(db, issuer.id, request.params.id);
        if (credential === undefined) throw new ApiError('not-found', 'There is no such credential.');
        const { content, contentType } =
          ending === '' ? signedForm(credential) : signedAs(credential, ending === '.jwt' ? 'jwt' : 'json');
        return reply.type(contentType).header('cache-control', 'private, no-store').send(content);
      },
    );

  typed(app).get(
    '/api/issuers/:slug/credentials',
    { schema: { summary: 'Credentials, newest first', params: inIssuer, querystring: page } },
    async (request) => {
      const { issuer } = await authorize(deps, request, request.params.slug, 'read');
      const { after, limit } = request.query;
      const found = await listCredentials(db, issuer.id, readPlace(after), limit);
      const next = nextPlace(found, limit, ({ issued_at, id }) => ({ at: issued_at, id }));
      return { items: found.map(shown), next };
    },
  );

  typed(app).get(
    '/api/issuers/:slug/credentials/:id',
    { schema: { summary: 'A credential, with all that is kept beside it', params: inCredential } },
    async (request) => {
      const { issuer } = await authorize(deps, request, request.params.slug, 'read');
      const credential = await findOwnCredential(db, issuer.id, request.params.id);
      if (credential === undefined) throw new ApiError('not-found', 'There is no such credential.');
      return {
        ...shown(credential),
        record: credentialRecord(credential),
        roster: credential.roster_id,
        credential: credential.document === null ? null : (JSON.parse(credential.document) as JsonObject),
      };
    },
  );

  for (const [change, summary] of [
    ['revoke', 'Revoke a credential, for ever'],
    ['suspend', 'Suspend a credential'],
    ['reinstate', 'End a suspension'],
  ] as const)
    typed(app).post(
      `/api/issuers/:slug/credentials/:id/${change}`,
      { schema: { summary, params: inCredential, body: z.object({ reason }) } },
      async (request) => {
        const actor = await authorize(deps, request, request.params.slug, 'issue');
        const { id } = request.params;
        const changed = await db
          .transaction()
          .execute((trx) => changeStatus(trx, id, change, request.body.reason, actor, deps.now()));
        deps.lists.forget(changed.status_list_id);
        return shown(changed);
      },
    );
}
