import type { ParsedCredential } from '../credential/types.ts';
import type { Cryptography, PublicKey, SecretKey } from '../cryptography.ts';
import type { ResolvedMethod, ResolveKey } from '../did/resolved-method.ts';
import type { Finding } from '../finding.ts';
import { isJsonObject, type JsonObject, type JsonValue, toList } from '../json/json.ts';
import type { ProofReport } from '../verify/report.ts';
import { parseDateTimeStamp } from './date-time-stamp.ts';
import { publicKeyFromJwk } from './jwk.ts';
import { checkJwsHeader, signCompactJws, verifyJws } from './jws.ts';

export interface VerifyJwtOptions {
  cryptography: Cryptography;
  resolveKey: ResolveKey;
  /** Does the issuer itself publish this key, which the token carries without naming where it stands? */
  findPublished?(key: PublicKey, purpose: string): Promise<ResolvedMethod>;
  now: Date;
  clockSkewSeconds: number;
  /** Default `assertionMethod`; `authentication` for presentations. */
  expectedPurpose?: string;
  /** A presentation: its claims (`nonce`, `aud`) answer a request and are checked by the caller; `iss` is the holder. */
  presentation?: boolean;
}

/** How a credential is put into a JWS: OB 3.0 §8.2 (`typ: JWT`, iss jti nbf sub exp) or vc-jose-cose (`typ: vc+jwt`). */
export type JwtProfile = 'open-badges' | 'vc-jose-cose';

/**
 * Sign a credential as a compact JWS. Of the Open Badges profile: `kid` is the verification method; `sub` needs
 * `credentialSubject.id`. Dates that cannot be read and a missing subject id are findings.
 */
export async function signVcJwt(
  credential: JsonObject,
  options: { key: SecretKey; verificationMethod: string; profile: JwtProfile },
  cryptography: Cryptography,
): Promise<{ ok: true; jwt: string } | { ok: false; finding: Finding }> {
  const { key, verificationMethod, profile } = options;
  if (profile === 'vc-jose-cose') {
    const header = { typ: 'vc+jwt', cty: 'vc', kid: verificationMethod };
    return { ok: true, jwt: await signCompactJws(credential, header, key, cryptography) };
  }
  const claims = openBadgesClaims(credential);
  for (const name of ['iss', 'jti', 'nbf', 'sub'] as const)
    if (claims[name] === undefined)
      return {
        ok: false,
        finding: { code: 'claim-missing', severity: 'error', pointer: pointerOf[name], params: { name } },
      };
  const header = { typ: 'JWT', kid: verificationMethod };
  return { ok: true, jwt: await signCompactJws({ ...credential, ...claims } as JsonObject, header, key, cryptography) };
}

const pointerOf = {
  iss: '/issuer',
  jti: '/id',
  nbf: '/validFrom',
  sub: '/credentialSubject/id',
  exp: '/validUntil',
} as const;
type Claim = keyof typeof pointerOf;

/** The claims that OB 3.0 §8.2.3 derives from the credential; NumericDate in seconds. */
function openBadgesClaims(credential: JsonObject): Partial<Record<Claim, JsonValue>> {
  const { issuer } = credential;
  const [subject] = toList(credential.credentialSubject);
  const seconds = (value: JsonValue | undefined) => {
    const time = parseDateTimeStamp(value);
    return time === null ? undefined : Math.floor(time / 1000);
  };
  const claims: Record<Claim, JsonValue | undefined> = {
    iss: isJsonObject(issuer) ? issuer.id : issuer,
    jti: credential.id,
    nbf: seconds(credential.validFrom ?? credential.issuanceDate),
    sub: isJsonObject(subject) ? subject.id : undefined,
    exp: seconds(credential.validUntil ?? credential.expirationDate),
  };
  return Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== undefined));
}

/**
 * Verify a credential or presentation that came as a compact JWS, in the Open Badges or the vc-jose-cose form: header, key,
 * signature, and each claim against the credential (OB 3.0 §8.2.4, vc-jose-cose §4). A key that stands only inside the
 * token proves integrity, not who signed.
 */
export async function verifyVcJwt(
  parsed: Pick<ParsedCredential, 'jws' | 'document'>,
  options: VerifyJwtOptions,
): Promise<ProofReport> {
  const { jws } = parsed;
  if (jws === undefined) throw new TypeError('not a JWS');
  const { header } = jws;
  const kid = typeof header.kid === 'string' ? header.kid : null;
  const report: ProofReport = {
    pointer: '',
    method: typeof header.alg === 'string' ? header.alg : null,
    verificationMethod: kid,
    proofPurpose: null,
    outcome: 'failed',
    bound: 'cannot-tell',
    findings: [],
  };
  const refused = checkJwsHeader(jws);
  if (refused !== null)
    return {
      ...report,
      outcome: refused.code === 'jws-algorithm-unsupported' ? 'cannot-tell' : 'failed',
      findings: [refused],
    };
  const resolved = await findKey(header, kid, options);
  if (!resolved.ok) return { ...report, outcome: resolved.outcome, findings: resolved.findings };
  report.bound = resolved.bound;
  report.findings.push(...resolved.findings, ...checkClaims(jws.payload, parsed.document, options));
  report.findings.push(...unexpectedHeaders(jws.header, jws.payload));
  const mismatch = await verifyJws(jws, resolved.key, options.cryptography);
  if (mismatch !== null) report.findings.push(mismatch);
  const failed = mismatch !== null || report.findings.some(({ code }) => isClaimError(code));
  return { ...report, outcome: failed ? 'failed' : 'passed' };
}

