import { existsSync } from 'node:fs';
import { WorkerPool } from './worker-pool.ts';

/** Works on one task after the other in a thread of its own, begun with the first one: requests need not wait meanwhile. */
export class OwnThread<Task, R> {
  private pool: WorkerPool<Task, R> | undefined;
  private turn: Promise<unknown> = Promise.resolve();
  private readonly module: URL;
  private readonly here: (tasks: Task[]) => Promise<R[]>;
  private readonly deadline: number;
  private readonly isBuilt: boolean;

  /**
   * `module`: built, its default export is `here`; run from its sources the program has none that a thread could load, and
   * works here. `deadline`: for one task, in milliseconds.
   */
  constructor(module: URL, here: (tasks: Task[]) => Promise<R[]>, deadline: number) {
    this.module = module;
    this.here = here;
    this.deadline = deadline;
    this.isBuilt = existsSync(module);
  }

  /** What comes of a task, which waits for those before it; its deadline begins when they are done. */
  run(task: Task): Promise<R> {
    const done = this.turn.then(() => this.runNow(task));
    this.turn = done.catch(() => undefined);
    return done;
  }

  private async runNow(task: Task): Promise<R> {
    if (!this.isBuilt) return (await this.here([task]))[0] as R;
    this.pool ??= new WorkerPool({ module: this.module, workers: 1, batch: 1 });
    const signal = AbortSignal.timeout(this.deadline);
    for await (const { outcome } of this.pool.map([task], (one) => one, { signal })) {
      if (outcome.lost) throw outcome.error;
      return outcome.result;
    }
    throw new Error('a task was given, and nothing came of it');
  }

  async close(): Promise<void> {
    await this.pool?.close();
  }
}
