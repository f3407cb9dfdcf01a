import type { CredentialView } from '../credential/types.ts';
import { type Finding, type FindingCode, type Outcome, type Pointer, UnavailableError } from '../finding.ts';
import { isJsonObject, type JsonObject, type JsonValue, toList } from '../json/json.ts';
import { parseJson } from '../json/parse-json.ts';
import type { Network } from '../network.ts';
import type { StatusReport } from '../verify/report.ts';
import { decodeStatusList, minimumEntries, readEntry } from './bitstring.ts';
import { checkRevocationList } from './revocation-list.ts';

/** What verifying the list as a credential of its own gave. */
export interface VerifiedList {
  outcome: Outcome;
  issuer: string | null;
  credential: JsonObject | null;
  findings: Finding[];
}

export interface StatusContext {
  pointer: Pointer;
  /** The credential whose entry this is, in canonical form. */
  credential: CredentialView;
  /** What the issuer's proven key stands for: a domain, or null. */
  issuerDomain: string | null;
  network?: Network;
  now: Date;
  verifyList(document: JsonValue): Promise<VerifiedList>;
}

const listErrors = 'https://www.w3.org/ns/credentials/status-list#';
const modelErrors = 'https://www.w3.org/TR/vc-data-model#';

/**
 * Check one status entry: BitstringStatusListEntry of any purpose and size, StatusList2021Entry, 1EdTechRevocationList
 * (Bitstring Status List §3.2, OB 3.0 §6). A list that does not answer, is not valid, or is not the issuer's gives
 * cannot-tell: never clear by silence.
 */
export async function checkStatus(entry: JsonObject, context: StatusContext): Promise<StatusReport> {
  const [type] = toList(entry.type);
  const report: StatusReport = {
    pointer: context.pointer,
    type: typeof type === 'string' ? type : '',
    purpose: typeof entry.statusPurpose === 'string' ? entry.statusPurpose : null,
    outcome: 'cannot-tell',
    findings: [],
  };
  switch (type) {
    case 'BitstringStatusListEntry':
      return checkList(entry, report, context, { subject: 'BitstringStatusList', legacy: false });
    case 'StatusList2021Entry':
      return checkList(entry, report, context, { subject: 'StatusList2021', legacy: true });
    case '1EdTechRevocationList':
      return checkRevocationList(entry, { ...report, purpose: 'revocation' }, context);
    default:
      return give(report, 'cannot-tell', 'status-type-unknown', { params: { type: report.type } });
  }
}

/** The report with an outcome and one finding more. */
export function give(
  report: StatusReport,
  outcome: Outcome,
  code: FindingCode,
  more: { params?: Finding['params']; type?: string; severity?: Finding['severity']; member?: string } = {},
): StatusReport {
  const { params, type, member } = more;
  const severity = more.severity ?? (outcome === 'failed' ? 'error' : 'warning');
  const pointer = member === undefined ? report.pointer : `${report.pointer}/${member}`;
  const finding: Finding = { code, severity, pointer, ...(params ? { params } : {}), ...(type ? { type } : {}) };
  return { ...report, outcome, findings: [...report.findings, finding] };
}

interface Kind {
  subject: string;
  legacy: boolean;
}

async function checkList(
  entry: JsonObject,
  report: StatusReport,
  context: StatusContext,
  kind: Kind,
): Promise<StatusReport> {
  const read = readMembers(entry, kind);
  if (!read.ok)
    return give(report, 'cannot-tell', 'status-entry-malformed', {
      params: { name: read.member },
      type: `${modelErrors}MALFORMED_VALUE_ERROR`,
      member: read.member,
    });
  const { url, index, size, messages } = read;
  const fetched = await fetchList(url, context.network);
  if (!fetched.ok)
    return give(report, 'cannot-tell', 'status-list-unavailable', {
      params: { url, reason: fetched.reason },
      type: `${listErrors}STATUS_RETRIEVAL_ERROR`,
    });
  const verification = (params?: Finding['params']) => ({
    type: `${listErrors}STATUS_VERIFICATION_ERROR`,
    params: { url, ...params },
  });
  const list = await context.verifyList(fetched.document);
  if (list.outcome !== 'passed' || list.credential === null) {
    const invalid = give(report, 'cannot-tell', 'status-list-not-valid', verification());
    return {
      ...invalid,
      findings: [...invalid.findings, ...list.findings.map((finding) => inList(finding, report.pointer))],
    };
  }
  const subject = isJsonObject(list.credential.credentialSubject) ? list.credential.credentialSubject : {};
  const types = toList(list.credential.type);
  if (!types.includes(`${kind.subject}Credential`) || !toList(subject.type).includes(kind.subject))
    return give(report, 'cannot-tell', 'status-list-wrong-type', verification());
  if (list.credential.id !== undefined && list.credential.id !== url)
    return give(report, 'cannot-tell', 'status-list-another-id', verification());
  const foreign = isForeign(list.issuer, context);
  if (foreign)
    return give(report, 'cannot-tell', 'status-list-another-issuer', verification({ issuer: list.issuer ?? '' }));
  if (!toList(subject.statusPurpose).includes(report.purpose))
    return give(report, 'cannot-tell', 'status-purpose-mismatch', verification({ purpose: report.purpose ?? '' }));
  const bits = typeof subject.encodedList === 'string' ? await decodeStatusList(subject.encodedList, kind) : undefined;
  if (bits === undefined)
    return give(report, 'cannot-tell', 'status-list-not-valid', {
      ...verification(),
      type: `${modelErrors}MALFORMED_VALUE_ERROR`,
    });
  if (!kind.legacy && (bits.length * 8) / size < minimumEntries)
    return give(report, 'cannot-tell', 'status-list-too-short', {
      params: { url },
      type: `${listErrors}STATUS_LIST_LENGTH_ERROR`,
    });
  const value = readEntry(bits, index, size);
  if (value === undefined)
    return give(report, 'cannot-tell', 'status-index-outside', {
      params: { index: String(index) },
      type: `${modelErrors}RANGE_ERROR`,
      member: 'statusListIndex',
    });
  return judge({ ...report, value }, messages);
}

