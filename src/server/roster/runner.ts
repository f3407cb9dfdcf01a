import type { IssueDeps } from '../credential/issue.ts';
import { failNextRow, issueChunk, type SparePlaces } from './issue-chunk.ts';
import type { RosterRow } from './store.ts';

const chunkSize = 50;
/** How long a process that has nothing to do waits before it looks again; it is told at once of its own rosters. */
const idle = 500;

/**
 * Works on running rosters until it is closed. Any number of processes do so side by side: the rows themselves are the queue,
 * since only what stands in the transaction of the credential is done exactly once.
 */
export class RosterRunner {
  private readonly deps: IssueDeps;
  private readonly onError: (error: unknown) => void;
  private readonly lanes: Promise<void>[];
  private closed = false;
  private wake: () => void = () => undefined;

  /** `lanes`: chunks under way at a time; one for a database with one session. */
  constructor(deps: IssueDeps, { lanes, onError }: { lanes: number; onError: (error: unknown) => void }) {
    this.deps = deps;
    this.onError = onError;
    this.lanes = Array.from({ length: lanes }, () => this.work());
  }

  /** There is something to do. */
  poke(): void {
    this.wake();
  }

  /** Ends after the chunks that are under way. */
  async close(): Promise<void> {
    this.closed = true;
    this.wake();
    await Promise.all(this.lanes);
  }

  private async work(): Promise<void> {
    const spare: SparePlaces = new Map();
    while (!this.closed) {
      const taken = await this.step(spare).catch((error: unknown) => {
        // The database may be gone for a while; the rows are still there.
        this.onError(error);
        return 0;
      });
      if (taken === 0 && !this.closed) await this.rest();
      // Requests come first.
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  private async step(spare: SparePlaces): Promise<number> {
    const roster = await this.nextRoster();
    if (roster === undefined) return 0;
    try {
      return await issueChunk(this.deps, roster, chunkSize, spare);
    } catch (error) {
      this.onError(error);
      return await this.oneByOne(roster, spare);
    }
  }

  /** Something in a chunk breaks the work: row by row, the one that does is found and marked. */
  private async oneByOne(roster: RosterRow, spare: SparePlaces): Promise<number> {
    let taken = 0;
    for (; taken < chunkSize && !this.closed; taken++)
      try {
        if ((await issueChunk(this.deps, roster, 1, spare)) === 0) break;
      } catch (error) {
        this.onError(error);
        await failNextRow(this.deps, roster);
      }
    return taken;
  }

  private nextRoster(): Promise<RosterRow | undefined> {
    return this.deps.db
      .selectFrom('roster')
      .selectAll()
      .where('state', '=', 'running')
      .orderBy('created_at')
      .orderBy('id')
      .limit(1)
      .executeTakeFirst();
  }

  private rest(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, idle);
      const before = this.wake;
      this.wake = () => {
        clearTimeout(timer);
        resolve();
        before();
      };
    });
  }
}