function isClaimError(code: string): boolean {
  return code.startsWith('claim-') && code !== 'claim-vc-beside-vcdm2';
}

/** OB 3.0 §8.2.1 allows no other headers; they are signed and harmless, so a warning is enough. */
function unexpectedHeaders(header: JsonObject, payload: JsonObject): Finding[] {
  if (!isOpenBadgesProfile(payload)) return [];
  return Object.keys(header)
    .filter((name) => !['alg', 'kid', 'jwk', 'typ'].includes(name))
    .map((name) => ({ code: 'jws-header-unexpected', severity: 'warning', pointer: '', params: { name } }));
}

async function findKey(header: JsonObject, kid: string | null, options: VerifyJwtOptions): Promise<ResolvedMethod> {
  const fail = (finding: Finding): ResolvedMethod => ({ ok: false, outcome: 'failed', findings: [finding] });
  let inside: PublicKey | undefined;
  if (header.jwk !== undefined) {
    const read = isJsonObject(header.jwk)
      ? publicKeyFromJwk(header.jwk)
      : ({ ok: false, code: 'key-malformed' } as const);
    if (!read.ok) return fail({ code: read.code, severity: 'error', pointer: '' });
    inside = read.key;
  }
  if (kid === null) {
    if (inside === undefined) return fail({ code: 'jws-key-missing', severity: 'error', pointer: '' });
    const published = await options.findPublished?.(inside, options.expectedPurpose ?? 'assertionMethod');
    if (published?.ok && published.bound === 'passed') return published;
    return {
      ok: true,
      key: inside,
      controller: '',
      bound: 'cannot-tell',
      verifiedAs: null,
      findings: [{ code: 'jws-key-only-inside', severity: 'warning', pointer: '' }],
    };
  }
  const method = await options.resolveKey(kid, options.expectedPurpose ?? 'assertionMethod');
  if (!method.ok || inside === undefined) return method;
  const same =
    method.key.type === inside.type && method.key.bytes.every((byte, index) => byte === inside?.bytes[index]);
  return same ? method : fail({ code: 'jws-keys-disagree', severity: 'error', pointer: '' });
}

function checkClaims(
  payload: JsonObject,
  document: JsonObject,
  { now, clockSkewSeconds, presentation = false }: VerifyJwtOptions,
): Finding[] {
  const findings: Finding[] = [];
  const fault = (
    code: 'claim-missing' | 'claim-mismatch' | 'claim-not-yet' | 'claim-expired',
    name: Claim,
    params = {},
  ) => findings.push({ code, severity: 'error', pointer: `/${name}`, params: { name, ...params } });
  const expected = openBadgesClaims(document);
  const openBadges = !presentation && isOpenBadgesProfile(payload);
  if (presentation && payload.iss !== undefined && payload.iss !== holderOf(document)) fault('claim-mismatch', 'iss');
  for (const name of presentation ? [] : (Object.keys(pointerOf) as Claim[])) {
    const claimed = payload[name];
    if (claimed === undefined) {
      // vc-jose-cose asks for none of them; OB 3.0 for all that the credential has a value for.
      if (openBadges && name !== 'exp') fault('claim-missing', name);
      continue;
    }
    if (name === 'nbf' || name === 'exp') {
      if (typeof claimed !== 'number') fault('claim-mismatch', name);
      else if (name === 'nbf' && (expected.nbf === undefined ? openBadges : Math.floor(claimed) !== expected.nbf))
        fault('claim-mismatch', name);
      continue;
    }
    if (claimed !== expected[name] && !(expected[name] === undefined && name !== 'iss' && !openBadges))
      fault('claim-mismatch', name);
  }
  const at = now.getTime() / 1000;
  const dated = (seconds: number) => new Date(Math.max(-8.64e15, Math.min(8.64e15, seconds * 1000))).toISOString();
  const { nbf, exp } = payload;
  if (typeof nbf === 'number' && nbf > at + clockSkewSeconds) fault('claim-not-yet', 'nbf', { date: dated(nbf) });
  if (typeof exp === 'number' && exp < at - clockSkewSeconds) fault('claim-expired', 'exp', { date: dated(exp) });
  if (isJsonObject(payload.vc) && toList(payload.vc['@context'])[0] === 'https://www.w3.org/ns/credentials/v2')
    findings.push({ code: 'claim-vc-beside-vcdm2', severity: 'warning', pointer: '/vc' });
  return findings;
}

function holderOf({ holder }: JsonObject): JsonValue | undefined {
  return isJsonObject(holder) ? holder.id : holder;
}

/** OB 3.0 asks for its claims; a payload without any of them, and without `vc`, is of the vc-jose-cose form. */
function isOpenBadgesProfile(payload: JsonObject): boolean {
  return payload.vc !== undefined || payload.jti !== undefined || payload.nbf !== undefined;
}
