import type { PublicKey } from '../cryptography.ts';
import type { Finding, Outcome } from '../finding.ts';

/** What a verification method turned out to be. */
export type ResolvedMethod =
  | {
      ok: true;
      key: PublicKey;
      controller: string;
      /** Does the key belong to the issuer? Product rule 7. */
      bound: Outcome;
      verifiedAs: { kind: 'domain' | 'key'; value: string } | null;
      findings: Finding[];
    }
  | {
      ok: false;
      /** failed: the method is wrong; cannot-tell: it could not be reached or is of a kind that is not known here. */
      outcome: 'failed' | 'cannot-tell';
      findings: Finding[];
    };

/** Resolve a verification method for a purpose. */
export type ResolveKey = (verificationMethod: string, purpose: string) => Promise<ResolvedMethod>;
