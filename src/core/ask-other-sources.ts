import type { Assessment } from './assess.ts';
import { buildHallmark } from './hallmark.ts';
import { isJsonObject, toList } from './json/json.ts';
import { askTrustSources } from './trust/ask-trust-sources.ts';
import type { TrustSource } from './trust/types.ts';
import type { VerificationReport } from './verify/report.ts';
import { readDate } from './verify/validity-period.ts';

/** The same assessment, with other trust sources asked: nothing is verified again, and the verdict never changes. */
export function askOtherSources(assessment: Assessment, trustSources: readonly TrustSource[]): Assessment {
  const { verification, framework, credentials, refreshed } = assessment;
  const now = new Date(verification.checkedAt);
  const trust = askTrustSources(trustSources, verification.issuer, claimedSigning(verification), now);
  return {
    verification,
    framework,
    trust,
    hallmark: buildHallmark(verification, framework, trust),
    credentials: credentials.map((inner) => askOtherSources(inner, trustSources)),
    ...(refreshed && { refreshed: askOtherSources(refreshed, trustSources) }),
  };
}

/** The time of signing that the document claims: the latest of its proofs' dates and validFrom. Null when it claims none. */
export function claimedSigning({ document, credential }: VerificationReport): Date | null {
  const proofs = isJsonObject(document) ? toList(document.proof).filter(isJsonObject) : [];
  const times = [credential?.validFrom, ...proofs.map(({ created }) => created)]
    .map(readDate)
    .filter((time): time is number => time !== null && !Number.isNaN(time));
  return times.length > 0 ? new Date(Math.max(...times)) : null;
}
