import { readUrl } from './read-url.ts';

/** What is fetched for: the door may treat them apart, and browsers may fetch only the first three. */
export type FetchPurpose = 'controller' | 'status' | 'refresh' | 'hosted' | 'trust';

export interface FetchedDocument {
  /** The address that answered, after redirects. */
  url: string;
  /** HTTP status, 200 to 599. */
  status: number;
  contentType: string | null;
  bytes: Uint8Array;
}

/** The network as an argument. */
export interface Network {
  /** Fetch one document. Throws UnavailableError when there is no answer; an HTTP error status is an answer. */
  fetch(url: string, purpose: FetchPurpose): Promise<FetchedDocument>;
}

/**
 * Did the site that was asked answer itself? Its own hosts count, with and without `www.`. Whoever finds an open redirect on
 * a site must not thereby speak for it.
 */
export function answeredBySite(asked: string, answered: string): boolean {
  const [from, to] = [siteOf(asked), siteOf(answered)];
  return to === from || to.endsWith(`.${from}`);
}

function siteOf(url: string): string {
  return readUrl(url)?.host.replace(/^www\./, '') ?? url;
}
