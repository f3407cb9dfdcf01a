import type { Executor } from '../database.ts';

/** How people know those whom the log names: the name of a person or an API key; who is gone has none. */
export async function findTitles(db: Executor, actors: readonly string[]): Promise<Map<string, string>> {
  const titles = new Map<string, string>();
  for (const [kind, table] of [
    ['user ', 'user'],
    ['api-key ', 'api_key'],
  ] as const) {
    const ids = actors.filter((actor) => actor.startsWith(kind)).map((actor) => actor.slice(kind.length));
    if (ids.length === 0) continue;
    const found = await db.selectFrom(table).select(['id', 'name']).where('id', 'in', ids).execute();
    for (const { id, name } of found) titles.set(kind + id, name);
  }
  return titles;
}
