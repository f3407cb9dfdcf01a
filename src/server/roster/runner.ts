import type { IssueDeps } from '../credential/issue.ts';
import { Runner, workOnChunk } from '../runner.ts';
import { failNextRow, issueChunk, type SparePlaces } from './issue-chunk.ts';
import type { RosterRow } from './store.ts';

/** A transaction costs as much as twenty credentials; while it lasts, others wait for the session of the embedded database. */
const chunkSizes = { embedded: 50, postgres: 100 };

/** Works on running rosters. `lanes`: chunks under way at a time; one for a database with one session. */
export function runRosters(deps: IssueDeps, options: { lanes: number; onError: (error: unknown) => void }): Runner {
  return new Runner((isClosing) => {
    const spare: SparePlaces = new Map();
    return async () => {
      const roster = await nextRoster(deps);
      if (roster === undefined) return 0;
      const work = {
        size: options.lanes === 1 ? chunkSizes.embedded : chunkSizes.postgres,
        take: (size: number) => issueChunk(deps, roster, size, spare),
        failNext: () => failNextRow(deps, roster),
      };
      return await workOnChunk(work, isClosing, options.onError);
    };
  }, options);
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
