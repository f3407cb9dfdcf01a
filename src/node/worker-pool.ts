import { Piscina } from 'piscina';

export interface WorkerPoolOptions {
  /** A module whose default export is a function from a list of tasks to the list of their results. */
  module: URL;
  /** What every worker gets as `workerData`, copied; it never goes through a file or the environment. */
  data?: unknown;
  /** How many threads. */
  workers: number;
  /** Tasks that go to a worker at a time. Default 16. */
  batch?: number;
}

/** What came of one item. `lost`: its worker ended on it twice; `error` is how. */
export type Outcome<R> = { lost: false; result: R } | { lost: true; error: unknown };

interface Batch<Item, R> {
  items: Item[];
  outcomes: Promise<Outcome<R>[]>;
}

/**
 * Threads that work through lists of any length. Piscina starts, feeds and replaces them; what is ours is the order, the bound
 * on what is under way, and that a worker that ends takes no item with it.
 */
export class WorkerPool<Task, R> {
  private readonly pool: Piscina<Task[], R[]>;
  private readonly workers: number;
  private readonly batch: number;

  constructor({ module, data, workers, batch = 16 }: WorkerPoolOptions) {
    this.workers = workers;
    this.batch = batch;
    this.pool = new Piscina({
      filename: module.href,
      workerData: data,
      minThreads: workers,
      maxThreads: workers,
    });
    // A worker that ends with nothing in hand is replaced; there is nothing else to do about it.
    this.pool.on('error', () => undefined);
  }

  /**
   * Work on each item, and yield them with their outcomes in the order of the items. Items are read only as fast as they
   * are worked on: two batches for each worker are under way, and no more. Ending the loop early, or aborting, stops the
   * work. Throws the signal's reason when it aborts.
   */
  async *map<Item>(
    items: AsyncIterable<Item> | Iterable<Item>,
    taskOf: (item: Item) => Task,
    { signal }: { signal?: AbortSignal } = {},
  ): AsyncGenerator<{ item: Item; outcome: Outcome<R> }> {
    const stop = new AbortController();
    const either = signal === undefined ? stop.signal : AbortSignal.any([stop.signal, signal]);
    const underway: Batch<Item, R>[] = [];
    try {
      for await (const batch of inBatches(items, this.batch)) {
        signal?.throwIfAborted();
        const outcomes = this.run(batch.map(taskOf), either);
        // It is awaited in its turn; until then nobody listens.
        outcomes.catch(() => undefined);
        underway.push({ items: batch, outcomes });
        if (underway.length >= 2 * this.workers) yield* settle(underway.shift() as Batch<Item, R>);
      }
      while (underway.length > 0) yield* settle(underway.shift() as Batch<Item, R>);
    } catch (error) {
      signal?.throwIfAborted();
      throw error;
    } finally {
      stop.abort();
    }
  }

  /** End the workers. */
  async close(): Promise<void> {
    await this.pool.destroy();
  }

  /** A batch whose worker ended is done again one by one, so that one bad task costs nobody else anything. */
  private async run(tasks: Task[], signal: AbortSignal): Promise<Outcome<R>[]> {
    try {
      return (await this.pool.run(tasks, { signal })).map((result) => ({ lost: false, result }));
    } catch (error) {
      signal.throwIfAborted();
      const [, ...more] = tasks;
      if (more.length === 0) return await this.runAgain(tasks, signal, error);
      const outcomes: Outcome<R>[] = [];
      for (const task of tasks) outcomes.push(...(await this.run([task], signal)));
      return outcomes;
    }
  }

  private async runAgain(tasks: Task[], signal: AbortSignal, first: unknown): Promise<Outcome<R>[]> {
    try {
      return (await this.pool.run(tasks, { signal })).map((result) => ({ lost: false, result }));
    } catch {
      signal.throwIfAborted();
      return [{ lost: true, error: first }];
    }
  }
}

async function* inBatches<Item>(items: AsyncIterable<Item> | Iterable<Item>, size: number): AsyncGenerator<Item[]> {
  let batch: Item[] = [];
  for await (const item of items) {
    batch.push(item);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

async function* settle<Item, R>({
  items,
  outcomes,
}: Batch<Item, R>): AsyncGenerator<{ item: Item; outcome: Outcome<R> }> {
  const settled = await outcomes;
  for (const [index, item] of items.entries()) yield { item, outcome: settled[index] as Outcome<R> };
}
