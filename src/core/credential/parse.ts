import type { z } from 'zod';
import type { Finding, Pointer } from '../finding.ts';
import { isJsonObject, type JsonObject, type JsonValue, toList } from '../json/json.ts';
import { decodeCompactJws } from '../proof/jws.ts';
import { checkAssociations } from './associations.ts';
import { toCanonicalForm, toOriginalPointer } from './canonical-form.ts';
import { checkContextOrder } from './context-order.ts';
import { openEnvelope } from './envelope.ts';
import { achievementCredential, clrCredential, endorsementCredential } from './open-badges.ts';
import { findFaults } from './schema-findings.ts';
import type { CompactJws, CredentialKind, CredentialView, ParsedCredential, ParseResult } from './types.ts';
import { checkEverywhere, dataModelOf, verifiableCredential, verifiableCredential1 } from './vcdm.ts';

/**
 * Parse a credential once: a JSON document, an EnvelopedVerifiableCredential, or a compact JWS. VCDM 2.0 and 1.1, OB 3.0,
 * CLR 2.0, endorsements, and any other verifiable credential by VCDM's rules alone. The signed document stays untouched; each
 * fault against the data model is a finding with a pointer into it. `ok: false` only when there is no credential to read.
 */
export function parseCredential(input: JsonValue): ParseResult {
  if (typeof input === 'string') return parseJwt(input, input);
  if (!isJsonObject(input)) return refuse('credential-not-object', input);
  if (toList(input.type).includes('EnvelopedVerifiableCredential')) {
    const opened = openEnvelope(input, 'EnvelopedVerifiableCredential');
    return opened.ok ? parseJwt(opened.compact, input) : { ok: false, findings: [opened.finding], document: input };
  }
  return { ok: true, parsed: describe(input, undefined, input) };
}

function refuse(code: 'credential-not-object' | 'jwt-without-credential', document: JsonValue): ParseResult {
  const type = 'https://www.w3.org/TR/vc-data-model#PARSING_ERROR';
  return { ok: false, findings: [{ code, severity: 'error', pointer: '', type }], document };
}

/** Claims that JOSE adds beside the credential's own members; they are checked, not shown. */
const claims = ['iss', 'sub', 'aud', 'exp', 'nbf', 'iat', 'jti', 'nonce', 'cnf'];

function parseJwt(compact: string, document: JsonValue): ParseResult {
  const decoded = decodeCompactJws(compact);
  if (!decoded.ok) return { ok: false, findings: [decoded.finding], document };
  const { jws } = decoded;
  const { vc } = jws.payload;
  if (vc !== undefined && !isJsonObject(vc)) return refuse('jwt-without-credential', document);
  const content = vc ?? Object.fromEntries(Object.entries(jws.payload).filter(([name]) => !claims.includes(name)));
  if (content['@context'] === undefined && content.type === undefined)
    return refuse('jwt-without-credential', document);
  return { ok: true, parsed: describe(content, jws, document) };
}

function describe(document: JsonObject, jws: CompactJws | undefined, given: JsonValue): ParsedCredential {
  const compacted: { pointer: Pointer; property: string }[] = [];
  const credential = toCanonicalForm(document, (pointer, property) => compacted.push({ pointer, property }));
  const kind = kindOf(document);
  const openBadges = kind !== 'VerifiableCredential' && kind !== 'unknown';
  return {
    kind,
    form: jws === undefined ? 'json' : 'jwt',
    dataModel: dataModelOf(document),
    given,
    document,
    ...(jws === undefined ? {} : { jws }),
    credential,
    findings: unique([
      ...checkContextOrder(document, kind),
      ...checkVcdm(document),
      ...checkEverywhere(document),
      ...(openBadges ? [...checkCompaction(compacted), ...checkKind(document, credential, kind)] : []),
      ...(kind === 'ClrCredential' ? checkAssociations(credential, document) : []),
      ...(document.issuer !== undefined && typeof document.issuer === 'string' && openBadges ? [bareIssuer] : []),
    ]),
  };
}

/** The official validator refuses a bare issuer address; the specification allows it, so it is a warning here. */
const bareIssuer: Finding = { code: 'issuer-bare', severity: 'warning', pointer: '/issuer' };

/** What a document calls itself; AchievementCredential and OpenBadgeCredential are one class. */
export function kindOf({ type }: JsonObject): CredentialKind {
  const types = toList(type);
  if (types.includes('ClrCredential')) return 'ClrCredential';
  if (types.includes('EndorsementCredential')) return 'EndorsementCredential';
  if (types.includes('AchievementCredential') || types.includes('OpenBadgeCredential')) return 'OpenBadgeCredential';
  return types.includes('VerifiableCredential') ? 'VerifiableCredential' : 'unknown';
}

function checkVcdm(document: JsonObject): Finding[] {
  const schema = dataModelOf(document) === '1.1' ? verifiableCredential1 : verifiableCredential;
  return findFaults(schema, document, (pointer) => pointer);
}

const schemas: Partial<Record<CredentialKind, z.ZodType>> = {
  OpenBadgeCredential: achievementCredential,
  EndorsementCredential: endorsementCredential,
  ClrCredential: clrCredential,
};

function checkKind(document: JsonObject, credential: CredentialView, kind: CredentialKind): Finding[] {
  const schema = schemas[kind];
  if (schema === undefined) return [];
  return findFaults(schema, credential, (pointer) => toOriginalPointer(document, pointer));
}

/** OB 3.0 §2, rule 6: where a single value may stand for a list of one. Elsewhere it is a fault. */
const tolerated = new Set(['type', 'credentialSchema', 'proof', 'termsOfUse']);

function checkCompaction(compacted: readonly { pointer: Pointer; property: string }[]): Finding[] {
  return compacted
    .filter(({ pointer }) => !/\/(proof|endorsement|verifiableCredential)\//.test(pointer))
    .map(({ pointer, property }) =>
      tolerated.has(property)
        ? { code: 'compacted-form', severity: 'warning', pointer, params: { name: property } }
        : { code: 'list-expected', severity: 'error', pointer, params: { name: property } },
    );
}

/** The two schemas overlap; one fault at one place is said once, the first and more general one. */
function unique(findings: Finding[]): Finding[] {
  const seen = new Set<string>();
  return findings.filter(({ code, pointer }) => {
    const key = `${code} ${pointer}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
