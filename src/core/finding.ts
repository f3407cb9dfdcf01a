import type { FindingCode } from './catalogue/en/index.ts';

export type { FindingCode };

/** How a verification step ended. `cannot-tell` is never a pass. */
export type Outcome = 'passed' | 'failed' | 'inapplicable' | 'cannot-tell';

/** A JSON Pointer (RFC 6901) into the document that was given; `''` is the whole document. */
export type Pointer = string;

/** What a step saw: a code with parameters, never text. Catalogues render it. Names follow ProblemDetails in VC Data Model 2.0. */
export interface Finding {
  code: FindingCode;
  severity: 'error' | 'warning' | 'information';
  pointer?: Pointer;
  params?: Record<string, string | number>;
  /** ProblemDetails type URL where a specification names one, such as `https://www.w3.org/TR/vc-data-model#PARSING_ERROR`. */
  type?: string;
  /** Where the rule stands, as a URL. */
  spec?: string;
}

/** A host, DID or status list did not answer. `verify` turns exactly this into `cannot-tell`. */
export class UnavailableError extends Error {
  override readonly name = 'UnavailableError';
  readonly url: string;
  readonly reason: UnavailableReason;

  constructor(url: string, reason: UnavailableReason, options?: { cause?: unknown }) {
    super(`${reason}: ${url}`, options);
    this.url = url;
    this.reason = reason;
  }
}

export type UnavailableReason =
  | 'no-network'
  | 'not-allowed'
  | 'timeout'
  | 'too-large'
  | 'too-many-redirects'
  | 'redirected-elsewhere'
  | 'connection-failed'
  | 'http-status'
  | 'not-json';
