import { parseCredential } from '../credential/parse.ts';
import type { ParsedCredential } from '../credential/types.ts';
import { type Finding, UnavailableError } from '../finding.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../json/json.ts';
import { parseJson } from '../json/parse-json.ts';
import type { Network } from '../network.ts';

/**
 * Ask a refresh service for the newest edition (OB 3.0 §6.3): JSON or a compact JWS. What it serves counts only with the
 * same id and the same issuer.id.
 */
export async function fetchRefreshed(
  service: JsonObject,
  current: ParsedCredential,
  { network }: { network?: Network },
): Promise<{ ok: true; document: JsonValue } | { ok: false; findings: Finding[] }> {
  const refuse = (code: 'refresh-unavailable' | 'refresh-another-credential', params?: Finding['params']) =>
    ({
      ok: false,
      findings: [{ code, severity: 'information', pointer: '/refreshService', ...(params ? { params } : {}) }],
    }) as {
      ok: false;
      findings: Finding[];
    };
  const url = typeof service.id === 'string' ? service.id : '';
  if (network === undefined || url === '') return refuse('refresh-unavailable', { url, reason: 'no-network' });
  try {
    const answer = await network.fetch(url, 'refresh');
    if (answer.status !== 200) return refuse('refresh-unavailable', { url, reason: `http-status ${answer.status}` });
    const text = new TextDecoder().decode(answer.bytes).trim();
    const json = /^[\w-]+\.[\w-]+\.[\w-]+$/.test(text) ? ({ ok: true, value: text } as const) : parseJson(answer.bytes);
    if (!json.ok) return refuse('refresh-unavailable', { url, reason: 'not-json' });
    const parsed = parseCredential(json.value);
    if (!parsed.ok || !isSame(parsed.parsed, current)) return refuse('refresh-another-credential');
    return { ok: true, document: json.value };
  } catch (error) {
    if (error instanceof UnavailableError) return refuse('refresh-unavailable', { url, reason: error.reason });
    throw error;
  }
}

function isSame(one: ParsedCredential, two: ParsedCredential): boolean {
  const issuer = ({ credential }: ParsedCredential) =>
    isJsonObject(credential.issuer) ? credential.issuer.id : undefined;
  return one.credential.id !== undefined && one.credential.id === two.credential.id && issuer(one) === issuer(two);
}
