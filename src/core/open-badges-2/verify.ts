import type { CompactJws } from '../credential/types.ts';
import type { Finding, FindingCode, Outcome } from '../finding.ts';
import { isJsonObject, type JsonObject, type JsonValue, showJson, toList } from '../json/json.ts';
import { answeredBySite } from '../network.ts';
import { checkJwsHeader, decodeCompactJws, verifyJws } from '../proof/jws.ts';
import type { VerifyOptions } from '../verify/options.ts';
import type { ProofReport, StepResult, VerificationReport } from '../verify/report.ts';
import { computeVerdict } from '../verify/verdict.ts';
import { embeddedOrFetched, type FetchedPart, fetchPart } from './fetch-parts.ts';
import {
  assertion as assertionModel,
  badgeClass as badgeModel,
  profile as profileModel,
  readMoment,
  verificationOf,
} from './model.ts';
import { publicKeyFromPem } from './pem.ts';
import { checkScope } from './scope.ts';
import { toUnsignedView } from './upgrade.ts';

const nothing = (): StepResult => ({ outcome: 'inapplicable', findings: [] });
const unknown = (...findings: Finding[]): StepResult => ({ outcome: 'cannot-tell', findings });
const fault = (code: FindingCode, pointer: string, params?: Finding['params']): Finding => ({
  code,
  severity: 'error',
  pointer,
  ...(params ? { params } : {}),
});

interface Parts {
  assertion: JsonObject;
  badge: JsonObject | null;
  issuer: JsonObject | null;
  findings: Finding[];
  /** A part that did not answer leaves everything about it open. */
  missing: Finding[];
  warnings: Finding[];
  revoked: boolean;
  /** The address on another site that answered in place of the one asked. */
  servedBy?: string;
}

/**
 * Verify an Open Badges 2.0 assertion (or an older one): hosted or signed, given as JSON, compact JWS, or the assertion's
 * address. A hosted badge is fetched from its own id whatever was supplied, since only that address speaks for it. The report
 * is the same as for OB 3.0: `proof` is the hosting or the JWS, `issuer-key` the scope or the key's link from the profile.
 */
