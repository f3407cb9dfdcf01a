import type { Finding } from '../finding.ts';
import { isJsonObject, type JsonObject, type JsonValue, toList } from '../json/json.ts';
import { decodeCompactJws } from '../proof/jws.ts';
import { openEnvelope } from './envelope.ts';
import { findFaults } from './schema-findings.ts';
import type { CompactJws } from './types.ts';
import { checkEverywhere, dataModelOf, verifiablePresentation } from './vcdm.ts';

export interface ParsedPresentation {
  document: JsonObject;
  jws?: CompactJws;
  /** Address of the holder; null when none is named. */
  holder: string | null;
  /** Each credential as it stands, with its pointer's tokens. */
  credentials: { tokens: (string | number)[]; value: JsonValue }[];
  findings: Finding[];
}

/**
 * Parse a presentation (VCDM 2.0 §4.13): JSON, an EnvelopedVerifiablePresentation, or a compact JWS with the presentation as
 * its payload or under `vp`. Faults are findings.
 */
export function parsePresentation(
  input: JsonValue,
): { ok: true; parsed: ParsedPresentation } | { ok: false; findings: Finding[] } {
  if (typeof input === 'string') return parseJwt(input);
  if (!isJsonObject(input))
    return { ok: false, findings: [{ code: 'credential-not-object', severity: 'error', pointer: '' }] };
  if (!toList(input.type).includes('EnvelopedVerifiablePresentation')) return { ok: true, parsed: describe(input) };
  const opened = openEnvelope(input, 'EnvelopedVerifiablePresentation');
  return opened.ok ? parseJwt(opened.compact) : { ok: false, findings: [opened.finding] };
}

function parseJwt(compact: string): ReturnType<typeof parsePresentation> {
  const decoded = decodeCompactJws(compact);
  if (!decoded.ok) return { ok: false, findings: [decoded.finding] };
  const { vp } = decoded.jws.payload;
  const claims = ['iss', 'sub', 'aud', 'exp', 'nbf', 'iat', 'jti', 'nonce', 'cnf'];
  const payload = isJsonObject(vp)
    ? vp
    : Object.fromEntries(Object.entries(decoded.jws.payload).filter(([name]) => !claims.includes(name)));
  return { ok: true, parsed: { ...describe(payload), jws: decoded.jws } };
}

function describe(document: JsonObject): ParsedPresentation {
  const given = document.verifiableCredential;
  const holder = isJsonObject(document.holder) ? document.holder.id : document.holder;
  const findings = [
    ...findFaults(verifiablePresentation, document, (pointer) => pointer),
    ...checkEverywhere(document),
  ];
  if (dataModelOf(document) === null)
    findings.push({
      code: 'context-misplaced',
      severity: 'error',
      pointer: '/@context',
      params: { position: 1, expected: 'https://www.w3.org/ns/credentials/v2' },
    });
  return {
    document,
    holder: typeof holder === 'string' ? holder : null,
    credentials: toList(given).map((value, index) => ({
      tokens: ['verifiableCredential', ...(Array.isArray(given) ? [index] : [])],
      value,
    })),
    findings,
  };
}
