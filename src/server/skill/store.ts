import { type Selectable, sql } from 'kysely';
import type { Executor, Tables } from '../database.ts';
import type { IssuerRow } from '../issuer/store.ts';
import { listAncestors } from '../issuer/store.ts';
import { wordsOf } from '../words-of.ts';

export type FrameworkRow = Selectable<Tables['skill_framework']>;

/** Frameworks that authors of an issuer may use: its own and those of all above it. */
export async function listFrameworks(db: Executor, issuer: IssuerRow): Promise<(FrameworkRow & { slug: string })[]> {
  return await db
    .selectFrom('skill_framework')
    .innerJoin('issuer', 'issuer.id', 'skill_framework.issuer_id')
    .selectAll('skill_framework')
    .select('issuer.slug')
    .where('issuer_id', 'in', await listAncestors(db, issuer))
    .where('state', '=', 'ready')
    .orderBy('skill_framework.name')
    .orderBy('skill_framework.id')
    .execute();
}

/** An issuer's own framework; another issuer's is not there. */
export function findFramework(db: Executor, issuerId: string, id: string): Promise<FrameworkRow | undefined> {
  return db
    .selectFrom('skill_framework')
    .selectAll()
    .where('issuer_id', '=', issuerId)
    .where('id', '=', id)
    .where('state', '=', 'ready')
    .executeTakeFirst();
}

export type ItemRow = Selectable<Tables['skill_item']>;

export interface SkillSearch {
  frameworks: readonly string[];
  words: string;
  /** The last one of the page before. */
  after: { framework: string; number: number } | null;
  limit: number;
}

/** Skills of some frameworks in which every word begins a word; in the order of their files. */
export async function searchItems(db: Executor, { frameworks, words, after, limit }: SkillSearch): Promise<ItemRow[]> {
  const wanted = wordsOf(words).slice(0, 10);
  if (wanted.length > 0) return await findByWords(db, wanted, { frameworks, after, limit });
  // One after the other, as the index has them: nothing is sorted.
  const found: ItemRow[] = [];
  for (const framework of [...frameworks].sort()) {
    if (found.length >= limit) break;
    if (after !== null && framework < after.framework) continue;
    const from = framework === after?.framework ? after.number : 0;
    const items = db.selectFrom('skill_item').selectAll().where('framework_id', '=', framework);
    found.push(
      ...(await items
        .where('number', '>', from)
        .orderBy('number')
        .limit(limit - found.length)
        .execute()),
    );
  }
  return found;
}

async function findByWords(
  db: Executor,
  wanted: readonly string[],
  { frameworks, after, limit }: Omit<SkillSearch, 'words'>,
): Promise<ItemRow[]> {
  // Letters and digits alone: nothing in them means anything to the query language.
  const prefixes = wanted.map((word) => `'${word}':*`).join(' & ');
  const begin = after ?? { framework: '', number: 0 };
  // By the index of words, which a database that knows nothing of its rows would not choose beside another.
  const { rows } = await sql<ItemRow>`with found as materialized (
      select framework_id collate "C" as framework_id, number from skill_item
      where array_to_tsvector(string_to_array(words, ' ')) @@ ${prefixes}::tsquery
    ), page as (
      select * from found where framework_id = any(${[...frameworks]}::text[])
        and (framework_id, number) > (${begin.framework}::text, ${begin.number}::integer)
      order by framework_id, number limit ${limit}
    )
    select skill_item.* from page join skill_item using (framework_id, number)
    order by framework_id collate "C", number`.execute(db);
  return rows;
}

/** The items above some, by framework and number. */
export async function findAbove(
  db: Executor,
  items: readonly ItemRow[],
): Promise<(item: ItemRow) => ItemRow | undefined> {
  const found = new Map<string, ItemRow>();
  for (const framework of new Set(items.map(({ framework_id }) => framework_id))) {
    const numbers = items.flatMap(({ framework_id, parent }) => (framework_id === framework && parent ? [parent] : []));
    if (numbers.length === 0) continue;
    const query = db.selectFrom('skill_item').selectAll().where('framework_id', '=', framework);
    for (const row of await query.where('number', 'in', numbers).execute())
      found.set(`${framework} ${row.number}`, row);
  }
  return ({ framework_id, parent }) => found.get(`${framework_id} ${parent}`);
}
