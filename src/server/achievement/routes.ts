import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { checkAchievement } from '../../core/issue/build-from-achievement.ts';
import type { EvidenceRequirement } from '../../core/issue/check-mastery.ts';
import { diffJson } from '../../core/json/diff-json.ts';
import type { JsonObject } from '../../core/json/json.ts';
import { authorize } from '../access/authorize.ts';
import { didOf } from '../issuer/did.ts';
import type { IssuerRow } from '../issuer/store.ts';
import type { IssuingDeps } from '../issuing.ts';
import { page } from '../paging.ts';
import { findPolicy } from '../policy/policy.ts';
import { ApiError } from '../problem.ts';
import { inIssuer, jsonObject, reason, slug, typed } from '../typed.ts';
import {
  type AchievementContent,
  createAchievement,
  moveAchievement,
  retireAchievement,
  saveDraft,
} from './change-achievement.ts';
import { attainableClass, authorList, type Common, findFaults, reportOf } from './framework-report.ts';
import { receiversOrder } from './receivers-order.ts';
import { type AchievementVersionRow, findAchievement, findVersion, listAchievements, listVersions } from './store.ts';

const inAchievement = z.object({ slug, id: z.uuid() });
const number = z.coerce.number().int().min(1).max(1_000_000);
const evidence = z.strictObject({
  minimum: z.number().int().min(0).max(100),
  kinds: z.array(z.string().trim().min(1).max(100)).max(20).optional(),
});
/** An Achievement (Open Badges 3.0), or one with what it asks of each learner beside it. */
const content = z.union([
  z.strictObject({ achievement: jsonObject, evidence: evidence.nullable().optional() }),
  jsonObject.transform((achievement) => ({ achievement, evidence: undefined })),
]);

