import type { IssuingDeps } from '../issuing.ts';
import { Runner, workOnChunk } from '../runner.ts';
import { failLines, issueChunk, type Lane } from './issue-chunk.ts';
import { LinesInHand } from './lines-in-hand.ts';
import type { RosterRow } from './store.ts';

/** A transaction costs as much as twenty credentials; while it lasts, others wait for the session of the embedded database. */
const chunkSizes = { embedded: 50, postgres: 100 };
/** Chunks under way at a time: while one is signed, another is kept. */
const lanes = 2;

type RosterDeps = Pick<IssuingDeps, 'db' | 'masterKey' | 'publicUrl' | 'now' | 'sessions' | 'signing'>;

/** Works on running rosters. */
export function runRosters(deps: RosterDeps, onError: (error: unknown) => void): Runner {
  // A database with one session is a database with one process.
  const isAlone = deps.sessions === 1;
  const inHand = isAlone ? new LinesInHand() : null;
  return new Runner(
    (isClosing) => {
      const lane: Lane = { deps, inHand, spare: new Map(), lines: [] };
      return async () => {
        const roster = await nextRoster(deps);
        if (roster === undefined) return 0;
        const work = {
          size: isAlone ? chunkSizes.embedded : chunkSizes.postgres,
          take: (size: number) => issueChunk(lane, roster, size),
          failNext: () => failLines(lane, roster),
        };
        return await workOnChunk(work, isClosing, onError);
      };
    },
    { lanes, onError },
  );
}

function nextRoster({ db }: RosterDeps): Promise<RosterRow | undefined> {
  return db
    .selectFrom('roster')
    .selectAll()
    .where('state', '=', 'running')
    .orderBy('created_at')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
}
