import type { Database } from '../database.ts';
import { type RosterLine, waitingLines } from './store.ts';

/** Which rows a process works on that has the database to itself: nobody else needs to be told, and no lock holds its one session. */
export class LinesInHand {
  private readonly held = new Map<string, Set<number>>();
  private turn: Promise<unknown> = Promise.resolve();

  /** The next rows that wait and that nobody has; one after the other, so that no two lanes take the same. */
  take(db: Database, rosterId: string, size: number): Promise<RosterLine[]> {
    const taken = this.turn.then(() => this.takeNext(db, rosterId, size));
    this.turn = taken.catch(() => undefined);
    return taken;
  }

  release(rosterId: string, lines: readonly RosterLine[]): void {
    const held = this.held.get(rosterId);
    for (const { line } of lines) held?.delete(line);
    if (held?.size === 0) this.held.delete(rosterId);
  }

  private async takeNext(db: Database, rosterId: string, size: number): Promise<RosterLine[]> {
    const others = [...(this.held.get(rosterId) ?? [])];
    const waiting = waitingLines(db, rosterId, size);
    const lines = await (others.length === 0 ? waiting : waiting.where('line', 'not in', others)).execute();
    const held = this.held.get(rosterId) ?? new Set();
    for (const { line } of lines) held.add(line);
    if (held.size > 0) this.held.set(rosterId, held);
    return lines;
  }
}