type Members =
  | { ok: true; url: string; index: bigint; size: number; messages: JsonObject[] }
  | { ok: false; member: string };

function readMembers(entry: JsonObject, { legacy }: Kind): Members {
  const { statusListIndex, statusListCredential, statusPurpose, id } = entry;
  const bad = (member: string): Members => ({ ok: false, member });
  // The text form is the rule; the number is seen in the wild and means the same.
  const digits =
    typeof statusListIndex === 'number' && Number.isSafeInteger(statusListIndex)
      ? String(statusListIndex)
      : statusListIndex;
  if (typeof digits !== 'string' || !/^\d{1,30}$/.test(digits)) return bad('statusListIndex');
  if (typeof statusListCredential !== 'string' || !/^https?:\/\/\S+$/.test(statusListCredential))
    return bad('statusListCredential');
  if (typeof statusPurpose !== 'string' || statusPurpose === '') return bad('statusPurpose');
  if (id !== undefined && id === statusListCredential) return bad('id');
  const size = entry.statusSize ?? 1;
  if (legacy) return { ok: true, url: statusListCredential, index: BigInt(digits), size: 1, messages: [] };
  if (typeof size !== 'number' || !Number.isInteger(size) || size < 1 || size > 16) return bad('statusSize');
  const messages = toList(entry.statusMessage).filter(isJsonObject);
  if (entry.statusMessage === undefined ? size > 1 : messages.length !== 2 ** size) return bad('statusMessage');
  return { ok: true, url: statusListCredential, index: BigInt(digits), size, messages };
}

/** Fetch a list as JSON, or as a compact JWS. */
async function fetchList(
  url: string,
  network: Network | undefined,
): Promise<{ ok: true; document: JsonValue } | { ok: false; reason: string }> {
  if (network === undefined) return { ok: false, reason: 'no-network' };
  try {
    const answer = await network.fetch(url, 'status');
    if (answer.status !== 200) return { ok: false, reason: `http-status ${answer.status}` };
    const text = new TextDecoder().decode(answer.bytes).trim();
    if (/^[\w-]+\.[\w-]+\.[\w-]+$/.test(text)) return { ok: true, document: text };
    const parsed = parseJson(answer.bytes);
    return parsed.ok ? { ok: true, document: parsed.value } : { ok: false, reason: 'not-json' };
  } catch (error) {
    if (error instanceof UnavailableError) return { ok: false, reason: error.reason };
    throw error;
  }
}

/**
 * W3C lets somebody else keep the list. But whoever names the list in a credential is its issuer and signed the entry, so a
 * list by another is accepted only from the issuer's own domain; a stranger's clear bit shows nothing.
 */
function isForeign(listIssuer: string | null, { credential, issuerDomain }: StatusContext): boolean {
  const issuer = isJsonObject(credential.issuer) ? credential.issuer.id : credential.issuer;
  if (listIssuer === null || listIssuer === issuer) return listIssuer === null;
  return issuerDomain === null || hostOf(listIssuer) !== issuerDomain;
}

/** The host of an https or did:web id; null for others. */
export function hostOf(id: string): string | null {
  try {
    if (id.startsWith('did:web:')) return new URL(`https://${(id.split(':')[2] ?? '').replace(/%3a/i, ':')}`).host;
    return id.startsWith('https://') ? new URL(id).host : null;
  } catch {
    return null;
  }
}

function judge(report: StatusReport, messages: readonly JsonObject[]): StatusReport {
  const { value = 0, purpose } = report;
  const message = messages.find(
    ({ status }) => typeof status === 'string' && /^0x[0-9a-fA-F]+$/.test(status) && Number(status) === value,
  )?.message;
  const said = typeof message === 'string' ? { ...report, message } : report;
  if (value === 0) return { ...said, outcome: 'passed' };
  if (purpose === 'revocation') return give(said, 'failed', 'revoked');
  if (purpose === 'suspension') return give(said, 'failed', 'suspended');
  // refresh and message never invalidate; of a purpose of somebody's own the meaning is not ours to judge.
  if (purpose === 'refresh') return give(said, 'passed', 'status-refresh', { severity: 'information' });
  return give(said, 'passed', 'status-message', {
    severity: 'information',
    params: { purpose: purpose ?? '', message: said.message ?? `0x${value.toString(16)}` },
  });
}

function inList(finding: Finding, pointer: Pointer): Finding {
  return { ...finding, severity: 'information', pointer };
}
