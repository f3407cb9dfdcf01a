import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { EvidenceRequirement } from '../../core/issue/check-mastery.ts';
import { diffJson } from '../../core/json/diff-json.ts';
import type { JsonObject } from '../../core/json/json.ts';
import { authorize } from '../access/authorize.ts';
import { findTitles } from '../access/find-titles.ts';
import type { Checking } from '../credential/deliver.ts';
import { sha256Hex } from '../digest.ts';
import { inWords } from '../in-words.ts';
import type { IssuerRow } from '../issuer/store.ts';
import type { IssuingDeps } from '../issuing.ts';
import { nextPlace, page, readPlace } from '../paging.ts';
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
import { listComments, type NewComment, newComments } from './comments.ts';
import { checkNewEndorsements, refuseEndorsements } from './endorsements.ts';
import { attainableClass, commonOf, findFaults, judge } from './framework-report.ts';
import { receiversOrder } from './receivers-order.ts';
import {
  type AchievementVersionRow,
  addressOf,
  findAchievement,
  findLatestVersion,
  findVersion,
  listAchievements,
  listVersions,
} from './store.ts';

export const inAchievement = z.object({ slug, id: z.uuid() });
export const versionNumber = z.coerce.number().int().min(1).max(1_000_000);
export const evidenceRequirement = z.strictObject({
  minimum: z.number().int().min(0).max(100),
  kinds: z.array(z.string().trim().min(1).max(100)).max(20).optional(),
});
const moved = z.object({ reason: reason.optional() });
/** What the author had before them: whatever was saved after it is not overwritten. */
const basis = z.strictObject({ version: z.number().int().min(1), changedAt: z.iso.datetime() });
/** An Achievement (Open Badges 3.0), or one with what it asks of each learner beside it. */
export const content = z.union([
  z.strictObject({
    achievement: jsonObject,
    evidence: evidenceRequirement.nullable().optional(),
    basis: basis.optional(),
  }),
  jsonObject.transform((achievement) => ({ achievement, evidence: undefined, basis: undefined })),
]);

/** Classes of so many documents are kept in memory. */
const maximumKnown = 2000;
type ListedRow = Pick<AchievementVersionRow, 'document' | 'evidence'> & { id: string };

