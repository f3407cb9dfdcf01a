import { type Finding, type FindingCode, UnavailableError } from '../finding.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../json/json.ts';
import { parseJson } from '../json/parse-json.ts';
import type { Network } from '../network.ts';

export type FetchedPart =
  | { ok: true; document: JsonObject; status: number; url: string }
  | { ok: false; outcome: 'failed' | 'cannot-tell'; finding: Finding };

/** Fetch one hosted JSON object. 410 Gone is an answer; other errors say nothing about the badge. */
export async function fetchPart(url: string, network: Network | undefined): Promise<FetchedPart> {
  const none = (reason: string, code: FindingCode = 'hosted-unavailable'): FetchedPart => ({
    ok: false,
    outcome: 'cannot-tell',
    finding: { code, severity: 'error', params: { url, reason } },
  });
  if (network === undefined) return none('no-network');
  try {
    const answer = await network.fetch(url, 'hosted');
    const parsed = parseJson(answer.bytes, { maximumSize: 5_000_000 });
    const document = parsed.ok && isJsonObject(parsed.value) ? parsed.value : {};
    if (answer.status === 410) return { ok: true, document, status: 410, url: answer.url };
    if (answer.status !== 200) return none(`http-status ${answer.status}`);
    return parsed.ok && isJsonObject(parsed.value)
      ? { ok: true, document, status: 200, url: answer.url }
      : none('not-json');
  } catch (error) {
    if (error instanceof UnavailableError) return none(error.reason);
    throw error;
  }
}

/** A part that is given as an address is fetched; one that is embedded is used as it stands. */
export async function embeddedOrFetched(
  part: JsonValue | undefined,
  network: Network | undefined,
): Promise<FetchedPart> {
  if (typeof part === 'string') {
    const fetched = await fetchPart(part, network);
    // Only of the assertion itself does 410 Gone say something; a class, profile, key or list that is gone is missing.
    if (!fetched.ok || fetched.status === 200) return fetched;
    const params = { url: part, reason: `http-status ${fetched.status}` };
    return { ok: false, outcome: 'cannot-tell', finding: { code: 'hosted-unavailable', severity: 'error', params } };
  }
  if (isJsonObject(part))
    return { ok: true, document: part, status: 200, url: typeof part.id === 'string' ? part.id : '' };
  return { ok: false, outcome: 'failed', finding: { code: 'badge-part-missing', severity: 'error' } };
}
