import type { CredentialKind, CredentialView } from '../credential/types.ts';
import type { Finding, Outcome, Pointer } from '../finding.ts';
import type { JsonValue } from '../json/json.ts';

/**
 * The steps of a verification, in order. Each enters one stamp of the hallmark:
 * authentic: `document` (well-formed, conforms to its data model), `terms` (every term defined, JSON-LD safe mode),
 * `proof` (every proof), `issuer-key` (the key is the issuer's). current: `validity-period`, `status`, `refresh`.
 */
export const stampOfStep = {
  document: 'authentic',
  terms: 'authentic',
  proof: 'authentic',
  'issuer-key': 'authentic',
  'validity-period': 'current',
  status: 'current',
  refresh: 'current',
} as const satisfies Record<string, 'authentic' | 'current'>;

export type StepId = keyof typeof stampOfStep;

export interface StepResult {
  outcome: Outcome;
  findings: Finding[];
}

export type Verdict = 'verified' | 'not-verified' | 'cannot-tell';

/** One proof of the document: an embedded Data Integrity proof, a JWS, or the hosting of an Open Badges 2.0 assertion. */
export interface ProofReport {
  /** Pointer to the proof; `''` for a JWS around the document. */
  pointer: Pointer;
  /** `eddsa-rdfc-2022`, `Ed25519Signature2020`, `ES256`, `hosted` …; null when the proof does not say. */
  method: string | null;
  verificationMethod: string | null;
  proofPurpose: string | null;
  /** Did the signature match? Unsupported and unreachable are cannot-tell. */
  outcome: Outcome;
  /** Does the key belong to the issuer? */
  bound: Outcome;
  findings: Finding[];
}

export interface StatusReport {
  pointer: Pointer;
  type: string;
  purpose: string | null;
  outcome: Outcome;
  /** Value of the entry, when it could be read; 0 is clear. */
  value?: number;
  message?: string;
  findings: Finding[];
}

/** Who signed, as far as was proven. */
export interface IssuerReport {
  /** issuer.id */
  id: string | null;
  /** The name the document gives; what it calls itself until a trust source lists it. */
  name: string | null;
  /** What the proven key stands for: a domain (`did:web`, https controller), or a key (`did:key`, `did:jwk`). Null until bound. */
  verifiedAs: { kind: 'domain' | 'key'; value: string } | null;
}

export interface EndorsementReport {
  pointer: Pointer;
  /** credentialSubject.id of the endorsement equals the id of the object that carries it. */
  aboutCarrier: Outcome;
  report: VerificationReport;
}

/** A full record of one verification. It is the view model of screens, CLI, API, PDF and receipts. */
export interface VerificationReport {
  verdict: Verdict;
  kind: CredentialKind;
  /** What the document is secured by; `unsigned-inclusion` is a CLR's nested credential without a proof of its own. */
  securedBy: ('data-integrity' | 'jwt' | 'hosted')[] | 'unsigned' | 'unsigned-inclusion';
  /** When the check ran, ISO 8601, from the clock that was given. */
  checkedAt: string;
  steps: Record<StepId, StepResult>;
  issuer: IssuerReport;
  proofs: ProofReport[];
  status: StatusReport[];
  endorsements: EndorsementReport[];
  /** CLR: one report for each `credentialSubject.verifiableCredential[i]`, in order. */
  credentials: VerificationReport[];
  /** The newer edition that the refresh service served, if any. */
  refreshed?: VerificationReport;
  /** Where this document stands in the outermost one; `''` at the top. */
  pointer: Pointer;
  /** What was given. */
  document: JsonValue;
  /** Present only when the verdict is `verified`: the document that the proof covers. */
  verifiedDocument?: JsonValue;
  /** The document in canonical OB 3.0 form for display and for the framework; null when it cannot be read. */
  credential: CredentialView | null;
}
