import type { PublicKey } from '../cryptography.ts';
import type { FindingCode } from '../finding.ts';
import { isJsonObject, type JsonObject, type JsonValue, showJson, toList } from '../json/json.ts';
import { parseDateTimeStamp } from '../proof/date-time-stamp.ts';
import { publicKeyFromJwk } from '../proof/jwk.ts';
import { decodeMultikey } from '../proof/multikey.ts';

const relationships = [
  'assertionMethod',
  'authentication',
  'capabilityInvocation',
  'capabilityDelegation',
  'keyAgreement',
];

export interface ListedMethod {
  method: JsonObject;
  /** The id as an absolute URL. */
  id: string;
  relative: boolean;
}

/**
 * The verification methods that a controller document lists for a purpose (Controlled Identifiers §2.3). Profiles of issuers
 * that name no relationship at all count with their `verificationMethod` and `publicKey`; DID documents never do.
 */
export function listMethods(document: JsonObject, purpose: string): ListedMethod[] {
  const base = typeof document.id === 'string' ? document.id : '';
  const all = [...toList(document.verificationMethod), ...toList(document.publicKey)];
  const find = (id: string) =>
    all.find((method) => isJsonObject(method) && absolute(method.id, base) === absolute(id, base));
  const namesNone = !base.startsWith('did:') && !relationships.some((name) => document[name] !== undefined);
  const listed: readonly JsonValue[] = namesNone ? all : toList(document[purpose]);
  return listed.flatMap((entry) => {
    const method = typeof entry === 'string' ? find(entry) : entry;
    if (!isJsonObject(method) || typeof method.id !== 'string') return [];
    return [{ method, id: absolute(method.id, base) ?? '', relative: method.id.startsWith('#') }];
  });
}

function absolute(id: JsonValue | undefined, base: string): string | undefined {
  if (typeof id !== 'string') return undefined;
  return id.startsWith('#') ? base + id : id;
}

/** The key of a verification method, or why it has none that can be used at this time. */
export function readMethodKey(
  method: JsonObject,
  now: Date,
): { ok: true; key: PublicKey } | { ok: false; code: FindingCode; params?: Record<string, string> } {
  for (const member of ['revoked', 'expires'] as const) {
    const value = method[member];
    if (value === undefined) continue;
    const time = parseDateTimeStamp(value);
    // A date that cannot be read is no reason to trust a key that somebody marked.
    if (time === null || time <= now.getTime())
      return { ok: false, code: 'method-retired', params: { date: showJson(value) } };
  }
  if (
    method.secretKeyMultibase !== undefined ||
    method.privateKeyMultibase !== undefined ||
    method.privateKeyJwk !== undefined
  )
    return { ok: false, code: 'key-private-members' };
  const { publicKeyMultibase, publicKeyJwk } = method;
  const fromMultibase = typeof publicKeyMultibase === 'string' ? decodeMultikey(publicKeyMultibase) : undefined;
  if (publicKeyMultibase !== undefined && fromMultibase === undefined) return { ok: false, code: 'key-malformed' };
  if (publicKeyJwk !== undefined) {
    const fromJwk = isJsonObject(publicKeyJwk)
      ? publicKeyFromJwk(publicKeyJwk)
      : ({ ok: false, code: 'key-malformed' } as const);
    if (!fromJwk.ok) return fromJwk;
    if (fromMultibase !== undefined && !sameKey(fromMultibase, fromJwk.key))
      return { ok: false, code: 'key-malformed' };
    return fromJwk;
  }
  return fromMultibase === undefined ? { ok: false, code: 'key-type-unsupported' } : { ok: true, key: fromMultibase };
}

export function sameKey(one: PublicKey, two: PublicKey): boolean {
  return (
    one.type === two.type &&
    one.bytes.length === two.bytes.length &&
    one.bytes.every((byte, index) => byte === two.bytes[index])
  );
}
