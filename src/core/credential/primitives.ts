import { z } from 'zod';
import { parseDateTimeStamp } from '../proof/date-time-stamp.ts';

/** Codes that a schema gives as the message of a fault; `parse` turns them into findings. */
export type SchemaFault =
  | 'not-a-url'
  | 'not-a-date-time'
  | 'not-in-list'
  | 'not-a-language'
  | 'not-a-jws'
  | 'not-a-country-code'
  | 'type-missing'
  | 'not-a-text'
  | 'list-empty'
  | 'member-wrong-type';

const fault = (code: SchemaFault) => ({ error: code });

/** RFC 3986: a scheme, then no spaces or characters that a URI never holds. */
export function isUrl(value: unknown): value is string {
  return (
    typeof value === 'string' && value.length <= 8_000_000 && /^[A-Za-z][A-Za-z0-9+.-]*:[^\s<>"{}|\\^`]+$/.test(value)
  );
}

export const url = z.string(fault('not-a-url')).refine(isUrl, fault('not-a-url'));
export const plainText = z.string(fault('member-wrong-type'));

const languageTag = /^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$/;
const languageValue = z.strictObject({
  '@value': z.string(),
  '@language': z.string().regex(languageTag).optional(),
  '@direction': z.enum(['ltr', 'rtl']).optional(),
});

/** VCDM 2.0 §11.1: a string, a language value, or a list of them. */
export const text = z.union(
  [z.string(), languageValue, z.array(z.union([z.string(), languageValue])).min(1)],
  fault('not-a-text'),
);

/** ISO 8601 with a zone, checked against the calendar. */
export const dateTimeStamp = z
  .string(fault('not-a-date-time'))
  .refine((value) => parseDateTimeStamp(value) !== null, fault('not-a-date-time'));

/** The zone, or the time altogether, may be absent. */
export const dateTime = z.string(fault('not-a-date-time')).refine(isDateTime, fault('not-a-date-time'));

function isDateTime(value: string): boolean {
  const [day = '', time] = value.split('T', 2) as [string, string?];
  if (time === undefined) return parseDateTimeStamp(`${day}T00:00:00Z`) !== null;
  return parseDateTimeStamp(/(Z|[+-]\d{2}:\d{2})$/.test(time) ? value : `${value}Z`) !== null;
}

export const language = z
  .string(fault('not-a-language'))
  .regex(/^[a-z]{2,4}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$/, fault('not-a-language'));
export const compactJws = z
  .string(fault('not-a-jws'))
  .regex(/^[a-zA-Z0-9_-]+\.[a-zA-Z0-9_-]*\.[a-zA-Z0-9_-]+$/, fault('not-a-jws'));

/** A closed list that an issuer may extend with `ext:…` (OB 3.0 §3.5). */
export function extensible(values: readonly string[]) {
  return z
    .string(fault('not-in-list'))
    .refine((value) => values.includes(value) || /^ext:[A-Za-z0-9._-]+$/.test(value), fault('not-in-list'));
}

export function closed<const T extends readonly [string, ...string[]]>(values: T) {
  return z.enum(values, fault('not-in-list'));
}

/** A list of types that contains each of `required`; of `anyOf`, when given, at least one. */
export function types(required: readonly string[], anyOf: readonly string[] = []) {
  return z
    .array(z.string(fault('member-wrong-type')), fault('type-missing'))
    .min(1, fault('type-missing'))
    .refine(
      (list) =>
        required.every((type) => list.includes(type)) &&
        (anyOf.length === 0 || anyOf.some((type) => list.includes(type))),
      fault('type-missing'),
    );
}

/** One of VCDM's objects that need a type, as a string or a list. */
export const anyType = z.union([z.string().min(1), z.array(z.string().min(1)).min(1)], fault('type-missing'));

export function oneOrMany<T extends z.ZodType>(schema: T) {
  return z.union([z.array(schema).min(1), schema]);
}

export const nonEmptyList = <T extends z.ZodType>(schema: T) =>
  z.array(schema, fault('member-wrong-type')).min(1, fault('list-empty'));
export const list = <T extends z.ZodType>(schema: T) => z.array(schema, fault('member-wrong-type'));
