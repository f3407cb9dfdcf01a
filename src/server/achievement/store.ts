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

export function listAchievements(
  db: Executor,
  issuerId: string,
  after: string,
  limit: number,
): Promise<AchievementRow[]> {
  return db
    .selectFrom('achievement')
    .selectAll()
    .where('issuer_id', '=', issuerId)
    .where('id', '>', after)
    .orderBy('id')
    .limit(limit)
    .execute();
}
