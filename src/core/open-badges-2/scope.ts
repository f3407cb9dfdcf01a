import type { Finding } from '../finding.ts';
import { isJsonObject, type JsonObject, toList } from '../json/json.ts';
import type { StepResult } from '../verify/report.ts';

/**
 * May this address speak for the issuer (Open Badges 2.0, hosted verification)? Both conditions count, as both official
 * validators have them: a declared `startsWith`, and the allowed origins, which are the profile's own when none is declared.
 */
export function checkScope(address: string, badge: JsonObject, issuer: JsonObject): StepResult {
  const declared = isJsonObject(issuer.verification) ? issuer.verification : {};
  const warnings: Finding[] = [];
  const fail = (allowed: string): StepResult => ({
    outcome: 'failed',
    findings: [{ code: 'hosted-outside-scope', severity: 'error', pointer: '/id', params: { url: address, allowed } }],
  });
  const authority = authorityOf(address);
  const own = typeof issuer.id === 'string' ? authorityOf(issuer.id) : null;
  if (authority === null || own === null)
    return {
      outcome: 'cannot-tell',
      findings: [
        { code: 'hosted-outside-scope', severity: 'warning', pointer: '/id', params: { url: address, allowed: '' } },
      ],
    };
  const prefixes = toList(declared.startsWith).filter((prefix): prefix is string => typeof prefix === 'string');
  if (declared.startsWith !== undefined) {
    const normal = normalise(address);
    if (!prefixes.some((prefix) => normal.startsWith(normalise(prefix)))) return fail(prefixes.join(', '));
    for (const prefix of prefixes)
      if (!prefix.endsWith('/'))
        warnings.push({
          code: 'scope-prefix-open',
          severity: 'warning',
          pointer: '/badge/issuer/verification/startsWith',
          params: { prefix },
        });
  }
  const origins = toList(declared.allowedOrigins)
    .filter((origin): origin is string => typeof origin === 'string')
    .map((origin) => origin.toLowerCase());
  const allowed = declared.allowedOrigins === undefined ? [own] : origins;
  if (!allowed.includes(authority)) return fail(allowed.join(', '));
  if (
    declared.startsWith === undefined &&
    declared.allowedOrigins === undefined &&
    typeof badge.id === 'string' &&
    authorityOf(badge.id) !== own
  )
    return fail(own);
  if (typeof issuer.id === 'string' && !issuer.id.startsWith('https:'))
    warnings.push({
      code: 'issuer-not-https',
      severity: 'warning',
      pointer: '/badge/issuer/id',
      params: { url: issuer.id },
    });
  return { outcome: 'passed', findings: warnings };
}

function authorityOf(url: string): string | null {
  try {
    return new URL(url).host.toLowerCase() || null;
  } catch {
    return null;
  }
}

function normalise(url: string): string {
  try {
    return new URL(url).href;
  } catch {
    return url;
  }
}
