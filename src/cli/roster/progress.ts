import type { Output } from '../io.ts';

/** A progress line on a terminal; silent elsewhere, so that logs stay readable. */
export class Progress {
  private readonly output: Output;
  private readonly total: number | null;
  private last = 0;
  bytes = 0;
  done = 0;
  faults = 0;

  /** `total`: bytes of the source, null when unknown. */
  constructor(output: Output, total: number | null) {
    this.output = output;
    this.total = total;
  }

  show(now: number): void {
    if (this.output.isTTY !== true || now - this.last < 100) return;
    this.last = now;
    const counts = `${this.done} issued, ${this.faults} with faults`;
    if (this.total === null || this.total === 0) {
      this.output.write(`\r\u001b[K${counts}`);
      return;
    }
    const part = Math.min(1, this.bytes / this.total);
    const cells = Math.round(part * 24);
    this.output.write(`\r\u001b[K${'█'.repeat(cells)}${'░'.repeat(24 - cells)} ${Math.floor(part * 100)} %  ${counts}`);
  }

  clear(): void {
    if (this.output.isTTY === true) this.output.write('\r\u001b[K');
  }
}
