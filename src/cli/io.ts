import type { Readable } from 'node:stream';
import type { Network } from '../core/network.ts';
import type { Speech } from './speech.ts';

/** A stream that text goes to; `process.stdout` is one. */
export interface Output {
  write(chunk: string | Uint8Array): unknown;
  isTTY?: boolean;
  columns?: number;
}

/** What a run of the command line touches outside itself, as arguments, so that a test can give its own. */
export interface Io {
  stdin: Readable & { isTTY?: boolean };
  stdout: Output;
  stderr: Output;
  env: Record<string, string | undefined>;
  /** The clock. Default: the system's. */
  now?: () => Date;
  /** Default: the guarded door of `src/node`. */
  network?: Network;
  /** The language that was asked for. Default: English. */
  speech?: Speech;
}
