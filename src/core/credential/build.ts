import type { Finding } from '../finding.ts';
import { isJsonObject, type JsonObject, type JsonValue, showJson, toList } from '../json/json.ts';
import { contextUrl } from '../json-ld/contexts.ts';
import { analyseTerms } from '../json-ld/terms.ts';
import { toCanonicalForm } from './canonical-form.ts';
import { parseCredential } from './parse.ts';

/** Types that only the extensions context defines; without it safe mode refuses the credential. */
const extensionTypes = ['1EdTechJsonSchemaValidator2019', '1EdTechRevocationList', '1EdTechCredentialRefresh'];

/**
 * An unsigned credential in canonical form, ready to sign: lists as lists, nulls and empty lists left out, contexts in their
 * order (VCDM 2.0, CLR where it is one, Open Badges 3.0.3, then the others that were given, and the extensions context when a
 * type needs it). What does not conform, or no context defines, is refused with every finding.
 */
export function buildCredential(
  draft: JsonObject,
): { ok: true; credential: JsonObject } | { ok: false; findings: Finding[] } {
  const { '@context': given, ...members } = toCanonicalForm(clean(draft) as JsonObject);
  const isClr = toList(members.type).includes('ClrCredential');
  const first = [
    contextUrl.credentials2,
    ...(isClr ? [contextUrl.clr201] : []),
    contextUrl.openBadges303,
  ] as JsonValue[];
  const others = toList(given).filter((context) => !first.includes(context));
  const needsExtensions = usesType(members, extensionTypes) && !others.includes(contextUrl.openBadgesExtensions);
  const credential: JsonObject = {
    '@context': [...first, ...(needsExtensions ? [contextUrl.openBadgesExtensions] : []), ...others],
    ...members,
  };
  const parsed = parseCredential(credential);
  const faults = (parsed.ok ? parsed.parsed.findings : parsed.findings).filter(({ severity }) => severity === 'error');
  const undefinedTerms = analyseTerms(credential).undefinedTerms.map(
    ({ pointer, term }): Finding => ({ code: 'term-undefined', severity: 'error', pointer, params: { term } }),
  );
  const findings = [...faults, ...undefinedTerms];
  return findings.length > 0 ? { ok: false, findings } : { ok: true, credential };
}

/** Without nulls and empty lists, which OB 3.0 §2 leaves out. */
function clean(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.filter((item) => item !== null).map(clean);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(
        ([, member]) => member !== null && member !== undefined && !(Array.isArray(member) && member.length === 0),
      )
      .map(([name, member]) => [name, clean(member)]),
  );
}

function usesType(value: JsonValue, types: readonly string[]): boolean {
  if (Array.isArray(value)) return value.some((item) => usesType(item, types));
  if (!isJsonObject(value)) return false;
  return (
    toList(value.type).some((type) => types.includes(showJson(type))) ||
    Object.values(value).some((member) => usesType(member, types))
  );
}