/** Achievements: draft, review, approved version, retired. Every save answers with the framework report. */
export function achievementRoutes(app: FastifyInstance, deps: IssuingDeps): void {
  const { db, publicUrl } = deps;

  const common = (document: JsonObject, id: string, issuer: IssuerRow): Common => ({
    achievement: { ...document, id: `${publicUrl}/achievements/${id}` },
    issuer: { ...(JSON.parse(issuer.profile) as JsonObject), id: didOf(publicUrl, issuer.slug) },
  });

  /**
   * The version with what the framework says of a credential of it: one without a learner's results and evidence, the list that
   * helps its author, and the class that its credentials can support.
   */
  const shown = async (version: AchievementVersionRow, issuer: IssuerRow) => {
    const document = JSON.parse(version.document) as JsonObject;
    const required = version.evidence === null ? null : (JSON.parse(version.evidence) as EvidenceRequirement);
    const parts = common(document, version.achievement_id, issuer);
    const report = await reportOf(parts, deps.now());
    const { gateClass } = (await findPolicy(db, issuer.id)).policy;
    return {
      id: version.achievement_id,
      version: version.version,
      state: version.state,
      achievement: document,
      evidence: required,
      changedAt: version.changed_at,
      framework: report,
      author: report && { class: gateClass, items: authorList(report, gateClass) },
      attainable: await attainableClass(parts, required, deps.now()),
    };
  };

  /** An achievement must be one that a credential can be built of: nothing else is ever kept. */
  async function checked({ achievement, evidence }: z.infer<typeof content>, issuer: IssuerRow) {
    const { id: _, ...document } = achievement;
    const findings = [
      ...checkAchievement(document),
      ...(await findFaults(common(document, 'draft', issuer), deps.now())),
    ];
    if (findings.length > 0)
      throw new ApiError('refused', 'No credential can be built of this achievement.', { findings });
    return { document, evidence } satisfies AchievementContent;
  }

  typed(app).get(
    '/api/issuers/:slug/achievements',
    { schema: { summary: 'The achievements of an issuer', params: inIssuer, querystring: page } },
    async (request) => {
      const { issuer } = await authorize(deps, request, request.params.slug, 'read');
      const { after = '', limit } = request.query;
      const found = await listAchievements(db, issuer.id, after, limit);
      return {
        items: found.map(({ id, version, state, document, ...rest }) => ({
          id,
          name: (JSON.parse(document) as JsonObject).name,
          version,
          state,
          changedAt: rest.changed_at,
          createdAt: rest.created_at,
          retiredAt: rest.retired_at,
        })),
        next: found.length === limit ? (found.at(-1)?.id ?? null) : null,
      };
    },
  );

  typed(app).get(
    '/api/issuers/:slug/achievements/:id',
    { schema: { summary: 'An achievement with its versions', params: inAchievement } },
    async (request) => {
      const { issuer } = await authorize(deps, request, request.params.slug, 'read');
      const achievement = await findAchievement(db, issuer.id, request.params.id);
      if (achievement === undefined) throw new ApiError('not-found', 'There is no such achievement.');
      const versions = await listVersions(db, achievement.id);
      return {
        id: achievement.id,
        retiredAt: achievement.retired_at,
        versions: await Promise.all(versions.map((version) => shown(version, issuer))),
      };
    },
  );

  typed(app).post(
    '/api/issuers/:slug/achievements',
    { schema: { summary: 'Make an achievement with its first draft', params: inIssuer, body: content } },
    async (request, reply) => {
      const actor = await authorize(deps, request, request.params.slug, 'author');
      const document = await checked(request.body, actor.issuer);
      const version = await db.transaction().execute((trx) => createAchievement(trx, document, actor, deps.now()));
      return reply.status(201).send(await shown(version, actor.issuer));
    },
  );

  typed(app).put(
    '/api/issuers/:slug/achievements/:id',
    { schema: { summary: 'Save the draft, or begin the next version', params: inAchievement, body: content } },
    async (request) => {
      const actor = await authorize(deps, request, request.params.slug, 'author');
      const document = await checked(request.body, actor.issuer);
      const version = await db
        .transaction()
        .execute((trx) => saveDraft(trx, request.params.id, document, actor, deps.now()));
      return await shown(version, actor.issuer);
    },
  );

  typed(app).get(
    '/api/issuers/:slug/achievements/:id/diff',
    {
      schema: {
        summary: 'What is different between two versions, first what a receiver sees first',
        params: inAchievement,
        querystring: z.object({ from: number, to: number }),
      },
    },
    async (request) => {
      const { issuer } = await authorize(deps, request, request.params.slug, 'read');
      const { from, to } = request.query;
      const achievement = await findAchievement(db, issuer.id, request.params.id);
      const [before, after] =
        achievement === undefined
          ? []
          : [await findVersion(db, achievement.id, from), await findVersion(db, achievement.id, to)];
      if (before === undefined || after === undefined)
        throw new ApiError('not-found', 'There is no such achievement, or it has no such version.');
      const [old, current] = [before, after].map(({ document }) => JSON.parse(document) as JsonObject);
      const [evidenceBefore, evidenceAfter] = [before, after].map(({ evidence }) => JSON.parse(evidence ?? 'null'));
      return {
        from,
        to,
        changes: receiversOrder(diffJson(old as JsonObject, current as JsonObject)),
        evidence: before.evidence === after.evidence ? null : { before: evidenceBefore, after: evidenceAfter },
      };
    },
  );

  for (const [step, scope, summary] of [
    ['submit', 'author', 'Send the draft to review'],
    ['return', 'approve', 'Send a version in review back to its author'],
    ['approve', 'approve', 'Approve the version in review; it never changes again'],
  ] as const)
    typed(app).post(
      `/api/issuers/:slug/achievements/:id/${step}`,
      { schema: { summary, params: inAchievement, body: z.object({ reason: reason.optional() }).default({}) } },
      async (request) => {
        const actor = await authorize(deps, request, request.params.slug, scope);
        const why = request.body.reason ?? '';
        const version = await db
          .transaction()
          .execute((trx) => moveAchievement(trx, request.params.id, step, why, actor, deps.now()));
        return await shown(version, actor.issuer);
      },
    );

  typed(app).post(
    '/api/issuers/:slug/achievements/:id/retire',
    { schema: { summary: 'Issue no more of it', params: inAchievement, body: z.object({ reason }) } },
    async (request, reply) => {
      const actor = await authorize(deps, request, request.params.slug, 'approve');
      await db
        .transaction()
        .execute((trx) => retireAchievement(trx, request.params.id, request.body.reason, actor, deps.now()));
      return reply.status(204).send();
    },
  );
}
