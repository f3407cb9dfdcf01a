import type { Outcome } from './finding.ts';

export type StampId = 'authentic' | 'current' | 'issuer' | 'class' | 'level';

export interface Stamp {
  outcome: Outcome;
  /** Why, as a code of the hallmark catalogue; screens put it beside the stamp. */
  reason: string;
  params?: Record<string, string | number>;
}

/** The five stamps, always in this order. `signed` false marks a draft, whose other stamps say nothing about a signed document. */
export interface Hallmark {
  signed: boolean;
  stamps: Record<StampId, Stamp>;
}
