import { randomUUID } from 'node:crypto';
import type { Selectable } from 'kysely';
import { z } from 'zod';
import { fromPointer } from '../../core/json/pointer.ts';
import { findTitles } from '../access/find-titles.ts';
import type { DatabaseTransaction, Executor, Tables } from '../database.ts';

/** What an approver asks to be changed; `pointer`: where in the achievement, also of what is not there yet. */
export const newComment = z.strictObject({
  pointer: z
    .string()
    .max(500)
    .refine((pointer) => fromPointer(pointer) !== undefined, { error: 'a JSON Pointer (RFC 6901)' })
    .nullable()
    .default(null),
  text: z.string().trim().min(1).max(2000),
});
export const newComments = z.array(newComment).max(100);
export type NewComment = z.infer<typeof newComment>;

type CommentRow = Selectable<Tables['achievement_comment']>;

export async function insertComments(
  trx: DatabaseTransaction,
  { achievementId, version, actor }: { achievementId: string; version: number; actor: string },
  comments: readonly NewComment[],
  now: Date,
): Promise<void> {
  if (comments.length === 0) return;
  const rows = comments.map(({ pointer, text }, index) => ({
    id: randomUUID(),
    achievement_id: achievementId,
    version,
    number: index + 1,
    pointer,
    text,
    made_by: actor,
    made_at: now,
    resolved_at: null,
  }));
  await trx.insertInto('achievement_comment').values(rows).execute();
}

/** Whoever sends a version to review again has seen to what was asked. */
export async function resolveComments(
  trx: DatabaseTransaction,
  achievementId: string,
  version: number,
  now: Date,
): Promise<void> {
  await trx
    .updateTable('achievement_comment')
    .set({ resolved_at: now })
    .where('achievement_id', '=', achievementId)
    .where('version', '=', version)
    .where('resolved_at', 'is', null)
    .execute();
}

/** The comments on all versions of an achievement, by version, oldest first. */
export async function listComments(db: Executor, achievementId: string) {
  const rows = await db
    .selectFrom('achievement_comment')
    .selectAll()
    .where('achievement_id', '=', achievementId)
    .orderBy('version')
    .orderBy('made_at')
    .orderBy('number')
    .orderBy('id')
    .execute();
  const titles = await findTitles(db, [...new Set(rows.map(({ made_by }) => made_by))]);
  const shown = ({ id, pointer, text, made_by, made_at, resolved_at }: CommentRow) => ({
    id,
    pointer,
    text,
    by: titles.get(made_by) ?? null,
    at: made_at,
    resolvedAt: resolved_at,
  });
  return (version: number) => rows.filter((row) => row.version === version).map(shown);
}
