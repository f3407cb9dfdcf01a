import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { listContexts } from '../../core/issue/list-contexts.ts';
import { type JsonObject, toList } from '../../core/json/json.ts';
import { askTrustSources } from '../../core/trust/ask-trust-sources.ts';
import { listPublished } from '../achievement/published.ts';
import type { Checking } from '../credential/deliver.ts';
import type { Database } from '../database.ts';
import type { IssuingDeps } from '../issuing.ts';
import { prefersHtml } from '../page/accept.ts';
import { readLanguage } from '../page/language.ts';
import { layout } from '../page/layout.ts';
import { nothingHere } from '../page/nothing-here.ts';
import { textOf } from '../page/parts.ts';
import { sendPublic } from '../page/public-document.ts';
import { isReal } from '../public-url.ts';
import { findSampleRecord, recordIssuer } from '../sample-data/find-record.ts';
import { typed } from '../typed.ts';
import { didOf } from './did.ts';
import { issuerPage } from './issuer-page.ts';
import { findIssuer, findIssuerById, type IssuerRow, listChildren, listKeys } from './store.ts';

const maximumListed = 500;

/** An issuer's profile as JSON-LD, as credentials carry it, or as a page. */
export function publicIssuerRoutes(app: FastifyInstance, deps: IssuingDeps & Checking): void {
  const { db, publicUrl, trustSources } = deps;
  typed(app).get(
    '/issuers/:slug',
    { schema: { params: z.object({ slug: z.string().max(100) }) } },
    async (request, reply) => {
      const [slug = '', ending] = request.params.slug.split('.');
      const issuer = ending === undefined || ending === 'json' ? await findIssuer(db, slug) : undefined;
      if (issuer === undefined) return await nothingHere(request, reply);
      const did = didOf(publicUrl, issuer.slug);
      const didPath = `/issuers/${issuer.slug}/did.json`;
      reply.header('link', `<${publicUrl}${didPath}>; rel="describedby"; type="application/did+json"`);
      if (ending === 'json' || !prefersHtml(request.headers.accept)) {
        const content = JSON.stringify(publicProfile(issuer, did));
        return sendPublic(request, reply, { content, type: 'application/ld+json' });
      }
      const parent = issuer.parent_id === null ? undefined : await findIssuerById(db, issuer.parent_id);
      const speech = await readLanguage(request, reply);
      const profile = JSON.parse(issuer.profile) as JsonObject;
      const domain = new URL(publicUrl).host;
      const found = await listPublished(db, issuer.id, maximumListed + 1);
      const page = {
        slug,
        did,
        domain,
        profile,
        since: issuer.created_at,
        parent: parent === undefined ? null : named(parent),
        units: (await listChildren(db, issuer.id)).map(named),
        achievements: found.slice(0, maximumListed).map(({ id, document }) => {
          const achievement = JSON.parse(document) as JsonObject;
          return {
            path: `/achievements/${id}`,
            name: String(achievement.name),
            description: textOf(achievement.description) ?? '',
          };
        }),
        isCut: found.length > maximumListed,
        keys: await listKeys(db, issuer.id),
        trust: askTrustSources(
          trustSources,
          { id: did, name: textOf(profile.name), verifiedAs: { kind: 'domain', value: domain } },
          null,
          deps.now(),
        ),
        publicUrl,
        isTest: !isReal(publicUrl),
        isSample: issuer.sample,
        samplePath: issuer.sample && slug === recordIssuer ? await findSamplePath(db) : null,
      };
      return sendPublic(request, reply, {
        content: layout(issuerPage(page, speech)),
        type: 'text/html; charset=utf-8',
      });
    },
  );
}

async function findSamplePath(db: Database): Promise<string | null> {
  const record = await findSampleRecord(db);
  return record === undefined ? null : `/credentials/${record.id}`;
}

function publicProfile(issuer: IssuerRow, did: string): JsonObject {
  const { '@context': own, ...profile } = JSON.parse(issuer.profile) as JsonObject;
  return {
    '@context': listContexts(profile, own),
    ...profile,
    id: did,
    type: [...new Set(['Profile', ...toList(profile.type)])],
  };
}

const named = ({ slug, profile }: IssuerRow) => ({
  path: `/issuers/${slug}`,
  name: String((JSON.parse(profile) as JsonObject).name),
});
