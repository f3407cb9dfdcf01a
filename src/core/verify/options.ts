import type { Cryptography } from '../cryptography.ts';
import type { JsonValue } from '../json/json.ts';
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
  /**
   * When the issuer's own ledger took in exactly this document, if this is the issuer's own service: a key that was taken out
   * of use later still counts for it, whatever dates stand inside (product rule 8).
   */
  ledger?: (held: { document: JsonValue; id: string }) => Promise<Date | undefined>;
  /** It is a preview of what is signed later: that nobody has signed it is told, and no failure. Never verified all the same. */
  isPreview?: boolean;
  /** Leave the endorsements in it unchecked: its own proof and status are all that is asked for. */
  ownWordOnly?: boolean;
  /** JSON-LD contexts beside the bundled ones, by URL. Contexts never come from the network. */
  contexts?: ContextRegistry;
}
