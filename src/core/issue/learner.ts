import { z } from 'zod';
import type { Finding, FindingCode } from '../finding.ts';
import { showJson } from '../json/json.ts';
import { toPointer } from '../json/pointer.ts';
import { inTimeZone } from './zoned-time.ts';

const moment = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?$/;
const object = z.record(z.string(), z.json());
const text = z.string().min(1).max(20_000);

/**
 * A date, or a date and time, as the data model wants it. What has no zone is read in `timeZone`, a day alone from its
 * midnight on; without one a day is of UTC, and a time without a zone is no moment.
 */
export function readMoment(written: string, timeZone?: string): string | undefined {
  const trimmed = written.trim();
  if (!moment.test(trimmed) || Number.isNaN(Date.parse(trimmed))) return undefined;
  // Date.parse turns 31 February into 3 March.
  const day = trimmed.slice(0, 10);
  if (new Date(`${day}T00:00:00Z`).toISOString().slice(0, 10) !== day) return undefined;
  if (/T.*(Z|[+-]\d{2}:\d{2})$/.test(trimmed)) return trimmed;
  if (timeZone !== undefined) return inTimeZone(trimmed.length === 10 ? `${day}T00:00` : trimmed, timeZone);
  return trimmed.length === 10 ? `${trimmed}T00:00:00Z` : undefined;
}

/** Is this an absolute identifier: a DID, a URN, a web or mail address? */
export function isIdentifier(value: string): boolean {
  return /^(did:[a-z0-9]+:|urn:[a-z0-9][a-z0-9-]*:|https?:\/\/|mailto:)\S+$/i.test(value) && value.length <= 2000;
}

export function isEmail(value: string): boolean {
  return /^[^\s@"<>(),;:]{1,64}@[^\s@"<>(),;:]+\.[^\s@"<>(),;:]+$/.test(value) && value.length <= 254;
}

const schemaOf = (date: z.ZodType<string>) =>
  z.strictObject({
    /** A DID or address of the learner. */
    id: z.string().refine(isIdentifier, { error: 'id' }).optional(),
    /** An identifier of type `name`: hashed or in clear, as the issuer decides. */
    name: text.optional(),
    /** Did the learner agree that the name stands in clear? Who said no is hashed whatever the issuer decides. */
    nameConsent: z.boolean().optional(),
    /** Never written in clear: hashed with a salt of its own (Open Badges 3.0, IdentityHash). */
    email: z.string().trim().refine(isEmail, { error: 'email' }).optional(),
    /** Other identifiers by IdentifierTypeEnum, such as `{"systemId": "4711"}`: hashed with a salt as well. */
    identifiers: z.record(z.string().regex(/^(ext:)?[A-Za-z0-9._-]+$/), text).optional(),
    result: z.array(object).max(1000).optional(),
    evidence: z.array(object).max(1000).optional(),
    narrative: text.optional(),
    activityStartDate: date.optional(),
    activityEndDate: date.optional(),
    creditsEarned: z.number().optional(),
    licenseNumber: text.optional(),
    role: text.optional(),
    term: text.optional(),
    /** The assessor, a Profile. */
    source: object.optional(),
    /** When it was earned; survives re-issue. Default: validFrom. */
    awardedDate: date.optional(),
    validFrom: date.optional(),
    validUntil: date.optional(),
  });

/** What is one learner's own: who they are, their results, their evidence, their dates. */
export type Learner = z.infer<ReturnType<typeof schemaOf>>;

const schemas = new Map<string | undefined, ReturnType<typeof schemaOf>>();

/** Schemas are made once for each zone. */
function learnerIn(timeZone: string | undefined) {
  const known = schemas.get(timeZone);
  if (known !== undefined) return known;
  const schema = schemaOf(
    z.string().transform((written, context) => {
      const read = readMoment(written, timeZone);
      if (read === undefined) context.addIssue({ code: 'custom', message: 'date' });
      return read ?? written;
    }),
  );
  schemas.set(timeZone, schema);
  return schema;
}

export type ParseLearnerResult = { ok: true; learner: Learner } | { ok: false; findings: Finding[] };

const codes: Record<string, FindingCode> = {
  date: 'issue-date-wrong',
  id: 'issue-id-wrong',
  email: 'issue-email-wrong',
};

/** Read a learner from parsed JSON; dates without a zone in `timeZone`. Every fault is a finding with a pointer into the file. */
export function parseLearner(value: unknown, { timeZone }: { timeZone?: string } = {}): ParseLearnerResult {
  const read = learnerIn(timeZone).safeParse(value);
  if (read.success) return { ok: true, learner: read.data };
  return {
    ok: false,
    findings: read.error.issues.slice(0, 50).flatMap((issue): Finding[] => {
      const tokens = issue.path.map(String);
      if (tokens.length === 0 && issue.code === 'invalid_type')
        return [{ code: 'issue-file-not-object', severity: 'error', pointer: '', params: { what: 'learner' } }];
      if (issue.code === 'unrecognized_keys')
        return issue.keys.map((name) => ({
          code: 'issue-learner-member-unknown',
          severity: 'error',
          pointer: toPointer([...tokens, name]),
          params: { name },
        }));
      const name = tokens.at(-1) ?? '';
      return [
        {
          code: codes[issue.message] ?? 'issue-learner-member-wrong',
          severity: 'error',
          pointer: toPointer(tokens),
          params: { name, value: showJson(valueAt(value, tokens)) },
        },
      ];
    }),
  };
}

function valueAt(value: unknown, tokens: readonly string[]): unknown {
  return tokens.reduce<unknown>(
    (inner, token) => (typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>)[token] : ''),
    value,
  );
}
