import { parseCredential } from '../credential/parse.ts';
import type { ParsedCredential } from '../credential/types.ts';
import type { Cryptography } from '../cryptography.ts';
import { type Finding, UnavailableError } from '../finding.ts';
import { isJsonObject, type JsonObject, type JsonValue, toList } from '../json/json.ts';
import { parseJson } from '../json/parse-json.ts';
import type { Network } from '../network.ts';
import { encodeBase64url } from '../proof/multibase.ts';

/**
 * The name under which a newer edition with an id of its own says, among its related resources, which credential it replaces
 * (RFC 6920): by digest, so that who holds the newer one does not learn the address of the older.
 */
export async function nameOfEdition(id: string, cryptography: Cryptography): Promise<string> {
  return `ni:///sha-256;${encodeBase64url(await cryptography.digest('sha256', id))}`;
}

export const isNameOfEdition = (id: JsonValue | undefined): boolean =>
  typeof id === 'string' && id.startsWith('ni:///sha-256;');

/**
 * Ask a refresh service for the newest edition (OB 3.0 §6.3): JSON or a compact JWS. What it serves counts only from
 * the same issuer.id, and with the same id or when it says itself that it replaces this one.
 */
export async function fetchRefreshed(
  service: JsonObject,
  current: ParsedCredential,
  { network, cryptography }: { network?: Network; cryptography: Cryptography },
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
    if (!parsed.ok || !(await isEditionOf(parsed.parsed, current, cryptography)))
      return refuse('refresh-another-credential');
    return { ok: true, document: json.value };
  } catch (error) {
    if (error instanceof UnavailableError) return refuse('refresh-unavailable', { url, reason: error.reason });
    throw error;
  }
}

async function isEditionOf(
  newer: ParsedCredential,
  current: ParsedCredential,
  cryptography: Cryptography,
): Promise<boolean> {
  const issuer = ({ credential }: ParsedCredential) =>
    isJsonObject(credential.issuer) ? credential.issuer.id : undefined;
  const { id } = current.credential;
  if (typeof id !== 'string' || issuer(newer) !== issuer(current)) return false;
  if (newer.credential.id === id) return true;
  const name = await nameOfEdition(id, cryptography);
  return toList(newer.document.relatedResource).some((resource) => isJsonObject(resource) && resource.id === name);
}
