import { z } from 'zod';
import type { Finding, FindingCode } from '../finding.ts';
import { isJsonObject, type JsonObject, type JsonValue, toList } from '../json/json.ts';
import { toPointer } from '../json/pointer.ts';
import { contextUrl } from '../json-ld/contexts.ts';
import { anyType, dateTimeStamp, isUrl, oneOrMany, text, url } from './primitives.ts';

const typed = z.looseObject({ type: anyType, id: url.optional() });
const subject = z
  .looseObject({ id: url.optional() })
  .refine((value) => Object.keys(value).length > 0, { error: 'subject-empty' });
const digest = { digestSRI: z.string().min(1).optional(), digestMultibase: z.string().min(2).optional() };
const relatedResource = z
  .looseObject({ id: url, ...digest })
  .refine(({ digestSRI, digestMultibase }) => digestSRI !== undefined || digestMultibase !== undefined, {
    error: 'related-resource-without-digest',
  });

const shared = {
  '@context': z.union([z.string(), z.array(z.union([z.string(), z.looseObject({})])).min(1)], {
    error: 'context-missing',
  }),
  id: url.optional(),
  name: text.optional(),
  description: text.optional(),
  termsOfUse: oneOrMany(typed).optional(),
  relatedResource: oneOrMany(relatedResource).optional(),
};

/** VC Data Model 2.0 §4: what any verifiable credential must hold, whatever its kind. */
export const verifiableCredential = z.looseObject({
  ...shared,
  type: anyType.refine((type) => toList(type).includes('VerifiableCredential'), { error: 'type-missing' }),
  issuer: z.union([url, z.looseObject({ id: url, name: text.optional(), description: text.optional() })], {
    error: 'issuer-malformed',
  }),
  credentialSubject: z.union([z.array(subject).min(1), subject], { error: 'subject-malformed' }),
  validFrom: dateTimeStamp.optional(),
  validUntil: dateTimeStamp.optional(),
  credentialStatus: oneOrMany(typed).optional(),
  credentialSchema: oneOrMany(z.looseObject({ id: url, type: anyType })).optional(),
  refreshService: oneOrMany(typed).optional(),
  evidence: oneOrMany(typed).optional(),
  confidenceMethod: oneOrMany(typed).optional(),
  renderMethod: oneOrMany(typed).optional(),
});

/** VC Data Model 1.1: the same with its own dates; verified, never issued. */
export const verifiableCredential1 = verifiableCredential.extend({
  issuanceDate: dateTimeStamp,
  expirationDate: dateTimeStamp.optional(),
});

/** VC Data Model 2.0 §4.13. Credentials inside are objects, each parsed by itself. */
export const verifiablePresentation = z.looseObject({
  ...shared,
  type: anyType.refine((type) => toList(type).includes('VerifiablePresentation'), { error: 'type-missing' }),
  holder: z.union([url, z.looseObject({ id: url })], { error: 'holder-malformed' }).optional(),
  verifiableCredential: z
    .union([z.array(z.looseObject({ type: anyType })), z.looseObject({ type: anyType })], {
      error: 'presentation-credential-malformed',
    })
    .optional(),
});

/** Which version of the data model the first context names; null for neither. */
export function dataModelOf(document: JsonObject): '1.1' | '2.0' | null {
  const [first] = toList(document['@context']);
  if (first === contextUrl.credentials2) return '2.0';
  return first === contextUrl.credentials1 ? '1.1' : null;
}

/** Rules that hold everywhere in a document: ids are single URLs, resources and contexts unique where the model says so. */
export function checkEverywhere(document: JsonObject): Finding[] {
  const findings: Finding[] = [];
  const add = (code: FindingCode, tokens: readonly (string | number)[], params?: Finding['params']) =>
    findings.push({ code, severity: 'error', pointer: toPointer(tokens), ...(params ? { params } : {}) });
  walk(document, [], (object, tokens) => {
    if (object.id !== undefined && !isUrl(object.id)) add('id-not-url', [...tokens, 'id']);
    if (object['@id'] !== undefined) add('keyword-for-alias', [...tokens, '@id'], { name: '@id', alias: 'id' });
    if (object['@type'] !== undefined && object['@value'] === undefined)
      add('keyword-for-alias', [...tokens, '@type'], { name: '@type', alias: 'type' });
  });
  const resources = toList(document.relatedResource).map((resource) =>
    isJsonObject(resource) ? resource.id : undefined,
  );
  if (new Set(resources).size !== resources.length) add('related-resource-twice', ['relatedResource']);
  const from = timeOf(document.validFrom ?? document.issuanceDate);
  const until = timeOf(document.validUntil ?? document.expirationDate);
  if (from > until) add('dates-reversed', [document.validUntil === undefined ? 'expirationDate' : 'validUntil']);
  return findings;
}

const timeOf = (value: JsonValue | undefined) => (typeof value === 'string' ? Date.parse(value) : Number.NaN);

function walk(
  value: JsonValue,
  tokens: (string | number)[],
  visit: (object: JsonObject, tokens: (string | number)[]) => void,
): void {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) walkInside(item, index, tokens, visit);
    return;
  }
  if (!isJsonObject(value)) return;
  visit(value, tokens);
  for (const key of Object.keys(value)) if (key !== '@context') walkInside(value[key] as JsonValue, key, tokens, visit);
}

function walkInside(
  value: JsonValue,
  token: string | number,
  tokens: (string | number)[],
  visit: (object: JsonObject, tokens: (string | number)[]) => void,
): void {
  if (typeof value !== 'object') return;
  tokens.push(token);
  walk(value, tokens, visit);
  tokens.pop();
}
