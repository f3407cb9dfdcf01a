import { sql } from 'kysely';
import { z } from 'zod';
import type { Database } from '../database.ts';
import { nameActors } from '../people/name-actors.ts';
import type { Tables } from '../tables.ts';

const moment = z.iso.datetime({ offset: true });

export const auditQuery = z.object({
  /** The number of the last entry of the page before. */
  after: z.coerce.number().int().min(0).optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  order: z.enum(['oldest', 'newest']).default('oldest'),
  /** What stands before the point of an action, as `key` in `key.make`. */
  kind: z
    .string()
    .regex(/^[a-z-]{1,40}$/)
    .optional(),
  actor: z.string().max(100).optional(),
  subject: z.string().max(200).optional(),
  from: moment.optional(),
  until: moment.optional(),
});

export interface AuditPage {
  items: (Tables['audit_entry'] & {
    /** What people call them, where they still are. */
    actorName: string | null;
    subjectName: string | null;
  })[];
  next: number | null;
}

/** Entries of a chain, in order or the newest first. */
export async function listEntries(
  db: Database,
  chain: string,
  { after, limit, order, kind, actor, subject, from, until }: z.infer<typeof auditQuery>,
): Promise<AuditPage> {
  const newest = order === 'newest';
  let query = db.selectFrom('audit_entry').selectAll().where('chain', '=', chain);
  if (after !== undefined) query = query.where('number', newest ? '<' : '>', after);
  if (kind !== undefined) query = query.where(sql<boolean>`starts_with(action, ${`${kind}.`}::text)`);
  if (actor !== undefined) query = query.where('actor', '=', actor);
  if (subject !== undefined) query = query.where('subject', '=', subject);
  if (from !== undefined) query = query.where('at', '>=', new Date(from));
  if (until !== undefined) query = query.where('at', '<', new Date(until));
  const entries = await query
    .orderBy('number', newest ? 'desc' : 'asc')
    .limit(limit)
    .execute();
  const names = await nameActors(
    db,
    entries.flatMap(({ actor, subject }) => [actor, subject]),
  );
  return {
    items: entries.map((entry) => ({
      ...entry,
      actorName: names.get(entry.actor) ?? null,
      subjectName: names.get(entry.subject) ?? null,
    })),
    next: entries.length === limit ? (entries.at(-1)?.number ?? null) : null,
  };
}
