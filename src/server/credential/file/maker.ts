import { ApiError } from '../../problem.ts';

const parallel = 2;
const waiting = 40;
const kept = 60;
/** What a file says of its status may be so old. In milliseconds. */
const freshFor = 60_000;

/** Files that take a while: few at a time, and each kept for a minute. */
export class FileMaker {
  private readonly files = new Map<string, { at: number; file: Promise<Buffer> }>();
  private readonly queue: (() => void)[] = [];
  private working = 0;

  make(key: string, work: () => Promise<Buffer>): Promise<Buffer> {
    const known = this.files.get(key);
    if (known !== undefined && performance.now() - known.at < freshFor) return known.file;
    if (this.queue.length >= waiting)
      throw new ApiError('too-many-requests', 'Many files are being made at the moment. Try again in a minute.');
    const file = this.inTurn(work);
    this.files.delete(key);
    if (this.files.size >= kept) this.files.delete(this.files.keys().next().value as string);
    this.files.set(key, { at: performance.now(), file });
    file.catch(() => this.files.delete(key));
    return file;
  }

  private async inTurn(work: () => Promise<Buffer>): Promise<Buffer> {
    if (this.working >= parallel) await new Promise<void>((resolve) => this.queue.push(resolve));
    else this.working++;
    try {
      return await work();
    } finally {
      const next = this.queue.shift();
      if (next === undefined) this.working--;
      else next();
    }
  }
}
