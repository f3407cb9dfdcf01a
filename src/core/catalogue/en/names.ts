import type { CredentialKind } from '../../credential/types.ts';
import type { Outcome, UnavailableReason } from '../../finding.ts';
import type { RuleOutcome } from '../../framework/report.ts';
import type { StampId } from '../../hallmark.ts';
import type { StepId } from '../../verify/report.ts';

// What things are called, wherever they are shown.

export const stampNames: Record<StampId, string> = {
  authentic: 'Authentic',
  current: 'Current',
  issuer: 'Issuer',
  class: 'Class',
  level: 'Level',
};

export const outcomeWords: Record<Outcome, string> = {
  passed: 'Passed',
  failed: 'Failed',
  'cannot-tell': 'Cannot tell',
  inapplicable: 'Not applicable',
};

export const stepNames: Record<StepId, string> = {
  document: 'Form of the document',
  terms: 'Meaning of its terms',
  proof: 'Signature',
  'issuer-key': 'Whose key signed',
  'validity-period': 'Dates',
  status: 'Revoked or suspended',
  refresh: 'Newer edition',
};

/** Words for readers (framework.md §9). */
export const ruleWords: Record<RuleOutcome, string> = {
  met: 'Shown',
  weak: 'Weakly shown',
  missing: 'Not stated',
  inapplicable: 'Does not apply',
  'cannot-tell': 'Cannot tell',
};

export const kindNames: Record<CredentialKind, string> = {
  OpenBadgeCredential: 'Open Badges 3.0',
  ClrCredential: 'Comprehensive Learner Record',
  EndorsementCredential: 'Endorsement',
  VerifiableCredential: 'Verifiable credential',
  OpenBadges2Assertion: 'Open Badges 2.0',
  unknown: 'Unknown kind of document',
};

/** The groups of a pack's rules. */
export const groupNames: Record<string, string> = {
  basics: 'Basics',
  issuer: 'Issuer',
  learning: 'Learning',
  assessment: 'Assessment',
  result: 'Result',
  evidence: 'Evidence',
  quality: 'Quality',
};

/** Why an address did not answer. */
export const reasonWords: Record<UnavailableReason, string> = {
  'no-network': 'no network',
  'not-allowed': 'this address may not be reached',
  timeout: 'it took too long',
  'too-large': 'the answer is too large',
  'too-many-redirects': 'it redirects too often',
  'redirected-elsewhere': 'it redirects elsewhere',
  'connection-failed': 'the connection failed',
  'http-status': 'HTTP status',
  'not-json': 'the answer is not JSON',
};
