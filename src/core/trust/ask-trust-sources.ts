import type { IssuerReport } from '../verify/report.ts';
import type { Listing, TrustAnswer, TrustedIssuer, TrustSource } from './types.ts';

/**
 * Ask the viewer's trust sources about an issuer whose key was proven (`issuer.verifiedAs`); an unproven issuer is
 * cannot-tell whatever the lists say. `signedAt` is the time that the document claims; null when it claims none.
 */
export function askTrustSources(
  sources: readonly TrustSource[],
  issuer: IssuerReport,
  signedAt: Date | null,
  now: Date,
): TrustAnswer {
  const listings: Listing[] = [];
  if (issuer.verifiedAs !== null)
    for (const source of sources)
      for (const listed of source.issuers)
        if (isAbout(listed, issuer))
          listings.push({
            source: source.name,
            sourceDate: source.date,
            issuer: listed,
            state: stateAt(listed, signedAt ?? now),
          });
  return { outcome: outcomeOf(listings), sourcesAsked: sources.length, listings };
}

function outcomeOf(listings: readonly Listing[]): TrustAnswer['outcome'] {
  const states = new Set(listings.map(({ state }) => state));
  if (states.has('withdrawn')) return 'failed';
  // Product rule 8: a date inside the credential cannot show that it was signed before a compromise.
  if (states.has('compromised')) return 'cannot-tell';
  return states.has('listed') ? 'passed' : 'cannot-tell';
}

function stateAt(listed: TrustedIssuer, at: Date): Listing['state'] {
  const reached = (moment: string | undefined) => moment !== undefined && Date.parse(moment) <= at.getTime();
  if (reached(listed.withdrawn) || reached(listed.compromised)) return 'withdrawn';
  if (listed.compromised !== undefined) return 'compromised';
  if (listed.from !== undefined && !reached(listed.from)) return 'out-of-period';
  if (listed.until !== undefined && at.getTime() > endOf(listed.until)) return 'out-of-period';
  return 'listed';
}

/** A day without a time ends at its midnight, UTC. */
function endOf(moment: string): number {
  return Date.parse(moment) + (moment.length === 10 ? 86_400_000 - 1 : 0);
}

/** DIDs and profile ids by exact equality; a domain only when it is exactly the host that the key was proven for. */
function isAbout(listed: TrustedIssuer, issuer: IssuerReport): boolean {
  if (listed.id.includes(':')) return listed.id === issuer.id;
  return issuer.verifiedAs?.kind === 'domain' && issuer.verifiedAs.value.toLowerCase() === listed.id.toLowerCase();
}
