import { OwnThread } from '../../../node/own-thread.ts';
import type { Speech } from '../../page/language.ts';
import type { Sheet } from './sheet.ts';
import makeSheets, { type SheetTask } from './sheet-worker.ts';

/** For one sheet, in milliseconds. */
const deadline = 60_000;

/** Makes sheets in a thread of its own: requests need not wait while one is drawn. */
export class SheetMaker {
  private readonly thread = new OwnThread<SheetTask, Uint8Array>(
    new URL('./sheet-worker.js', import.meta.url),
    makeSheets,
    deadline,
  );

  async make(speech: Speech, sheet: Sheet): Promise<Buffer> {
    return Buffer.from(await this.thread.run({ language: speech.words.language, sheet }));
  }

  async close(): Promise<void> {
    await this.thread.close();
  }
}
