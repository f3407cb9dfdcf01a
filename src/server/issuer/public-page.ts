import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { listContexts } from '../../core/issue/list-contexts.ts';
import { type JsonObject, toList } from '../../core/json/json.ts';
import { listPublished } from '../achievement/published.ts';
import type { IssuingDeps } from '../issuing.ts';
import { prefersHtml } from '../page/accept.ts';
import { layout } from '../page/layout.ts';
import { sendPublic } from '../page/public-document.ts';
import { ApiError } from '../problem.ts';
import { isReal } from '../public-url.ts';
import { typed } from '../typed.ts';
import { didOf } from './did.ts';
import { issuerPage } from './issuer-page.ts';
import { findIssuer, findIssuerById, type IssuerRow, listChildren, listKeys } from './store.ts';

const maximumListed = 500;

/** An issuer's profile as JSON-LD, as credentials carry it, or as a page. */
export function publicIssuerRoutes(app: FastifyInstance, { db, publicUrl }: IssuingDeps): void {
  typed(app).get(
    '/issuers/:slug',
    { schema: { params: z.object({ slug: z.string().max(100) }) } },
    async (request, reply) => {
      const issuer = await findIssuer(db, request.params.slug);
      if (issuer === undefined) throw new ApiError('not-found', 'There is nothing at this address.');
      const did = didOf(publicUrl, issuer.slug);
      const didPath = `/issuers/${issuer.slug}/did.json`;
      reply.header('link', `<${publicUrl}${didPath}>; rel="describedby"; type="application/did+json"`);
      if (!prefersHtml(request.headers.accept)) {
        const content = JSON.stringify(publicProfile(issuer, did));
        return sendPublic(request, reply, { content, type: 'application/ld+json' });
      }
      const parent = issuer.parent_id === null ? undefined : await findIssuerById(db, issuer.parent_id);
      const page = issuerPage({
        did,
        didPath,
        profile: JSON.parse(issuer.profile) as JsonObject,
        parent: parent === undefined ? null : named(parent),
        units: (await listChildren(db, issuer.id)).map(named),
        achievements: (await listPublished(db, issuer.id, maximumListed)).map(({ id, document }) => ({
          path: `/achievements/${id}`,
          name: String((JSON.parse(document) as JsonObject).name),
        })),
        keys: await listKeys(db, issuer.id),
        publicUrl,
        isTest: !isReal(publicUrl),
      });
      return sendPublic(request, reply, { content: layout(page), type: 'text/html; charset=utf-8' });
    },
  );
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
