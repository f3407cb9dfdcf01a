import type { Pack } from './framework/pack.ts';
import type { FrameworkReport } from './framework/report.ts';
import type { Hallmark } from './hallmark.ts';
import type { TrustAnswer, TrustSource } from './trust/types.ts';
import type { VerificationReport } from './verify/report.ts';
import type { VerifyOptions } from './verify/options.ts';

export interface AssessOptions extends VerifyOptions {
  trustSources?: readonly TrustSource[];
  /** Default: `trusted-microcredential`. */
  pack?: Pack;
}

/** Everything that Assay says about one document: three reports and the row of stamps made from them. */
export interface Assessment {
  verification: VerificationReport;
  /** Null when the document cannot be read. */
  framework: FrameworkReport | null;
  trust: TrustAnswer;
  hallmark: Hallmark;
  /** CLR: one for each nested credential, in order. */
  credentials: Assessment[];
}
