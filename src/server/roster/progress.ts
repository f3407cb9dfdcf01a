import { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { ApiError, phrase } from '../problem.ts';

/** In milliseconds: how often progress is looked up, and how often whether who listens still may. */
const every = { look: 500, ask: 15_000 };
/** At a time, of one person or API key. */
const mostStreams = 10;

interface Listened {
  /** How it stands, and whether more will come. */
  look(): Promise<{ state: object; more: boolean }>;
  /** Throws when who listens no longer may. */
  authorize(): Promise<unknown>;
}

/** Live progress, as server-sent events. */
export class ProgressStreams {
  private readonly open = new Map<string, number>();
  private readonly now: () => Date;
  private closing = false;

  constructor(now: () => Date) {
    this.now = now;
  }

  /** `actor`: who listens; the right to begin was looked at before. */
  listen(actor: string, listened: Listened): Readable {
    const streams = this.open.get(actor) ?? 0;
    if (streams >= mostStreams)
      throw new ApiError(
        'too-many-requests',
        phrase`You listen ${mostStreams} times already. Close one of these pages.`,
      );
    this.open.set(actor, streams + 1);
    const stream = Readable.from(this.events(listened));
    // Also when whoever asked was gone before the first event.
    stream.once('close', () => this.forget(actor));
    return stream;
  }

  /** All end with their next look. */
  close(): void {
    this.closing = true;
  }

  private forget(actor: string): void {
    const left = (this.open.get(actor) ?? 1) - 1;
    if (left === 0) this.open.delete(actor);
    else this.open.set(actor, left);
  }

  private async *events({ look, authorize }: Listened) {
    let asked = this.now().getTime();
    for (let before = ''; !this.closing; ) {
      if (this.now().getTime() - asked >= every.ask) {
        if (!(await isStillAllowed(authorize))) return;
        asked = this.now().getTime();
      }
      const { state, more } = await look();
      const told = JSON.stringify(state);
      // A comment keeps the connection open.
      yield told === before ? ': still here\n\n' : `event: progress\ndata: ${told}\n\n`;
      before = told;
      if (!more) return;
      await wait(every.look);
    }
  }
}

async function isStillAllowed(authorize: () => Promise<unknown>): Promise<boolean> {
  try {
    await authorize();
    return true;
  } catch (error) {
    if (error instanceof ApiError) return false;
    throw error;
  }
}
