import type { Selectable } from 'kysely';
import type { Executor, Tables } from '../database.ts';

export type AchievementVersionRow = Selectable<Tables['achievement_version']>;
export type AchievementRow = Selectable<Tables['achievement']>;

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

/** With the newest version of each. */
export function listAchievements(db: Executor, issuerId: string, after: string, limit: number) {
  return db
    .selectFrom('achievement')
    .innerJoin('achievement_version', 'achievement_version.achievement_id', 'achievement.id')
    .select(['achievement.id', 'created_at', 'retired_at', 'version', 'state', 'document', 'changed_at'])
    .where('issuer_id', '=', issuerId)
    .where('achievement.id', '>', after)
    .where('version', '=', ({ selectFrom }) =>
      selectFrom('achievement_version as other')
        .select(({ fn }) => fn.max<number>('other.version').as('newest'))
        .whereRef('other.achievement_id', '=', 'achievement.id'),
    )
    .orderBy('achievement.id')
    .limit(limit)
    .execute();
}
