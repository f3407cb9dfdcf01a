import { UnavailableError } from '../finding.ts';
import { isJsonObject, type JsonObject, type JsonValue, showJson, toList } from '../json/json.ts';
import { parseJson } from '../json/parse-json.ts';
import type { StatusReport } from '../verify/report.ts';
import { give, hostOf, type StatusContext } from './check-status.ts';

/**
 * 1EdTechRevocationList (OB 3.0 §6.1): an unsigned JSON list of revoked credential ids. It says something only when the
 * issuer's own domain serves it. Absence from the list is clear: the issuer named this list for that.
 */
export async function checkRevocationList(
  entry: JsonObject,
  report: StatusReport,
  context: StatusContext,
): Promise<StatusReport> {
  const url = typeof entry.id === 'string' && /^https?:\/\/\S+$/.test(entry.id) ? entry.id : undefined;
  if (url === undefined)
    return give(report, 'cannot-tell', 'status-entry-malformed', { params: { name: 'id' }, member: 'id' });
  const unavailable = (reason: string) =>
    give(report, 'cannot-tell', 'status-list-unavailable', { params: { url, reason } });
  let list: JsonValue;
  try {
    if (context.network === undefined) return unavailable('no-network');
    const answer = await context.network.fetch(url, 'status');
    if (answer.status !== 200) return unavailable(`http-status ${answer.status}`);
    const parsed = parseJson(answer.bytes);
    if (!parsed.ok) return unavailable('not-json');
    list = parsed.value;
  } catch (error) {
    if (error instanceof UnavailableError) return unavailable(error.reason);
    throw error;
  }
  const listed = isJsonObject(list) ? (list.revokedCredential ?? list.revokedCredentials) : undefined;
  if (!isJsonObject(list) || !Array.isArray(listed))
    return give(report, 'cannot-tell', 'status-list-not-valid', { params: { url } });
  const { credential, issuerDomain } = context;
  const issuer = isJsonObject(credential.issuer) ? credential.issuer.id : undefined;
  const sameHost = new URL(url).host === (issuerDomain ?? (typeof issuer === 'string' ? hostOf(issuer) : null));
  if (!sameHost || (list.issuer !== undefined && issuerIdOf(list.issuer) !== issuer))
    return give(report, 'cannot-tell', 'status-list-another-issuer', {
      params: { url, issuer: showJson(issuerIdOf(list.issuer) ?? new URL(url).host) },
    });
  const both = [...listed, ...toList(list.revokedCredential === undefined ? undefined : list.revokedCredentials)];
  // Without an id of its own a credential cannot be looked up.
  if (credential.id === undefined)
    return give(report, 'cannot-tell', 'status-entry-malformed', { params: { name: 'id' } });
  const found = both.find(
    (item) => item === credential.id || (isJsonObject(item) && item.id === credential.id && item.revoked !== false),
  );
  if (found === undefined) return { ...report, value: 0, outcome: 'passed' };
  const reason = isJsonObject(found) && typeof found.revocationReason === 'string' ? found.revocationReason : undefined;
  return give({ ...report, value: 1, ...(reason === undefined ? {} : { message: reason }) }, 'failed', 'revoked');
}

function issuerIdOf(issuer: JsonValue | undefined): JsonValue | undefined {
  return isJsonObject(issuer) ? issuer.id : issuer;
}
