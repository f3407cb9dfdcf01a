import type { Executor } from '../database.ts';

/**
 * What people call those whom the audit log names, `user …` and `api-key …`; the log itself holds no names. Who is gone has
 * none.
 */
export async function nameActors(db: Executor, actors: Iterable<string>): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  for (const [kind, table] of [
    ['user', 'user'],
    ['api-key', 'api_key'],
  ] as const) {
    const ids = [...new Set(actors)]
      .filter((actor) => actor.startsWith(`${kind} `))
      .map((actor) => actor.slice(kind.length + 1));
    if (ids.length === 0) continue;
    const found = await db.selectFrom(table).select(['id', 'name']).where('id', 'in', ids).execute();
    for (const { id, name } of found) names.set(`${kind} ${id}`, name);
  }
  return names;
}