export async function verifyAssertion(input: JsonObject | string, options: VerifyOptions): Promise<VerificationReport> {
  if (typeof input === 'string' && /^https?:\/\//.test(input)) return verifyHosted(input, input, options);
  if (typeof input === 'string') {
    const decoded = decodeCompactJws(input);
    return decoded.ok ? verifySigned(decoded.jws, options) : unreadable(input, [decoded.finding], options);
  }
  const { kind, object } = verificationOf(input);
  const id = typeof input.id === 'string' ? input.id : typeof object.url === 'string' ? object.url : undefined;
  if (kind === 'signed' || id === undefined || !/^https?:\/\//.test(id))
    return unreadable(
      input,
      [fault(kind === 'signed' ? 'badge-signature-missing' : 'badge-not-hosted', '/verification')],
      options,
    );
  return verifyHosted(id, input, options);
}

async function verifyHosted(id: string, given: JsonValue, options: VerifyOptions): Promise<VerificationReport> {
  let fetched = await fetchPart(id, options.network);
  const warnings: Finding[] = [];
  let address = id;
  if (
    fetched.ok &&
    fetched.status === 200 &&
    fetched.document.revoked !== true &&
    typeof fetched.document.id === 'string' &&
    fetched.document.id !== id
  ) {
    warnings.push({
      code: 'hosted-declares-another-id',
      severity: 'warning',
      pointer: '/id',
      params: { url: fetched.document.id },
    });
    address = fetched.document.id;
    // Once only; an id that was not itself fetched is never believed.
    fetched = await fetchPart(address, options.network);
  }
  if (!fetched.ok) return report(given, null, { proof: unknown(fetched.finding), method: 'hosted', options });
  const { document } = fetched;
  const gone = fetched.status === 410 || document.revoked === true;
  const known = isJsonObject(given) ? given : {};
  const parts = await loadParts(gone ? { ...known, ...document, id: address } : document, options);
  if (!gone && document.id !== undefined && document.id !== address)
    return report(given, parts, {
      proof: {
        outcome: 'failed',
        findings: [fault('hosted-declares-another-id', '/id', { url: showJson(document.id) })],
      },
      method: 'hosted',
      options,
    });
  // A badge that says it is signed is proven by its signature, wherever somebody hosts its text.
  if (!gone && verificationOf(document).kind === 'signed')
    return report(given, parts, {
      proof: { outcome: 'failed', findings: [fault('badge-signature-missing', '/verification')] },
      method: 'hosted',
      options,
    });
  parts.revoked ||= gone;
  noteRedirect(parts, address, fetched.url);
  const scope =
    parts.issuer === null || parts.badge === null
      ? unknown(...parts.missing)
      : checkScope(address, parts.badge, parts.issuer);
  return report(given, parts, {
    proof: { outcome: 'passed', findings: warnings },
    issuerKey: scope,
    method: 'hosted',
    options,
    address,
  });
}

async function verifySigned(jws: CompactJws, options: VerifyOptions): Promise<VerificationReport> {
  const parts = await loadParts(jws.payload, options);
  const method = typeof jws.header.alg === 'string' ? jws.header.alg : null;
  const refused = checkJwsHeader(jws);
  if (refused !== null)
    return report(jws.compact, parts, { proof: { outcome: 'failed', findings: [refused] }, method, options });
  if (parts.issuer === null) return report(jws.compact, parts, { proof: unknown(...parts.missing), method, options });
  const { creator } = verificationOf(jws.payload).object;
  const linked = toList(parts.issuer.publicKey).filter(
    (key) => creator === undefined || key === creator || (isJsonObject(key) && key.id === creator),
  );
  const findings: Finding[] = [];
  let unreachable = false;
  for (const link of linked.slice(0, 8)) {
    const fetched = await embeddedOrFetched(link, options.network);
    if (!fetched.ok) {
      unreachable = true;
      findings.push(fetched.finding);
      continue;
    }
    const { owner, publicKeyPem } = fetched.document;
    const key = typeof publicKeyPem === 'string' ? publicKeyFromPem(publicKeyPem) : undefined;
    if (key === undefined || (owner !== undefined && owner !== parts.issuer.id)) {
      findings.push(
        fault('badge-key-unusable', '/verification/creator', { url: showJson(fetched.document.id ?? fetched.url) }),
      );
      continue;
    }
    const mismatch = await verifyJws(jws, key, options.cryptography);
    if (mismatch === null) {
      parts.revoked ||= await isOnRevocationList(parts, options);
      return report(jws.compact, parts, {
        proof: { outcome: 'passed', findings: [] },
        issuerKey: { outcome: 'passed', findings: [] },
        method,
        options,
        address: showJson(parts.issuer.id ?? ''),
      });
    }
    findings.push(mismatch);
  }
  if (linked.length === 0) findings.push(fault('badge-key-not-linked', '/verification/creator'));
  return report(jws.compact, parts, {
    proof: {
      // A key that did not answer may be the one that signed.
      outcome: unreachable ? 'cannot-tell' : 'failed',
      findings,
    },
    method,
    options,
  });
}

async function loadParts(assertion: JsonObject, options: VerifyOptions): Promise<Parts> {
  const parts: Parts = {
    assertion,
    badge: null,
    issuer: null,
    findings: [],
    warnings: [],
    missing: [],
    revoked: false,
  };
  const badge = await embeddedOrFetched(assertion.badge, options.network);
  if (!badge.ok)
    return {
      ...parts,
      ...(badge.outcome === 'failed'
        ? { findings: [{ ...badge.finding, pointer: '/badge' }] }
        : { missing: [badge.finding] }),
    };
  parts.badge = badge.document;
  const issuer = await fetchIssuer(badge.document.issuer, options);
  if (!issuer.ok)
    return {
      ...parts,
      ...(issuer.outcome === 'failed'
        ? { findings: [{ ...issuer.finding, pointer: '/badge/issuer' }] }
        : { missing: [issuer.finding] }),
    };
  parts.issuer = issuer.document;
  noteRedirect(parts, showJson(issuer.document.id), issuer.url);
  for (const [model, value, pointer] of [
    [assertionModel, assertion, ''],
    [badgeModel, parts.badge, '/badge'],
    [profileModel, parts.issuer, '/badge/issuer'],
  ] as const) {
    const checked = model.safeParse(value);
    if (!checked.success)
      for (const issue of checked.error.issues.slice(0, 20))
        parts.findings.push(
          fault('badge-member-malformed', `${pointer}/${issue.path.map(String).join('/')}`, {
            name: String(issue.path.at(-1) ?? ''),
          }),
        );
  }
  return parts;
}

/**
 * The profile, always from its own address and under that id: a copy inside the badge, or a page that calls itself somebody
 * else, could name any keys and origins.
 */
async function fetchIssuer(given: JsonValue | undefined, options: VerifyOptions): Promise<FetchedPart> {
  const id = isJsonObject(given) ? given.id : given;
  const fetched = await embeddedOrFetched(typeof id === 'string' ? id : undefined, options.network);
  if (!fetched.ok || fetched.document.id === id) return fetched;
  const finding = fault('badge-issuer-another-id', '/badge/issuer', { url: showJson(id) });
  return { ok: false, outcome: 'failed', finding };
}

/** Redirects are allowed in 2.0, but then the site that answered is the one that stands behind the badge. */
function noteRedirect(parts: Parts, asked: string, answered: string): void {
  if (answeredBySite(asked, answered)) return;
  parts.servedBy = answered;
  parts.warnings.push({
    code: 'hosted-redirected',
    severity: 'warning',
    params: { url: asked, answered: hostOf(answered) },
  });
}

/** A signed badge is revoked when its id or uid stands on the profile's revocation list. Set as a status finding on failure to ask. */
async function isOnRevocationList(parts: Parts, options: VerifyOptions): Promise<boolean> {
  const url = parts.issuer?.revocationList;
  if (url === undefined) return false;
  const fetched = await embeddedOrFetched(url, options.network);
  if (!fetched.ok) {
    parts.missing.push(fetched.finding);
    return false;
  }
  const { id, uid } = parts.assertion;
  const names = [id, uid].filter((name) => name !== undefined);
  const listed = fetched.document.revokedAssertions;
  // A list that is none, or cannot name this badge, does not clear it.
  if (listed === undefined || names.length === 0) {
    parts.missing.push(fault('status-list-not-valid', '', { url: typeof url === 'string' ? url : fetched.url }));
    return false;
  }
  return toList(listed).some((entry) =>
    isJsonObject(entry)
      ? entry.revoked !== false && (names.includes(entry.id as string) || names.includes(entry.uid as string))
      : names.includes(entry),
  );
}

interface Checked {
  proof: StepResult;
  issuerKey?: StepResult;
  method: string | null;
  options: VerifyOptions;
  address?: string;
}

function report(
  given: JsonValue,
  parts: Parts | null,
  { proof, issuerKey, method, options, address }: Checked,
): VerificationReport {
  const complete = parts?.badge != null && parts.issuer != null;
  const document: StepResult =
    parts === null
      ? unknown()
      : parts.findings.length > 0 && !(parts.revoked && !complete)
        ? { outcome: 'failed', findings: parts.findings }
        : complete
          ? { outcome: 'passed', findings: parts.warnings }
          : unknown(...parts.missing);
  const steps = {
    document,
    terms: nothing(),
    proof,
    'issuer-key': issuerKey ?? unknown(),
    'validity-period': parts === null ? unknown() : checkPeriod(parts.assertion, options, parts.revoked),
    status: checkRevoked(parts, method),
    refresh: nothing(),
  };
  const verdict = computeVerdict(steps);
  const issuer = parts?.issuer ?? {};
  const bound: Outcome = steps['issuer-key'].outcome;
  const proofs: ProofReport[] = [
    {
      pointer: '',
      method,
      verificationMethod: address ?? null,
      proofPurpose: null,
      outcome: proof.outcome,
      bound,
      findings: proof.findings,
    },
  ];
  const proven = proof.outcome === 'passed' && bound === 'passed' && address !== undefined;
  return {
    verdict,
    kind: 'OpenBadges2Assertion',
    securedBy: [method === 'hosted' ? 'hosted' : 'jwt'],
    checkedAt: options.now.toISOString(),
    steps,
    issuer: {
      id: typeof issuer.id === 'string' ? issuer.id : null,
      name: typeof issuer.name === 'string' ? issuer.name : null,
      verifiedAs: proven
        ? { kind: 'domain', value: hostOf(parts?.servedBy ?? (typeof issuer.id === 'string' ? issuer.id : address)) }
        : null,
    },
    proofs,
    status: [],
    endorsements: [],
    credentials: [],
    pointer: '',
    document: given,
    ...(verdict === 'verified' && parts !== null ? { verifiedDocument: parts.assertion } : {}),
    credential:
      parts === null
        ? isJsonObject(given)
          ? toUnsignedView(given, {}, {})
          : {}
        : toUnsignedView(parts.assertion, parts.badge ?? {}, parts.issuer ?? {}),
  };
}

function hostOf(url: string): string {
  try {
    return new URL(url).host;
  } catch {
    return url;
  }
}

function checkPeriod(
  assertion: JsonObject,
  { now, clockSkewSeconds = 120 }: VerifyOptions,
  revoked: boolean,
): StepResult {
  const findings: Finding[] = [];
  const issued = readMoment(assertion.issuedOn);
  const expires = assertion.expires === undefined ? null : readMoment(assertion.expires);
  const skew = clockSkewSeconds * 1000;
  // What stands in a 410 answer may be no more than the id; then there is no date to judge.
  if (issued === null && !revoked)
    findings.push(fault('date-unreadable', '/issuedOn', { date: showJson(assertion.issuedOn ?? '') }));
  if (assertion.expires !== undefined && expires === null)
    findings.push(fault('date-unreadable', '/expires', { date: showJson(assertion.expires) }));
  if (issued !== null && issued > now.getTime() + skew)
    findings.push(fault('not-yet-valid', '/issuedOn', { date: showJson(assertion.issuedOn) }));
  if (expires !== null && expires < now.getTime() - skew)
    findings.push(fault('expired', '/expires', { date: showJson(assertion.expires) }));
  if (issued !== null && expires !== null && expires < issued) findings.push(fault('dates-reversed', '/expires'));
  return { outcome: findings.length > 0 ? 'failed' : 'passed', findings };
}

function checkRevoked(parts: Parts | null, method: string | null): StepResult {
  if (parts?.revoked)
    return {
      outcome: 'failed',
      findings: [fault('revoked', '', { reason: showJson(parts.assertion.revocationReason ?? '') })],
    };
  if (parts === null) return unknown();
  const listMissing = method !== 'hosted' && parts.issuer?.revocationList !== undefined && parts.missing.length > 0;
  return listMissing ? unknown(...parts.missing) : { outcome: 'passed', findings: [] };
}

function unreadable(document: JsonValue, findings: Finding[], options: VerifyOptions): VerificationReport {
  const parts: Parts = {
    assertion: isJsonObject(document) ? document : {},
    badge: null,
    issuer: null,
    findings,
    warnings: [],
    missing: [],
    revoked: false,
  };
  return report(document, parts, { proof: { outcome: 'failed', findings }, method: null, options });
}
