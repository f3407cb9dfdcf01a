import type { FastifyInstance, FastifyRequest } from 'fastify';
import { sql } from 'kysely';
import { diffJson } from '../../core/json/diff-json.ts';
import type { JsonObject } from '../../core/json/json.ts';
import { findApiKey } from '../access/api-keys.ts';
import { requireUser } from '../access/authorize.ts';
import { findTitles } from '../access/find-titles.ts';
import { scopesOf } from '../access/roles.ts';
import type { Database } from '../database.ts';
import { listDescendants } from '../issuer/store.ts';
import type { IssuingDeps } from '../issuing.ts';
import { nextPlace, type Place, page, readPlace } from '../paging.ts';
import { listMemberships } from '../people/members.ts';
import { ApiError } from '../problem.ts';
import { typed } from '../typed.ts';
import { findLatestVersion } from './store.ts';

/** What waits to be approved, wherever who asks may do that. */
export function reviewRoutes(app: FastifyInstance, deps: IssuingDeps): void {
  const { db } = deps;

  /** Ids of the issuers in which who asks may approve. */
  async function issuersToApproveIn(request: FastifyRequest): Promise<string[]> {
    const { authorization } = request.headers;
    if (authorization === undefined) {
      const { id } = await requireUser(deps, request);
      const memberships = await listMemberships(db, id);
      return memberships
        .filter(({ roles }) => roles.some((role) => scopesOf[role].includes('approve')))
        .map((membership) => membership.id);
    }
    const key = await findApiKey(db, authorization);
    if (key === undefined) throw new ApiError('not-signed-in', 'This is no API key that is in use.');
    if (!key.scopes.split(' ').includes('approve')) return [];
    return (await listDescendants(db, key.issuer_id)).map(({ id }) => id);
  }

  typed(app).get(
    '/api/reviews',
    {
      schema: {
        summary: 'Versions in review wherever you may approve, the one that waits longest first',
        querystring: page,
      },
    },
    async (request) => {
      const issuers = await issuersToApproveIn(request);
      const { after, limit } = request.query;
      const found = issuers.length === 0 ? [] : await listInReview(db, issuers, readPlace(after), limit);
      const titles = await findTitles(db, [...new Set(found.map(({ changed_by }) => changed_by))]);
      const items = await Promise.all(
        found.map(async (row) => {
          const document = JSON.parse(row.document) as JsonObject;
          const approved = await findLatestVersion(db, row.id, ['approved']);
          return {
            issuer: row.slug,
            id: row.id,
            version: row.version,
            name: document.name,
            submittedAt: row.changed_at,
            submittedBy: titles.get(row.changed_by) ?? null,
            /** Against the approved version; null when there is none yet. */
            changes:
              approved === undefined ? null : countChanges(JSON.parse(approved.document) as JsonObject, document),
            evidenceChanged: approved !== undefined && approved.evidence !== row.evidence,
          };
        }),
      );
      return { items, next: nextPlace(found, limit, ({ changed_at, id }) => ({ at: changed_at, id })) };
    },
  );
}

function countChanges(before: JsonObject, after: JsonObject) {
  const counts = { added: 0, removed: 0, changed: 0, reordered: 0 };
  for (const { change } of diffJson(before, after)) counts[change]++;
  return counts;
}

function listInReview(db: Database, issuerIds: readonly string[], after: Place | null, limit: number) {
  let query = db
    .selectFrom('achievement_version')
    .innerJoin('achievement', 'achievement.id', 'achievement_version.achievement_id')
    .innerJoin('issuer', 'issuer.id', 'achievement.issuer_id')
    .select(['achievement.id', 'issuer.slug', 'version', 'document', 'evidence', 'changed_at', 'changed_by'])
    .where('achievement_version.state', '=', 'review')
    .where('achievement.retired_at', 'is', null)
    .where('achievement.issuer_id', 'in', issuerIds);
  if (after !== null)
    query = query.where(sql<boolean>`(changed_at, achievement.id) > (${after.at}::timestamptz, ${after.id}::text)`);
  return query.orderBy('changed_at').orderBy('achievement.id').limit(limit).execute();
}
