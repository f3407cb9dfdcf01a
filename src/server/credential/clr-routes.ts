import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { parseLearner } from '../../core/issue/learner.ts';
import { canonicalJson } from '../../core/json/canonical-json.ts';
import type { JsonObject } from '../../core/json/json.ts';
import { authorize } from '../access/authorize.ts';
import { type Answer, answerOnce, idempotencyKey, type KeepAnswer } from '../idempotency.ts';
import { inWords } from '../in-words.ts';
import type { IssuingDeps } from '../issuing.ts';
import { findPolicy, policySchema } from '../policy/policy.ts';
import { ApiError } from '../problem.ts';
import { credentialId, inIssuer, moment, reason, typed } from '../typed.ts';
import { issueClr } from './issue-clr.ts';
import { showCredential } from './routes.ts';
import { sendIssued } from './send-issued.ts';
import { readDates } from './sign.ts';
import { type CredentialRow, signedDocument } from './store.ts';

const clrBody = z.strictObject({
  /** Who it is about, as the credentials were issued to them; the name stands in it as policy says. */
  learner: z.strictObject({
    email: z.string().max(254).optional(),
    id: z.string().max(2000).optional(),
    identifiers: z.record(z.string(), z.string()).optional(),
    name: z.string().max(500).optional(),
    nameConsent: z.boolean().optional(),
  }),
  /** Which of theirs; without it all that are in force. */
  credentials: z.array(credentialId).min(1).max(100).optional(),
  name: z.string().trim().min(1).max(200).optional(),
  description: z.string().trim().min(1).max(5000).optional(),
  validFrom: moment.optional(),
  validUntil: moment.optional(),
  proof: policySchema.shape.proof.removeDefault().optional(),
  reason: reason.optional(),
  /** Write to the learner? Without it, as policy says. */
  deliver: z.enum(['email', 'none']).optional(),
});

/** Comprehensive Learner Records: what one learner was issued, as one credential. */
export function clrRoutes(app: FastifyInstance, deps: IssuingDeps): void {
  const { db, publicUrl } = deps;

  typed(app).post(
    '/api/issuers/:slug/clrs',
    {
      schema: {
        summary: 'Issue a Comprehensive Learner Record of what the issuer and its units issued to a learner',
        params: inIssuer,
        body: clrBody,
        headers: idempotencyKey.loose(),
      },
    },
    async (request, reply) => {
      const actor = await authorize(deps, request, request.params.slug, 'issue');
      const { learner: given, validFrom, validUntil, ...asked } = request.body;
      const { timeZone } = (await findPolicy(db, actor.issuer.id)).policy;
      const read = parseLearner(given, { timeZone });
      if (!read.ok) throw new ApiError('refused', 'The learner cannot be used.', { findings: inWords(read.findings) });
      const dates = readDates(
        { ...(validFrom === undefined ? {} : { validFrom }), ...(validUntil === undefined ? {} : { validUntil }) },
        timeZone,
      );
      const answerOf = (credential: CredentialRow): Answer => ({
        status: 201,
        body: JSON.stringify({
          ...showCredential(publicUrl, credential),
          credential: JSON.parse(signedDocument(credential)) as JsonObject,
          ...(credential.jwt === null ? {} : { jwt: credential.jwt }),
        }),
      });
      const work = async (keep: KeepAnswer): Promise<Answer> => {
        const issued = await issueClr(deps, actor, { ...asked, learner: read.learner, dates }, async (trx, made) =>
          keep(trx, answerOf(made)),
        );
        if (!issued.ok)
          throw new ApiError('refused', 'This record was not issued.', { findings: inWords(issued.findings) });
        return answerOf(issued.credential);
      };
      const key = request.headers['idempotency-key'];
      const question = canonicalJson({ clr: request.body as JsonObject });
      const once = { issuerId: actor.issuer.id, actor: actor.name, key, question };
      const answer = await answerOnce(db, once, deps.now(), work);
      return await sendIssued(deps, actor.issuer.id, answer, reply);
    },
  );
}
