import { z } from 'zod';
import { maximumPathLength } from './json-path.ts';

export const maximumRules = 200;
export const maximumPlaces = 20;

export const factIds = [
  'terms.all-defined',
  'dates.consistent',
  'alignment.healthy',
  'status.incomplete',
  'mastery.every-result-interpretable',
  'mastery.pass-mark-stated',
  'mastery.none-below-pass-mark',
  'mastery.rubric-ordered',
  'result.every-linked',
  'result.every-value-in-range',
  'result.every-level-declared',
] as const;

const slug = z
  .string()
  .regex(/^[a-z0-9]+([-.][a-z0-9]+)*$/)
  .max(100);
const version = z.string().regex(/^(\d{4}-\d{2}\.\d+|\d+\.\d+(\.\d+)?)$/);
const text = z.string().min(1).max(2000);
const path = z.string().startsWith('$').max(maximumPathLength);
const schema = z.union([z.boolean(), z.record(z.string(), z.json())]);
const provenance = z.enum(['stated', 'peer', 'inferred']);
const fact = z.enum(factIds);

const place = z.strictObject({
  path,
  kind: z.enum(['native', 'extension', 'fallback']),
  schema,
  note: text.optional(),
});

const rule = z.strictObject({
  id: slug,
  field: text,
  group: z.enum(['basics', 'issuer', 'learning', 'assessment', 'result', 'evidence', 'quality']),
  purpose: text,
  expects: z.record(slug, z.enum(['required', 'recommended', 'recommended-if-available', 'not-expected'])),
  places: z.array(place).max(maximumPlaces).optional(),
  min: z.int().min(1).max(10_000).optional(),
  every: z.boolean().optional(),
  when: z.array(path).max(maximumPlaces).optional(),
  derived: z
    .array(z.strictObject({ fact, ifFalse: z.enum(['missing', 'weak']) }))
    .max(factIds.length)
    .optional(),
  marks: z.array(slug).max(50).optional(),
  mistakes: z
    .array(z.strictObject({ path, say: text }))
    .max(maximumPlaces)
    .optional(),
  provenance: z.strictObject({ field: provenance, level: provenance, place: provenance, source: z.array(slug).min(1) }),
  help: z.strictObject({ write: text, example: text, mistake: text }),
  receiver: z.strictObject({ met: text, missing: text }),
});

/** The pack file of framework.md §2, but for what only the whole file can show. `x-*` members are taken out before. */
export const packFile = z.strictObject({
  format: z.literal(1),
  id: slug,
  version,
  title: text,
  publisher: z.strictObject({ name: text, url: z.url() }),
  notice: text,
  status: z.enum(['official', 'reconstruction', 'draft', 'local', 'retired']),
  sources: z
    .array(z.strictObject({ id: slug, title: text, url: z.url().nullable(), marks: provenance }))
    .min(1)
    .max(100),
  extends: z
    .string()
    .regex(/^[^@\s]+@[^@\s]+$/)
    .max(200)
    .optional(),
  appliesTo: z.strictObject({ schema, otherwise: text }),
  classes: z
    .array(
      z.strictObject({
        id: slug,
        label: text,
        definition: text,
        declared: z.strictObject({ path, schema }).optional(),
        fallback: z.boolean().optional(),
        blockedBy: z.array(fact).optional(),
      }),
    )
    .min(1)
    .max(50),
  $defs: z.record(z.string(), schema).optional(),
  rules: z.array(rule).min(1).max(maximumRules),
});

/** A framework pack: rules as data, framework.md §2. Made by `parsePack`. */
export type Pack = z.infer<typeof packFile>;
export type PackRule = Pack['rules'][number];
export type PackPlace = NonNullable<PackRule['places']>[number];
export type PackClass = Pack['classes'][number];