/** Achievements: draft, review, approved version, retired. Every save answers with the framework report. */
export function achievementRoutes(app: FastifyInstance, deps: IssuingDeps & Checking): void {
  const { db, publicUrl } = deps;

  /** Versions with what the framework says of them, and what was asked to be changed. */
  const shown = async (versions: readonly AchievementVersionRow[], issuer: IssuerRow) => {
    const [first] = versions;
    if (first === undefined) return [];
    const { gateClass } = (await findPolicy(db, issuer.id)).policy;
    const commentsOn = await listComments(db, first.achievement_id);
    const titles = await findTitles(db, [...new Set(versions.map(({ changed_by }) => changed_by))]);
    return await Promise.all(
      versions.map(async (version) => {
        const document = JSON.parse(version.document) as JsonObject;
        const required = version.evidence === null ? null : (JSON.parse(version.evidence) as EvidenceRequirement);
        const parts = commonOf(publicUrl, document, version.achievement_id, issuer);
        return {
          id: version.achievement_id,
          address: addressOf(publicUrl, version.achievement_id),
          version: version.version,
          state: version.state,
          achievement: document,
          evidence: required,
          changedAt: version.changed_at,
          changedBy: titles.get(version.changed_by) ?? null,
          comments: commentsOn(version.version),
          ...(await judge(parts, required, gateClass, deps.now())),
        };
      }),
    );
  };
  const shownOne = async (version: AchievementVersionRow, issuer: IssuerRow) => (await shown([version], issuer))[0];

  /** Of lists, which ask again and again; judging one takes some milliseconds. */
  const classes = new Map<string, string | null>();
  async function classOf({ id, document, evidence }: ListedRow, issuer: IssuerRow): Promise<string | null> {
    const key = sha256Hex([issuer.slug, issuer.profile, document, evidence ?? ''].join('\n'));
    const known = classes.get(key);
    if (known !== undefined) return known;
    const parts = commonOf(publicUrl, JSON.parse(document) as JsonObject, id, issuer);
    const judged = await attainableClass(parts, JSON.parse(evidence ?? 'null'), deps.now());
    if (classes.size >= maximumKnown) classes.clear();
    classes.set(key, judged?.headline ?? null);
    return judged?.headline ?? null;
  }

  /** An achievement must be one that a credential can be built of: nothing else is ever kept. */
  async function checked({ achievement, evidence, basis }: z.infer<typeof content>, issuer: IssuerRow) {
    const { id: _, ...document } = achievement;
    const findings = await findFaults(commonOf(publicUrl, document, 'draft', issuer), deps.now());
    if (findings.length > 0)
      throw new ApiError('refused', 'No credential can be built of this achievement.', { findings: inWords(findings) });
    return { document, evidence, basis } satisfies AchievementContent;
  }

  async function checkEndorsements(id: string, document: JsonObject, issuer: IssuerRow): Promise<void> {
    if ((await findAchievement(db, issuer.id, id)) === undefined) return;
    const latest = await findLatestVersion(db, id);
    const before = JSON.parse(latest?.document ?? '{}') as JsonObject;
    await checkNewEndorsements(document, before, { id, issuerSlug: issuer.slug }, deps);
  }

  typed(app).get(
    '/api/issuers/:slug/achievements',
    {
      schema: {
        summary: 'The achievements of an issuer, newest first',
        params: inIssuer,
        querystring: page.extend({
          state: z.enum(['draft', 'review', 'approved', 'retired']).optional(),
          text: z.string().trim().max(200).optional(),
        }),
      },
    },
    async (request) => {
      const { issuer } = await authorize(deps, request, request.params.slug, 'read');
      const { after, limit, ...filter } = request.query;
      const found = await listAchievements(db, issuer.id, filter, readPlace(after), limit);
      return {
        items: await Promise.all(
          found.map(async (row) => ({
            id: row.id,
            name: (JSON.parse(row.document) as JsonObject).name,
            version: row.version,
            state: row.state,
            class: await classOf(row, issuer),
            changedAt: row.changed_at,
            createdAt: row.created_at,
            retiredAt: row.retired_at,
          })),
        ),
        next: nextPlace(found, limit, ({ id, created_at: at }) => ({ id, at })),
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
        versions: await shown(versions, issuer),
      };
    },
  );

  typed(app).post(
    '/api/issuers/:slug/achievements',
    { schema: { summary: 'Make an achievement with its first draft', params: inIssuer, body: content } },
    async (request, reply) => {
      const actor = await authorize(deps, request, request.params.slug, 'author');
      const document = await checked(request.body, actor.issuer);
      refuseEndorsements(document.document);
      const version = await db.transaction().execute((trx) => createAchievement(trx, document, actor, deps.now()));
      return reply.status(201).send(await shownOne(version, actor.issuer));
    },
  );

  typed(app).put(
    '/api/issuers/:slug/achievements/:id',
    { schema: { summary: 'Save the draft, or begin the next version', params: inAchievement, body: content } },
    async (request) => {
      const actor = await authorize(deps, request, request.params.slug, 'author');
      const document = await checked(request.body, actor.issuer);
      await checkEndorsements(request.params.id, document.document, actor.issuer);
      const version = await db
        .transaction()
        .execute((trx) => saveDraft(trx, request.params.id, document, actor, deps.now()));
      return await shownOne(version, actor.issuer);
    },
  );

  typed(app).get(
    '/api/issuers/:slug/achievements/:id/diff',
    {
      schema: {
        summary: 'What is different between two versions, first what a receiver sees first',
        params: inAchievement,
        querystring: z.object({ from: versionNumber, to: versionNumber }),
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

  for (const [step, scope, summary, body] of [
    ['submit', 'author', 'Send the draft to review; what was asked to be changed counts as done', moved],
    [
      'return',
      'approve',
      'Send a version in review back to its author, with comments',
      moved.extend({ comments: newComments.default([]) }),
    ],
    ['approve', 'approve', 'Approve the version in review; it never changes again', moved],
  ] as const)
    typed(app).post(
      `/api/issuers/:slug/achievements/:id/${step}`,
      { schema: { summary, params: inAchievement, body: body.nullish() } },
      async (request) => {
        const actor = await authorize(deps, request, request.params.slug, scope);
        const { reason = '', comments = [] }: { reason?: string | undefined; comments?: NewComment[] } =
          request.body ?? {};
        const version = await db
          .transaction()
          .execute((trx) => moveAchievement(trx, request.params.id, { step, reason, comments }, actor, deps.now()));
        return await shownOne(version, actor.issuer);
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
