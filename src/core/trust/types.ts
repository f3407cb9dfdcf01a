import type { Outcome } from '../finding.ts';

/** A list of issuers that somebody vouches for: one JSON file or URL, chosen by the viewer. */
export interface TrustSource {
  /** What the source calls itself. */
  name: string;
  /** When the list was made, ISO 8601. */
  date: string;
  issuers: TrustedIssuer[];
}

export interface TrustedIssuer {
  /** A DID, a domain (`example.edu`) or a profile id (https URL). */
  id: string;
  /** The issuer's name as the source knows it. */
  name: string;
  /** Listed from, until: ISO 8601, either may be absent. */
  from?: string;
  until?: string;
  /** Withdrawn or compromised since: ISO 8601. */
  withdrawn?: string;
  /** What the source vouches for, in its words, such as "accredited degree-granting institution". */
  vouchesFor?: string;
}

/** What the chosen sources say about one issuer. */
export interface TrustAnswer {
  /** passed: listed; failed: withdrawn at signing time; cannot-tell: in no source, or no source chosen. */
  outcome: Outcome;
  sourcesAsked: number;
  listings: { source: string; sourceDate: string; issuer: TrustedIssuer; state: 'listed' | 'withdrawn' | 'out-of-period' }[];
}
