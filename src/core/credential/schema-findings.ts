import type { z } from 'zod';
import type { Finding, FindingCode, Pointer } from '../finding.ts';
import type { JsonObject } from '../json/json.ts';
import { resolvePointer, toPointer } from '../json/pointer.ts';
import { acceptsOf } from './accepts.ts';
import type { SchemaFault } from './primitives.ts';

type Fault =
  | SchemaFault
  | 'criteria-empty'
  | 'subject-unidentified'
  | 'subject-empty'
  | 'subject-malformed'
  | 'issuer-malformed'
  | 'holder-malformed'
  | 'context-missing'
  | 'related-resource-without-digest'
  | 'presentation-credential-malformed';

const faults: readonly string[] = [
  'not-a-url',
  'not-a-date-time',
  'not-in-list',
  'not-a-language',
  'not-a-jws',
  'not-a-country-code',
  'type-missing',
  'not-a-text',
  'list-empty',
  'member-wrong-type',
  'criteria-empty',
  'subject-unidentified',
  'subject-empty',
  'subject-malformed',
  'issuer-malformed',
  'holder-malformed',
  'context-missing',
  'related-resource-without-digest',
  'presentation-credential-malformed',
] satisfies Fault[];

const isFault = (message: string): message is Fault => faults.includes(message);
const malformed = 'https://www.w3.org/TR/vc-data-model#MALFORMED_VALUE_ERROR';
/** Enough to mend a document by; a hostile one could hold a million. */
const maximumFindings = 100;

/** What a schema finds wrong, as findings. `locate` turns a pointer of the checked view into one of the document. */
export function findFaults(schema: z.ZodType, view: JsonObject, locate: (pointer: Pointer) => Pointer): Finding[] {
  if (acceptsOf(schema)(view)) return [];
  const result = schema.safeParse(view);
  if (result.success) return [];
  return result.error.issues.slice(0, maximumFindings).flatMap((issue) => fromIssue(issue, [], locate, view));
}

function fromIssue(
  issue: z.core.$ZodIssue,
  before: PropertyKey[],
  locate: (pointer: Pointer) => Pointer,
  view: JsonObject,
): Finding[] {
  const path = [...before, ...issue.path].map((token) => (typeof token === 'symbol' ? String(token) : token));
  const pointer = toPointer(path);
  const absent = resolvePointer(view, pointer) === undefined;
  // Of a union the branch that came furthest says most about what is wrong.
  if (issue.code === 'invalid_union' && !absent) {
    const deepest = issue.errors
      .filter((branch) => branch.length > 0 && branch.every(({ path: inner }) => inner.length > 0))
      .toSorted((one, two) => one.length - two.length)[0];
    if (deepest !== undefined) return deepest.flatMap((inner) => fromIssue(inner, path, locate, view));
  }
  const name = String(path.at(-1) ?? '');
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => finding('member-unknown', locate(toPointer([...path, key])), key));
  if (absent && path.length > 0) return [finding('member-missing', locate(pointer), name)];
  return [finding(isFault(issue.message) ? issue.message : 'member-wrong-type', locate(pointer), name)];
}

function finding(code: FindingCode, pointer: Pointer, name: string): Finding {
  return { code, severity: 'error', pointer, type: malformed, params: { name } };
}
