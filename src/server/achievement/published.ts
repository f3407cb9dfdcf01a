import { listContexts } from '../../core/issue/list-contexts.ts';
import { type JsonObject, toList } from '../../core/json/json.ts';
import type { Executor } from '../database.ts';
import { addressOf } from './store.ts';

/** What was approved of an achievement: the newest version, or the one that is asked for. */
export function findPublished(db: Executor, id: string, version?: number) {
  let query = db
    .selectFrom('achievement_version')
    .innerJoin('achievement', 'achievement.id', 'achievement_version.achievement_id')
    .select(['achievement_id', 'issuer_id', 'version', 'document', 'evidence', 'changed_at', 'retired_at'])
    .where('achievement_id', '=', id)
    .where('state', '=', 'approved');
  if (version !== undefined) query = query.where('version', '=', version);
  return query.orderBy('version', 'desc').limit(1).executeTakeFirst();
}

/** The achievement with its id and the contexts of its terms (Open Badges 3.0), as it stands at its address. */
export function publicAchievement(
  { achievement_id, document }: { achievement_id: string; document: string },
  publicUrl: string,
): JsonObject {
  const { '@context': own, ...achievement } = JSON.parse(document) as JsonObject;
  return {
    '@context': listContexts(achievement, own),
    ...achievement,
    id: addressOf(publicUrl, achievement_id),
    type: [...new Set(['Achievement', ...toList(achievement.type)])],
  };
}

/** Approved achievements of an issuer that are still issued, with their newest approved version. */
export function listPublished(db: Executor, issuerId: string, limit: number) {
  return db
    .selectFrom('achievement')
    .innerJoin('achievement_version', 'achievement_version.achievement_id', 'achievement.id')
    .select(['achievement.id', 'document', 'evidence'])
    .where('issuer_id', '=', issuerId)
    .where('retired_at', 'is', null)
    .where('version', '=', ({ selectFrom }) =>
      selectFrom('achievement_version as other')
        .select(({ fn }) => fn.max<number>('other.version').as('newest'))
        .whereRef('other.achievement_id', '=', 'achievement.id')
        .where('other.state', '=', 'approved'),
    )
    .orderBy('created_at')
    .orderBy('achievement.id')
    .limit(limit)
    .execute();
}
