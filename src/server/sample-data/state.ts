import type { Database, Executor } from '../database.ts';

/** How the sample data of this instance stand; kept as a setting. */
export interface SampleState {
  state: 'making' | 'ready' | 'removing' | 'failed';
  /** Of the credentials. */
  done: number;
  total: number;
  /** When whoever makes or removes them was last heard of, in milliseconds. */
  heard: number;
  /** The person who asked. */
  by: string;
}

const name = 'sample-data';
/** In milliseconds; longer than any step takes. */
const givenUpAfter = 20_000;

export async function findState(db: Executor): Promise<SampleState | null> {
  const found = await db.selectFrom('setting').select('value').where('name', '=', name).executeTakeFirst();
  return found === undefined ? null : (JSON.parse(found.value) as SampleState);
}

/** Is somebody at work? A process that ended is heard of no more. */
export const isAtWork = (state: SampleState | null, now: Date) =>
  (state?.state === 'making' || state?.state === 'removing') && now.getTime() - state.heard < givenUpAfter;

/** Go from one state to the next, unless somebody else did: then false. Null: there are none. */
export async function changeState(
  db: Database,
  before: SampleState | null,
  after: SampleState | null,
): Promise<boolean> {
  if (before === null) {
    if (after === null) return true;
    const begun = await db
      .insertInto('setting')
      .values({ name, value: JSON.stringify(after) })
      .onConflict((conflict) => conflict.column('name').doNothing())
      .returning('name')
      .executeTakeFirst();
    return begun !== undefined;
  }
  const value = JSON.stringify(before);
  const changed =
    after === null
      ? await db.deleteFrom('setting').where('name', '=', name).where('value', '=', value).returning('name').execute()
      : await db
          .updateTable('setting')
          .set({ value: JSON.stringify(after) })
          .where('name', '=', name)
          .where('value', '=', value)
          .returning('name')
          .execute();
  return changed.length > 0;
}
