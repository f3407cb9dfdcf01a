import { type Selectable, sql } from 'kysely';
import type { Executor, Tables } from '../database.ts';
import { isBehind, type Place } from '../paging.ts';

export type AchievementVersionRow = Selectable<Tables['achievement_version']>;
export type AchievementRow = Selectable<Tables['achievement']>;

/** The address of an achievement, which is its id in credentials and in what others say of it. */
export const addressOf = (publicUrl: string, id: string) => `${publicUrl}/achievements/${id}`;

/** An issuer's own achievement; another issuer's is not there. */
export function findAchievement(db: Executor, issuerId: string, id: string): Promise<AchievementRow | undefined> {
  return db
    .selectFrom('achievement')
    .selectAll()
    .where('issuer_id', '=', issuerId)
    .where('id', '=', id)
    .executeTakeFirst();
}

export function listVersions(db: Executor, achievementId: string): Promise<AchievementVersionRow[]> {
  return db
    .selectFrom('achievement_version')
    .selectAll()
    .where('achievement_id', '=', achievementId)
    .orderBy('version')
    .execute();
}

export function findVersion(
  db: Executor,
  achievementId: string,
  version: number,
): Promise<AchievementVersionRow | undefined> {
  return db
    .selectFrom('achievement_version')
    .selectAll()
    .where('achievement_id', '=', achievementId)
    .where('version', '=', version)
    .executeTakeFirst();
}

/** The newest version, in any of these states. */
export function findLatestVersion(
  db: Executor,
  achievementId: string,
  states: readonly AchievementVersionRow['state'][] = ['draft', 'review', 'approved'],
): Promise<AchievementVersionRow | undefined> {
  return db
    .selectFrom('achievement_version')
    .selectAll()
    .where('achievement_id', '=', achievementId)
    .where('state', 'in', states)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
}

export interface AchievementFilter {
  state?: AchievementVersionRow['state'] | 'retired' | undefined;
  /** Stands somewhere in the name. */
  text?: string | undefined;
}

/** With the newest version of each; those that were made last come first. */
export function listAchievements(
  db: Executor,
  issuerId: string,
  { state, text = '' }: AchievementFilter,
  place: Place | null,
  limit: number,
) {
  const pattern = `%${text.replace(/[\\%_]/g, '\\$&')}%`;
  return db
    .selectFrom('achievement')
    .innerJoin('achievement_version', 'achievement_version.achievement_id', 'achievement.id')
    .select(['achievement.id', 'created_at', 'retired_at', 'version', 'state', 'document', 'evidence', 'changed_at'])
    .where('issuer_id', '=', issuerId)
    .where('version', '=', ({ selectFrom }) =>
      selectFrom('achievement_version as other')
        .select(({ fn }) => fn.max<number>('other.version').as('newest'))
        .whereRef('other.achievement_id', '=', 'achievement.id'),
    )
    .$if(place !== null, (query) => query.where(isBehind('created_at', place as Place)))
    .$if(state === 'retired', (query) => query.where('retired_at', 'is not', null))
    .$if(state !== undefined && state !== 'retired', (query) =>
      query.where('retired_at', 'is', null).where('state', '=', state as AchievementVersionRow['state']),
    )
    .$if(text !== '', (query) => query.where(sql<boolean>`document::jsonb ->> 'name' ilike ${pattern}`))
    .orderBy('created_at', 'desc')
    .orderBy('achievement.id', 'desc')
    .limit(limit)
    .execute();
}

/** What achievements are called in these versions, by `id version`. */
export async function nameVersions(
  db: Executor,
  of: readonly { achievement_id: string | null }[],
): Promise<Map<string, string>> {
  const ids = [...new Set(of.map(({ achievement_id }) => achievement_id).filter((id) => id !== null))];
  if (ids.length === 0) return new Map();
  const found = await db
    .selectFrom('achievement_version')
    .select(['achievement_id', 'version', 'document'])
    .where('achievement_id', 'in', ids)
    .execute();
  return new Map(
    found.map(({ achievement_id, version, document }) => [
      `${achievement_id} ${version}`,
      String((JSON.parse(document) as { name?: string }).name ?? ''),
    ]),
  );
}
