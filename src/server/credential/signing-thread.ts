import { OwnThread } from '../../node/own-thread.ts';
import type { Made, Tried } from './sign.ts';
import workOnAll, { type SignTask, type TryTask } from './sign-worker.ts';

/** For one task, in milliseconds; it takes some hundred. */
const deadline = 120_000;

/** Builds, checks and signs the credentials of lists in a thread of its own: that is most of the work of issuing them. */
export class SigningThread {
  private readonly thread: OwnThread<SignTask | TryTask, Made[] | Tried[]>;

  constructor() {
    this.thread = new OwnThread(new URL('./sign-worker.js', import.meta.url), workOnAll, deadline);
  }

  /** Sign the credentials of a series, in the order of the task. */
  async sign(task: SignTask): Promise<Made[]> {
    return (await this.thread.run(task)) as Made[];
  }

  /** What would come of the credentials of a series, without signing them, in the order of the task. */
  async try(task: TryTask): Promise<Tried[]> {
    return (await this.thread.run(task)) as Tried[];
  }

  async close(): Promise<void> {
    await this.thread.close();
  }
}
