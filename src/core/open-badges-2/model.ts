import { z } from 'zod';
import { isUrl } from '../credential/primitives.ts';
import { type JsonObject, showJson, toList } from '../json/json.ts';

const iri = z.string().refine((value) => isUrl(value));
/** Open Badges 2.0 asks for ISO 8601 with a zone; 1.x allowed days and Unix seconds. */
const moment = z.union([z.string().refine((value) => readMoment(value) !== null), z.number().int()]);
const oneOrMany = <T extends z.ZodType>(schema: T) => z.union([schema, z.array(schema)]);
const hasType = (...types: string[]) =>
  oneOrMany(z.string()).refine((value) => toList(value).some((type) => types.includes(showJson(type))));

export const assertion = z.looseObject({
  id: iri.optional(),
  type: hasType('Assertion').optional(),
  recipient: z.looseObject({
    type: oneOrMany(z.string()),
    identity: z.string().min(1),
    hashed: z.boolean().optional(),
    salt: z.string().optional(),
  }),
  badge: z.union([iri, z.looseObject({})]),
  verification: z.looseObject({}).optional(),
  verify: z.looseObject({}).optional(),
  issuedOn: moment,
  expires: moment.optional(),
  evidence: oneOrMany(z.union([z.string(), z.looseObject({})])).optional(),
});

export const badgeClass = z.looseObject({
  id: iri.optional(),
  type: hasType('BadgeClass').optional(),
  name: z.string().min(1),
  description: z.string().min(1),
  image: z.union([z.string(), z.looseObject({})]).optional(),
  criteria: z.union([z.string(), z.looseObject({})]),
  issuer: z.union([iri, z.looseObject({})]),
});

export const profile = z.looseObject({
  id: iri.optional(),
  type: hasType('Profile', 'Issuer', 'Organization').optional(),
  name: z.string().min(1),
  url: iri,
  email: z.string().optional(),
});

/** Milliseconds of a 2.0 or 1.x date; a value without a zone is UTC. Null when it cannot be read. */
export function readMoment(value: unknown): number | null {
  // Beyond this JavaScript has no dates.
  if (typeof value === 'number') return Math.abs(value) <= 8.64e12 ? value * 1000 : null;
  if (
    typeof value !== 'string' ||
    !/^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?)?(Z|[+-]\d{2}:?\d{2})?$/.test(value)
  )
    return null;
  const time = Date.parse(
    /[T ]/.test(value) && !/(Z|[+-]\d{2}:?\d{2})$/.test(value) ? `${value.replace(' ', 'T')}Z` : value,
  );
  return Number.isNaN(time) ? null : time;
}

/** `verification`, or `verify` as 1.x called it; the kind as `hosted`, `signed` or null. */
export function verificationOf(document: JsonObject): { kind: 'hosted' | 'signed' | null; object: JsonObject } {
  const given = document.verification ?? document.verify;
  const object = typeof given === 'object' && given !== null && !Array.isArray(given) ? given : {};
  const types = toList(object.type).map((type) => showJson(type).toLowerCase());
  if (types.some((type) => type === 'signedbadge' || type === 'signed')) return { kind: 'signed', object };
  if (types.some((type) => type === 'hostedbadge' || type === 'hosted')) return { kind: 'hosted', object };
  return { kind: null, object };
}
