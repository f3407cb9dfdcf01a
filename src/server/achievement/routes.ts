import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { checkCredential } from '../../core/framework/check-credential.ts';
import { defaultPack } from '../../core/framework/default-pack.ts';
import type { FrameworkReport } from '../../core/framework/report.ts';
import { checkAchievement } from '../../core/issue/build-from-achievement.ts';
import { buildChecked } from '../../core/issue/issue-credential.ts';
import type { JsonObject } from '../../core/json/json.ts';
import { nodeCryptography } from '../../node/cryptography.ts';
import { authorize } from '../access/authorize.ts';
import { didOf } from '../issuer/did.ts';
import type { IssuerRow } from '../issuer/store.ts';
import type { IssuingDeps } from '../issuing.ts';
import { ApiError } from '../problem.ts';
import { inIssuer, jsonObject, page, reason, slug, typed } from '../typed.ts';
import { createAchievement, moveAchievement, retireAchievement, saveDraft } from './change-achievement.ts';
import { type AchievementVersionRow, findAchievement, listAchievements, listVersions } from './store.ts';

const inAchievement = z.object({ slug, id: z.uuid() });

/** Achievements: draft, review, approved version, retired. Every save answers with the framework report. */
export function achievementRoutes(app: FastifyInstance, deps: IssuingDeps): void {
  const { db, publicUrl } = deps;

  /** The version with what the framework says of a credential of it: one without a learner's results and evidence. */
  const shown = async (version: AchievementVersionRow, issuer: IssuerRow) => ({
    id: version.achievement_id,
    version: version.version,
    state: version.state,
    achievement: JSON.parse(version.document) as JsonObject,
    changedAt: version.changed_at,
    framework: await frameworkReport(version, issuer),
  });

  async function frameworkReport(version: AchievementVersionRow, issuer: IssuerRow): Promise<FrameworkReport | null> {
    const input = {
      achievement: {
        ...(JSON.parse(version.document) as JsonObject),
        id: `${publicUrl}/achievements/${version.achievement_id}`,
      },
      issuer: { ...(JSON.parse(issuer.profile) as JsonObject), id: didOf(publicUrl, issuer.slug) },
      learner: { id: 'urn:uuid:00000000-0000-4000-8000-000000000000' },
    };
    const built = await buildChecked(input, { cryptography: nodeCryptography, now: deps.now() });
    return built.ok ? checkCredential(built.credential, { pack: defaultPack, listOrderProtected: true }) : null;
  }

  /** An achievement must be one that a credential can be built of: nothing else is ever kept. */
  async function checked(document: JsonObject, issuer: IssuerRow): Promise<JsonObject> {
    const { id: _, ...achievement } = document;
    const built = await buildChecked(
      {
        achievement: { ...achievement, id: `${publicUrl}/achievements/draft` },
        issuer: { ...(JSON.parse(issuer.profile) as JsonObject), id: didOf(publicUrl, issuer.slug) },
        learner: { id: 'urn:uuid:00000000-0000-4000-8000-000000000000' },
      },
      { cryptography: nodeCryptography, now: deps.now() },
    );
    const findings = [...checkAchievement(achievement), ...(built.ok ? [] : built.findings)];
    if (findings.length > 0)
      throw new ApiError('refused', 'No credential can be built of this achievement.', { findings });
    return achievement;
  }

  typed(app).get(
    '/api/issuers/:slug/achievements',
    { schema: { summary: 'The achievements of an issuer', params: inIssuer, querystring: page } },
    async (request) => {
      const { issuer } = await authorize(deps, request, request.params.slug, 'read');
      const { after = '', limit } = request.query;
      const found = await listAchievements(db, issuer.id, after, limit);
      return {
        items: found.map(({ id, created_at, retired_at }) => ({ id, createdAt: created_at, retiredAt: retired_at })),
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
    { schema: { summary: 'Make an achievement with its first draft', params: inIssuer, body: jsonObject } },
    async (request, reply) => {
      const actor = await authorize(deps, request, request.params.slug, 'author');
      const document = await checked(request.body, actor.issuer);
      const version = await db.transaction().execute((trx) => createAchievement(trx, document, actor, deps.now()));
      return reply.status(201).send(await shown(version, actor.issuer));
    },
  );

  typed(app).put(
    '/api/issuers/:slug/achievements/:id',
    { schema: { summary: 'Save the draft, or begin the next version', params: inAchievement, body: jsonObject } },
    async (request) => {
      const actor = await authorize(deps, request, request.params.slug, 'author');
      const document = await checked(request.body, actor.issuer);
      const version = await db
        .transaction()
        .execute((trx) => saveDraft(trx, request.params.id, document, actor, deps.now()));
      return await shown(version, actor.issuer);
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
