import type { Cryptography } from '../cryptography.ts';
import type { ContextRegistry } from '../json-ld/contexts.ts';
import type { Network } from '../network.ts';

export interface VerifyOptions {
  cryptography: Cryptography;
  /** Without it, whatever must be fetched is cannot-tell. */
  network?: Network;
  /** The time to judge dates by. */
  now: Date;
  /** How far clocks may differ, in seconds. Default 120. */
  clockSkewSeconds?: number;
  /** JSON-LD contexts beside the bundled ones, by URL. Contexts never come from the network. */
  contexts?: ContextRegistry;
}
