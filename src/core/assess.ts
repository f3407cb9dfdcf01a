import { claimedSigning } from './ask-other-sources.ts';
import { parseCredential } from './credential/parse.ts';
import type { ParseResult } from './credential/types.ts';
import type { Finding } from './finding.ts';
import { UnavailableError } from './finding.ts';
import { checkCredential } from './framework/check-credential.ts';
import { defaultPack } from './framework/default-pack.ts';
import type { Pack } from './framework/pack.ts';
import type { FrameworkReport } from './framework/report.ts';
import { buildHallmark, type Hallmark } from './hallmark.ts';
import { isJsonObject, type JsonObject, type JsonValue, toList } from './json/json.ts';
import { verifyAssertion } from './open-badges-2/verify.ts';
import { openInput } from './open-input.ts';
import { decodeCompactJws } from './proof/jws.ts';
import { askTrustSources } from './trust/ask-trust-sources.ts';
import type { TrustAnswer, TrustSource } from './trust/types.ts';
import type { VerifyOptions } from './verify/options.ts';
import type { VerificationReport } from './verify/report.ts';
import { verifyCredential } from './verify/verify-credential.ts';

export interface AssessOptions extends VerifyOptions {
  trustSources?: readonly TrustSource[];
  /** Default: `trusted-microcredential`. */
  pack?: Pack;
  /** Whom the reader lets attest classes: framework.md §5, attested. */
  attesters?: readonly { id: string; classes: string[] }[];
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
  /** The newer edition that the issuer serves, if any. */
  refreshed?: Assessment;
}

export type AssessResult = { ok: true; assessment: Assessment } | { ok: false; finding: Finding };

/**
 * Open, verify and check one input, and strike its hallmark. `input` is what a person handed over: bytes or text of a JSON
 * credential, a compact JWS, a baked PNG or SVG, or an address, which is fetched once. `ok: false` only when there is no
 * credential in it to speak of.
 */
export async function assessCredential(input: Uint8Array | string, options: AssessOptions): Promise<AssessResult> {
  const opened = await openInput(input);
  if (!opened.ok) return opened;
  if (opened.input.form === 'url')
    return assessAddress(opened.input.text, opened.input.baked === 'openbadges', options);
  return { ok: true, assessment: await assessDocument(opened.input.json ?? opened.input.text, options) };
}

async function assessAddress(url: string, isAssertion: boolean, options: AssessOptions): Promise<AssessResult> {
  if (isAssertion) return { ok: true, assessment: combine(await verifyAssertion(url, options), null, options) };
  if (!options.network) return notFetched(url, 'no-network');
  try {
    const answer = await options.network.fetch(url, 'hosted');
    if (answer.status !== 200 && answer.status !== 410) return notFetched(url, `http-status ${answer.status}`);
    const opened = await openInput(answer.bytes);
    if (!opened.ok) return opened;
    if (opened.input.form === 'url') return notFetched(url, 'not-json');
    return { ok: true, assessment: await assessDocument(opened.input.json ?? opened.input.text, options) };
  } catch (error) {
    if (error instanceof UnavailableError) return notFetched(url, error.reason);
    throw error;
  }
}

function notFetched(url: string, reason: string): AssessResult {
  return { ok: false, finding: { code: 'input-not-fetched', severity: 'error', params: { url, reason } } };
}

/** Assess a document that is already JSON or a compact JWS. */
export async function assessDocument(document: JsonValue, options: AssessOptions): Promise<Assessment> {
  if (isOpenBadges2(document))
    return combine(await verifyAssertion(document as JsonObject | string, options), null, options);
  const parsed = parseCredential(document);
  return combine(await verifyCredential(parsed, options), parsed, options);
}

/** Open Badges 2.0 and older by their context or shape; a compact JWS is told by its payload. */
function isOpenBadges2(document: JsonValue): boolean {
  if (typeof document === 'string') return isOpenBadges2Jws(document);
  if (!isJsonObject(document)) return false;
  const contexts = toList(document['@context']);
  if (
    contexts.some((context) => typeof context === 'string' && /^https:\/\/w3id\.org\/openbadges\/v[12]$/.test(context))
  )
    return true;
  return contexts.length === 0 && document.recipient !== undefined && document.badge !== undefined;
}

function isOpenBadges2Jws(text: string): boolean {
  const decoded = decodeCompactJws(text);
  return decoded.ok && decoded.jws.payload.vc === undefined && isOpenBadges2(decoded.jws.payload);
}

/** Join the three reports of one document, and those of the credentials inside it. */
function combine(verification: VerificationReport, parsed: ParseResult | null, options: AssessOptions): Assessment {
  return strike(verification, frameworkReport(verification, parsed, options), options);
}

function strike(
  verification: VerificationReport,
  framework: FrameworkReport | null,
  options: AssessOptions,
): Assessment {
  const trust = askTrustSources(
    options.trustSources ?? [],
    verification.issuer,
    claimedSigning(verification),
    options.now,
  );
  return {
    verification,
    framework,
    trust,
    hallmark: buildHallmark(verification, framework, trust),
    credentials: verification.credentials.map((inner, index) =>
      strike(inner, framework?.inner?.[index] ?? null, options),
    ),
    ...(verification.refreshed && { refreshed: combine(verification.refreshed, null, options) }),
  };
}

function frameworkReport(
  verification: VerificationReport,
  parsed: ParseResult | null,
  options: AssessOptions,
): FrameworkReport | null {
  const document = verification.verifiedDocument ?? (parsed?.ok ? parsed.parsed.document : verification.credential);
  if (!isJsonObject(document)) return null;
  const { securedBy, proofs } = verification;
  return checkCredential(document, {
    pack: options.pack ?? defaultPack,
    contexts: options.contexts,
    listOrderProtected:
      securedBy === 'unsigned' ||
      (Array.isArray(securedBy) && securedBy.includes('jwt')) ||
      (proofs.length > 0 && proofs.every(({ method }) => method?.includes('-jcs-') ?? false)),
    verifiedEndorsements: verifiedEndorsements(verification),
    attesters: options.attesters,
    nestedProofVerified: verification.credentials.map(({ steps }) => steps.proof.outcome === 'passed'),
  });
}

function verifiedEndorsements({ endorsements }: VerificationReport) {
  return endorsements.flatMap(({ pointer, report }) => {
    const [subject] = toList(report.credential?.credentialSubject);
    const about = isJsonObject(subject) ? subject.id : undefined;
    return report.verdict === 'verified' && report.issuer.id !== null && typeof about === 'string'
      ? [{ pointer, issuer: report.issuer.id, subject: about }]
      : [];
  });
}
