import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { assessDocument } from '../../core/assess.ts';
import { buildFromAchievement } from '../../core/issue/build-from-achievement.ts';
import type { EvidenceRequirement } from '../../core/issue/check-mastery.ts';
import { passingLearner } from '../../core/issue/judge-achievement.ts';
import { type Learner, parseLearner } from '../../core/issue/learner.ts';
import type { JsonObject } from '../../core/json/json.ts';
import { nodeCryptography } from '../../node/cryptography.ts';
import { authorize } from '../access/authorize.ts';
import type { Checking } from '../credential/deliver.ts';
import { inWords } from '../in-words.ts';
import type { IssuerRow } from '../issuer/store.ts';
import type { IssuingDeps } from '../issuing.ts';
import { findPolicy } from '../policy/policy.ts';
import { ApiError } from '../problem.ts';
import { inIssuer, jsonObject, typed } from '../typed.ts';
import type { AchievementContent } from './change-achievement.ts';
import { commonOf, findFaults, judge } from './framework-report.ts';
import { content, evidenceRequirement, inAchievement, versionNumber } from './routes.ts';
import { findAchievement, findLatestVersion, findVersion } from './store.ts';

/** What becomes of a draft, while it is written: nothing is kept, and nothing signed. */
export function previewRoutes(app: FastifyInstance, deps: IssuingDeps & Checking): void {
  const { db, publicUrl } = deps;

  /** A credential of it for somebody who did all that is asked, as its receiver sees it. `given` is of the learner. */
  async function preview({ document, evidence }: AchievementContent, issuer: IssuerRow, given: Learner = {}) {
    const { policy } = await findPolicy(db, issuer.id);
    const now = deps.now();
    const common = commonOf(publicUrl, document, 'preview', issuer);
    const learner = { ...passingLearner({ ...common, evidence: evidence ?? null }, now), ...given };
    const options = { cryptography: nodeCryptography, now, learnerName: policy.learnerName };
    const built = await buildFromAchievement({ ...common, learner }, options);
    const findings = built.ok ? await findFaults(common, now, learner) : built.findings;
    if (!built.ok) return { credential: null, assessment: null, findings: inWords(findings) };
    const { trustSources } = deps;
    const checking = { cryptography: nodeCryptography, now, trustSources, isPreview: true };
    const assessment = await assessDocument(built.credential, checking);
    return { credential: built.credential, assessment, findings: inWords(findings) };
  }

  typed(app).post(
    '/api/issuers/:slug/achievements/check',
    {
      schema: {
        summary: 'What the framework says of a draft, and what would keep it from being saved; nothing is kept',
        params: inIssuer,
        body: content,
      },
    },
    async (request) => {
      const { issuer } = await authorize(deps, request, request.params.slug, 'author');
      const { achievement, evidence = null } = request.body;
      const { id: _, ...document } = achievement;
      const { gateClass } = (await findPolicy(db, issuer.id)).policy;
      const common = commonOf(publicUrl, document, 'draft', issuer);
      const findings = await findFaults(common, deps.now());
      return { findings: inWords(findings), ...(await judge(common, evidence, gateClass, deps.now())) };
    },
  );

  typed(app).post(
    '/api/issuers/:slug/achievements/preview',
    {
      schema: {
        summary: 'A credential of a draft as its receiver will see it, unsigned; nothing is kept',
        params: inIssuer,
        body: z.strictObject({
          achievement: jsonObject,
          evidence: evidenceRequirement.nullable().optional(),
          /** As for issuing; who passes, where nothing else is said. */
          learner: jsonObject.optional(),
        }),
      },
    },
    async (request) => {
      const { issuer } = await authorize(deps, request, request.params.slug, 'author');
      const { achievement, evidence, learner } = request.body;
      const { id: _, ...document } = achievement;
      const read = parseLearner(learner ?? {});
      if (!read.ok) throw new ApiError('refused', 'The learner cannot be used.', { findings: inWords(read.findings) });
      return await preview({ document, evidence }, issuer, read.learner);
    },
  );

  typed(app).get(
    '/api/issuers/:slug/achievements/:id/preview',
    {
      schema: {
        summary: 'A credential of a version as its receiver will see it, unsigned; the newest unless told otherwise',
        params: inAchievement,
        querystring: z.object({ version: versionNumber.optional() }),
      },
    },
    async (request) => {
      const { issuer } = await authorize(deps, request, request.params.slug, 'read');
      const achievement = await findAchievement(db, issuer.id, request.params.id);
      const { version: wanted } = request.query;
      const version =
        achievement === undefined
          ? undefined
          : wanted === undefined
            ? await findLatestVersion(db, achievement.id)
            : await findVersion(db, achievement.id, wanted);
      if (version === undefined)
        throw new ApiError('not-found', 'There is no such achievement, or it has no such version.');
      const evidence = version.evidence === null ? null : (JSON.parse(version.evidence) as EvidenceRequirement);
      return await preview({ document: JSON.parse(version.document) as JsonObject, evidence }, issuer);
    },
  );
}
