import { z } from 'zod';
import type { Finding } from '../finding.ts';
import { toPointer } from '../json/pointer.ts';

const day = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?$/;
const moment = z.string().refine((text) => day.test(text) && !Number.isNaN(Date.parse(text)), { error: 'date' });
const domain = /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+$/i;
const identifier = z
  .string()
  .max(2000)
  .refine((text) => domain.test(text) || /^did:[a-z0-9]+:\S+$/.test(text) || /^https:\/\/\S+$/.test(text), {
    error: 'identifier',
  });

const trustedIssuer = z.strictObject({
  /** A DID, a domain (`example.edu`) or a profile id (https URL). */
  id: identifier,
  /** The issuer's name as the source knows it. */
  name: z.string().min(1).max(500),
  /** Vouched for from, until: ISO 8601; either may be absent. */
  from: moment.optional(),
  until: moment.optional(),
  /** No longer vouched for since. */
  withdrawn: moment.optional(),
  /** The issuer's key may have been in other hands since. */
  compromised: moment.optional(),
  /** What the source vouches for, in its words. */
  vouchesFor: z.string().max(500).optional(),
});

const trustSource = z.strictObject({
  /** What the source calls itself. */
  name: z.string().min(1).max(500),
  /** When the list was made, ISO 8601. */
  date: moment,
  issuers: z.array(trustedIssuer).max(100_000),
});

export type TrustedIssuer = z.infer<typeof trustedIssuer>;
/** A list of issuers that somebody vouches for: one JSON file or URL, chosen by the viewer. */
export type TrustSource = z.infer<typeof trustSource>;

/** Read a trust source from parsed JSON. Every fault is a finding with a pointer into the file. */
export function parseTrustSource(
  value: unknown,
): { ok: true; source: TrustSource } | { ok: false; findings: Finding[] } {
  const result = trustSource.safeParse(value);
  if (result.success) return { ok: true, source: result.data };
  const findings = result.error.issues.slice(0, 50).map((issue): Finding => {
    const tokens = issue.path.map((token) => String(token));
    if (issue.code === 'unrecognized_keys')
      return {
        code: 'trust-source-unknown-member',
        severity: 'error',
        pointer: toPointer([...tokens, issue.keys[0] ?? '']),
        params: { name: issue.keys[0] ?? '' },
      };
    const code =
      issue.message === 'date'
        ? 'trust-source-bad-date'
        : issue.message === 'identifier'
          ? 'trust-source-bad-identifier'
          : 'trust-source-bad-member';
    return { code, severity: 'error', pointer: toPointer(tokens), params: { name: tokens.at(-1) ?? 'the file' } };
  });
  return { ok: false, findings };
}
