import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { translateReport } from '../../core/framework/translate-report.ts';
import type { EvidenceRequirement } from '../../core/issue/check-mastery.ts';
import type { Checking } from '../credential/deliver.ts';
import { didOf } from '../issuer/did.ts';
import { findIssuerById } from '../issuer/store.ts';
import type { IssuingDeps } from '../issuing.ts';
import { prefersHtml } from '../page/accept.ts';
import { readLanguage } from '../page/language.ts';
import { layout } from '../page/layout.ts';
import { nothingHere } from '../page/nothing-here.ts';
import { sendPublic } from '../page/public-document.ts';
import { isReal } from '../public-url.ts';
import { typed } from '../typed.ts';
import { achievementPage } from './achievement-page.ts';
import { EndorsementChecks } from './endorsement-checks.ts';
import { attainable } from './framework-report.ts';
import { findPublished, publicAchievement } from './published.ts';

/** An achievement at its id: the newest approved version, or the one that is asked for, as JSON or as a page. */
export function publicAchievementRoutes(app: FastifyInstance, deps: IssuingDeps & Pick<Checking, 'network'>): void {
  const { db, publicUrl } = deps;
  const endorsements = new EndorsementChecks(deps);
  typed(app).get(
    '/achievements/:id',
    {
      schema: {
        params: z.object({ id: z.string().max(100) }),
        querystring: z.object({
          lang: z.string().max(20).optional(),
          version: z.coerce.number().int().min(1).max(1_000_000).optional(),
        }),
      },
    },
    async (request, reply) => {
      const [id = '', ending] = request.params.id.split('.');
      const found = await findPublished(db, id, request.query.version);
      if (found === undefined || (ending !== undefined && ending !== 'json')) return await nothingHere(request, reply);
      const achievement = publicAchievement(found, publicUrl);
      if (ending === 'json' || !prefersHtml(request.headers.accept))
        return sendPublic(request, reply, { content: JSON.stringify(achievement), type: 'application/ld+json' });
      const issuer = await findIssuerById(db, found.issuer_id);
      if (issuer === undefined) throw new Error('an achievement without an issuer');
      const profile = { ...JSON.parse(issuer.profile), id: didOf(publicUrl, issuer.slug) };
      const evidence = found.evidence === null ? null : (JSON.parse(found.evidence) as EvidenceRequirement);
      const { '@context': _, ...plain } = achievement;
      const speech = await readLanguage(request, reply);
      const report = await attainable({ achievement: plain, issuer: profile }, evidence, deps.now());
      const given = {
        id,
        achievement,
        version: found.version,
        approvedAt: found.changed_at,
        isRetired: found.retired_at !== null,
        evidence,
        classes: report && translateReport(report, speech.words, speech.packs).classes,
        endorsements: await endorsements.of(plain),
        issuer: { name: String(profile.name), path: `/issuers/${issuer.slug}` },
        publicUrl,
        isTest: !isReal(publicUrl),
        isSample: issuer.sample,
      };
      return sendPublic(request, reply, {
        content: layout(achievementPage(given, speech)),
        type: 'text/html; charset=utf-8',
      });
    },
  );
}
