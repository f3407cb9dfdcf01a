import type { Outcome } from '../finding.ts';
import type { TrustedIssuer, TrustSource } from './trust-source.ts';

export type { TrustedIssuer, TrustSource };

export interface Listing {
  source: string;
  sourceDate: string;
  issuer: TrustedIssuer;
  state: 'listed' | 'withdrawn' | 'compromised' | 'out-of-period';
}

/** What the chosen sources say about one issuer. */
export interface TrustAnswer {
  /** passed: listed; failed: withdrawn or compromised at signing time; cannot-tell: in no source, or no source chosen. */
  outcome: Outcome;
  sourcesAsked: number;
  listings: Listing[];
}
