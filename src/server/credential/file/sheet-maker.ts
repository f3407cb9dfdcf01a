import { existsSync } from 'node:fs';
import { WorkerPool } from '../../../node/worker-pool.ts';
import type { Speech } from '../../page/language.ts';
import { makeSheet, type Sheet } from './sheet.ts';
import type { SheetTask } from './sheet-worker.ts';

const worker = new URL('./sheet-worker.js', import.meta.url);
/** Run from its sources the program has no module that a thread could load. */
const isBuilt = existsSync(worker);
/** For one sheet, in milliseconds. */
const deadline = 60_000;

/** Makes sheets in a thread of its own, begun with the first one: requests need not wait while one is drawn. */
export class SheetMaker {
  private pool: WorkerPool<SheetTask, Uint8Array> | undefined;

  async make(speech: Speech, sheet: Sheet): Promise<Buffer> {
    if (!isBuilt) return await makeSheet(speech, sheet);
    this.pool ??= new WorkerPool({ module: worker, workers: 1, batch: 1 });
    const task = { language: speech.words.language, sheet };
    const signal = AbortSignal.timeout(deadline);
    for await (const { outcome } of this.pool.map([task], (one) => one, { signal })) {
      if (outcome.lost) throw outcome.error;
      return Buffer.from(outcome.result);
    }
    throw new Error('a sheet was asked for, and none came');
  }

  async close(): Promise<void> {
    await this.pool?.close();
  }
}
