import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { EvidenceRequirement } from '../../core/issue/check-mastery.ts';
import { didOf } from '../issuer/did.ts';
import { findIssuerById } from '../issuer/store.ts';
import type { IssuingDeps } from '../issuing.ts';
import { prefersHtml } from '../page/accept.ts';
import { layout } from '../page/layout.ts';
import { sendPublic } from '../page/public-document.ts';
import { ApiError } from '../problem.ts';
import { isReal } from '../public-url.ts';
import { typed } from '../typed.ts';
import { achievementPage } from './achievement-page.ts';
import { attainableClass } from './framework-report.ts';
import { findPublished, publicAchievement } from './published.ts';

/** An achievement at its id: the newest approved version, or the one that is asked for, as JSON or as a page. */
export function publicAchievementRoutes(app: FastifyInstance, deps: IssuingDeps): void {
  const { db, publicUrl } = deps;
  typed(app).get(
    '/achievements/:id',
    {
      schema: {
        params: z.object({ id: z.string().max(100) }),
        querystring: z.object({ version: z.coerce.number().int().min(1).max(1_000_000).optional() }),
      },
    },
    async (request, reply) => {
      const found = await findPublished(db, request.params.id, request.query.version);
      if (found === undefined) throw new ApiError('not-found', 'There is nothing at this address.');
      const achievement = publicAchievement(found, publicUrl);
      if (!prefersHtml(request.headers.accept))
        return sendPublic(request, reply, { content: JSON.stringify(achievement), type: 'application/ld+json' });
      const issuer = await findIssuerById(db, found.issuer_id);
      if (issuer === undefined) throw new Error('an achievement without an issuer');
      const profile = { ...JSON.parse(issuer.profile), id: didOf(publicUrl, issuer.slug) };
      const evidence = found.evidence === null ? null : (JSON.parse(found.evidence) as EvidenceRequirement);
      const { '@context': _, ...plain } = achievement;
      const classes = await attainableClass({ achievement: plain, issuer: profile }, evidence, deps.now());
      const page = achievementPage({
        achievement,
        version: found.version,
        approvedAt: found.changed_at,
        isRetired: found.retired_at !== null,
        evidence,
        classes,
        issuer: { name: String(profile.name), path: `/issuers/${issuer.slug}` },
        publicUrl,
        isTest: !isReal(publicUrl),
      });
      return sendPublic(request, reply, { content: layout(page), type: 'text/html; charset=utf-8' });
    },
  );
}
