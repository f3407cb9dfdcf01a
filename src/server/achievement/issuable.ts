import type { FastifyInstance } from 'fastify';
import type { JsonObject } from '../../core/json/json.ts';
import { authorize } from '../access/authorize.ts';
import type { Database } from '../database.ts';
import type { IssuingDeps } from '../issuing.ts';
import { inIssuer, typed } from '../typed.ts';

export interface Issuable {
  id: string;
  name: string;
  /** The newest approved one, which is what is issued. */
  version: number;
}

const mostListed = 5000;

/** What somebody can choose from who is about to issue. */
export function issuableRoutes(app: FastifyInstance, deps: IssuingDeps): void {
  typed(app).get(
    '/api/issuers/:slug/issuable',
    { schema: { summary: 'Achievements that can be issued now, by name', params: inIssuer } },
    async (request): Promise<{ items: Issuable[] }> => {
      const { issuer } = await authorize(deps, request, request.params.slug, 'read');
      const found = await listIssuable(deps.db, issuer.id);
      const items = found.map(({ id, version, document }) => ({
        id,
        version,
        name: String((JSON.parse(document) as JsonObject).name),
      }));
      return { items: items.sort((a, b) => a.name.localeCompare(b.name)) };
    },
  );
}

function listIssuable(db: Database, issuerId: string) {
  return db
    .selectFrom('achievement')
    .innerJoin('achievement_version as v', 'v.achievement_id', 'achievement.id')
    .select(['achievement.id', 'v.version', 'v.document'])
    .where('issuer_id', '=', issuerId)
    .where('retired_at', 'is', null)
    .where('v.version', '=', ({ selectFrom }) =>
      selectFrom('achievement_version as other')
        .select(({ fn }) => fn.max<number>('other.version').as('newest'))
        .whereRef('other.achievement_id', '=', 'achievement.id')
        .where('other.state', '=', 'approved'),
    )
    .limit(mostListed)
    .execute();
}
