/** How long a process that has nothing to do waits before it looks again; it is told at once of its own work. */
const idle = 500;

/**
 * Takes step after step until it is closed. Any number of processes do so side by side: the rows of the database are the
 * queue, since only what stands in the transaction of the work itself is done exactly once.
 */
export class Runner {
  private readonly lanes: Promise<void>[];
  private readonly onError: (error: unknown) => void;
  private closing = false;
  private wake: () => void = () => undefined;

  /** `lanes`: steps under way at a time, each lane with a step of its own; a step gives how much it did. */
  constructor(
    makeStep: (isClosing: () => boolean) => () => Promise<number>,
    { lanes, onError }: { lanes: number; onError: (error: unknown) => void },
  ) {
    this.onError = onError;
    this.lanes = Array.from({ length: lanes }, () => this.work(makeStep(() => this.closing)));
  }

  /** There is something to do. */
  poke(): void {
    this.wake();
  }

  /** Ends after the steps that are under way. */
  async close(): Promise<void> {
    this.closing = true;
    this.wake();
    await Promise.all(this.lanes);
  }

  private async work(step: () => Promise<number>): Promise<void> {
    while (!this.closing) {
      const taken = await step().catch((error: unknown) => {
        // The database may be gone for a while; the rows are still there.
        this.onError(error);
        return 0;
      });
      if (taken === 0 && !this.closing) await this.rest();
      // Requests come first.
      await new Promise((resolve) => setImmediate(resolve));
    }
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

/** A job whose rows are the queue. `take` gives how many rows it took, 0 when none waits. */
export interface ChunkedWork {
  size: number;
  take(size: number): Promise<number>;
  /** Mark the row on which `take` of one broke as one that cannot be done. */
  failNext(): Promise<void>;
}

/** Work on the next chunk; where something in it breaks the work, row by row, so that the one that does is found and marked. */
export async function workOnChunk(
  { size, take, failNext }: ChunkedWork,
  isClosing: () => boolean,
  onError: (error: unknown) => void,
): Promise<number> {
  try {
    return await take(size);
  } catch (error) {
    onError(error);
  }
  let taken = 0;
  for (; taken < size && !isClosing(); taken++)
    try {
      if ((await take(1)) === 0) break;
    } catch (error) {
      onError(error);
      await failNext();
    }
  return taken;
}
