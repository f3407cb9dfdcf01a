import type { IssueDeps } from '../credential/issue.ts';
import { Runner } from '../runner.ts';
import { failNextRow, issueChunk, type SparePlaces } from './issue-chunk.ts';
import type { RosterRow } from './store.ts';

const chunkSize = 50;

/** Works on running rosters. `lanes`: chunks under way at a time; one for a database with one session. */
export function runRosters(deps: IssueDeps, options: { lanes: number; onError: (error: unknown) => void }): Runner {
  return new Runner((isClosing) => {
    const spare: SparePlaces = new Map();
    return async () => {
      const roster = await nextRoster(deps);
      if (roster === undefined) return 0;
      try {
        return await issueChunk(deps, roster, chunkSize, spare);
      } catch (error) {
        options.onError(error);
        return await oneByOne(roster, spare, isClosing);
      }
    };
  }, options);

  /** Something in a chunk breaks the work: row by row, the one that does is found and marked. */
  async function oneByOne(roster: RosterRow, spare: SparePlaces, isClosing: () => boolean): Promise<number> {
    let taken = 0;
    for (; taken < chunkSize && !isClosing(); taken++)
      try {
        if ((await issueChunk(deps, roster, 1, spare)) === 0) break;
      } catch (error) {
        options.onError(error);
        await failNextRow(deps, roster);
      }
    return taken;
  }
}

function nextRoster({ db }: IssueDeps): Promise<RosterRow | undefined> {
  return db
    .selectFrom('roster')
    .selectAll()
    .where('state', '=', 'running')
    .orderBy('created_at')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
}
