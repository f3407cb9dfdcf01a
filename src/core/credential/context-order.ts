import type { Finding } from '../finding.ts';
import { type JsonObject, type JsonValue, toList } from '../json/json.ts';
import { contextUrl } from '../json-ld/contexts.ts';
import type { CredentialKind } from './types.ts';

const openBadges = /^https:\/\/purl\.imsglobal\.org\/spec\/ob\/v3p0\/context(-3\.\d\.\d)*\.json$/;
const openBadgesAlias = 'https://purl.imsglobal.org/spec/ob/v3p0/context/ob_v3p0.jsonld';
const clr = /^https:\/\/purl\.imsglobal\.org\/spec\/clr\/v2p0\/context(-2\.\d\.\d)*\.json$/;

/** `@context` is ordered: VCDM first, then CLR, then Open Badges (OB 3.0 §1, CLR 2.0 §1, VCDM 2.0 §4.3). */
export function checkContextOrder(document: JsonObject, kind: CredentialKind): Finding[] {
  const contexts = toList(document['@context']);
  const findings: Finding[] = [];
  const misplaced = (index: number, expected: string) =>
    findings.push({
      code: 'context-misplaced',
      severity: 'error',
      pointer: Array.isArray(document['@context']) ? `/@context/${index}` : '/@context',
      params: { expected, position: index + 1 },
    });
  const [first, second, third] = contexts;
  if (first !== contextUrl.credentials2 && first !== contextUrl.credentials1) misplaced(0, contextUrl.credentials2);
  const isOpenBadges = (value: JsonValue | undefined) =>
    typeof value === 'string' && (openBadges.test(value) || value === openBadgesAlias);
  if (kind === 'ClrCredential') {
    if (typeof second !== 'string' || !clr.test(second)) misplaced(1, contextUrl.clr201);
    if (!isOpenBadges(third)) misplaced(2, contextUrl.openBadges303);
  } else if (kind === 'OpenBadgeCredential' || kind === 'EndorsementCredential') {
    if (!isOpenBadges(second)) misplaced(1, contextUrl.openBadges303);
    else if (second !== contextUrl.openBadges303)
      findings.push({
        code: 'context-older',
        severity: 'warning',
        pointer: '/@context/1',
        params: { expected: contextUrl.openBadges303 },
      });
  }
  if (first === contextUrl.credentials1)
    findings.push({
      code: 'data-model-older',
      severity: 'warning',
      pointer: '/@context/0',
      params: { expected: contextUrl.credentials2 },
    });
  if (
    new Set(contexts.filter((context) => typeof context === 'string')).size !==
    contexts.filter((context) => typeof context === 'string').length
  )
    findings.push({ code: 'context-twice', severity: 'error', pointer: '/@context' });
  return findings;
}
