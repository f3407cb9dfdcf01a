import type { Cryptography, PublicKey } from '../cryptography.ts';
import type { Finding, FindingCode, Outcome, UnavailableError } from '../finding.ts';
import { isJsonObject, type JsonObject, showJson } from '../json/json.ts';
import type { Network } from '../network.ts';
import { publicKeyFromJwk } from '../proof/jwk.ts';
import { decodeMultikey } from '../proof/multikey.ts';
import { listMethods, readMethodKey, sameKey } from './controller-document.ts';
import { decodeDidKey } from './did-key.ts';
import { type DidResolution, didWebUrl, fetchJsonObject, resolveDid } from './resolve-did.ts';
import type { ResolvedMethod } from './resolved-method.ts';

export type { ResolvedMethod };

export interface ResolveMethodOptions {
  network?: Network;
  cryptography: Cryptography;
  /** Whose key it should be: issuer.id, or a presentation's holder. */
  issuerId: string | null;
  now: Date;
}

/**
 * Resolve a verification method to its key, and say whether the key is the issuer's (Controlled Identifiers §3.3, product
 * rule 7): did:key, did:jwk, did:web, https controller documents, bare key documents and JWK sets, and
 * `https://issuer#z6Mk…`, which counts when the issuer's own document publishes that key.
 */
export async function resolveVerificationMethod(
  url: string,
  purpose: string,
  options: ResolveMethodOptions,
): Promise<ResolvedMethod> {
  if (url.startsWith('did:')) return resolveDidMethod(url, purpose, options);
  if (/^https:\/\/[^\s#]+(#\S*)?$/.test(url)) return resolveHttpsMethod(url, purpose, options);
  return failed('method-malformed', { url });
}

/** Does the issuer itself publish this key? For tokens that carry a key without saying where it stands. */
export async function findPublishedKey(
  key: PublicKey,
  purpose: string,
  options: ResolveMethodOptions,
): Promise<ResolvedMethod> {
  const { outcome, findings } = await issuerPublishes(null, key, purpose, options);
  return {
    ok: true,
    key,
    controller: options.issuerId ?? '',
    bound: outcome,
    verifiedAs: outcome === 'passed' ? identityOf(options.issuerId) : null,
    findings,
  };
}

async function resolveDidMethod(url: string, purpose: string, options: ResolveMethodOptions): Promise<ResolvedMethod> {
  const [did = '', fragment] = url.split('#', 2) as [string, string | undefined];
  if (did.startsWith('did:key:')) {
    const decoded = decodeDidKey(did);
    if (!decoded.ok)
      return failed(decoded.error === 'unsupportedPublicKeyType' ? 'key-type-unsupported' : 'key-malformed');
    if (fragment !== undefined && fragment !== decoded.multibase) return failed('method-not-found', { url });
    // The document of such a DID is made from the key, and would only lead back to it.
    if (did === options.issuerId && decoded.key !== null && decoded.key.type !== 'RSA' && purpose !== 'keyAgreement')
      return issuersOwn(decoded.key, did, []);
  }
  const resolution = await resolveDid(did, options);
  if (!resolution.ok) return unresolved(resolution, url);
  // A did:key or did:jwk without fragment has one method only; a did:web must say which.
  const wanted = fragment === undefined && !did.startsWith('did:web:') ? undefined : url;
  const listed = listMethods(resolution.document, purpose);
  const found = wanted === undefined ? listed[0] : listed.find(({ id }) => id === wanted);
  if (found === undefined) return failed('method-not-listed', { url });
  if (found.method.controller !== undefined && found.method.controller !== did)
    return failed('controller-not-issuer', { controller: showJson(found.method.controller) });
  const key = readMethodKey(found.method, options.now);
  if (!key.ok) return key.code === 'key-type-unsupported' ? unknown(key.code) : failed(key.code, key.params);
  const relative: Finding[] = found.relative ? [{ code: 'method-relative-id', severity: 'warning' }] : [];
  // The DID's own document listed the key; nothing further is needed when the DID is the issuer.
  if (did === options.issuerId) return issuersOwn(key.key, did, relative);
  return bind(key.key, url, did, purpose, relative, options);
}

function issuersOwn(key: PublicKey, did: string, findings: Finding[]): ResolvedMethod {
  return { ok: true, key, controller: did, bound: 'passed', verifiedAs: identityOf(did), findings };
}

function unresolved(resolution: Extract<DidResolution, { ok: false }>, url: string): ResolvedMethod {
  if (resolution.unavailable !== undefined) return unavailable(resolution.unavailable);
  if (resolution.error === 'methodNotSupported') return unknown('method-unknown', { url });
  if (resolution.error === 'unsupportedPublicKeyType') return unknown('key-type-unsupported');
  if (resolution.error === 'invalidDidDocument')
    return failed('controller-document-invalid', { url, subject: url.split('#')[0] ?? '' });
  return failed('method-malformed', { url });
}

async function resolveHttpsMethod(
  url: string,
  purpose: string,
  options: ResolveMethodOptions,
): Promise<ResolvedMethod> {
  const [address = '', fragment] = url.split('#', 2) as [string, string | undefined];
  const inFragment = fragment === undefined ? undefined : decodeMultikey(fragment);
  if (inFragment !== undefined) return bind(inFragment, url, address, purpose, [], options);
  const fetched = await fetchJsonObject(address, options.network);
  if (!fetched.ok) return unavailable(fetched.unavailable);
  const { document } = fetched;
  const bare = readBareKey(document, url, fragment, options.now);
  if (bare !== null)
    return bare.ok ? bind(bare.key, url, bare.controller ?? address, purpose, [], options) : failed(bare.code);
  if (document.id !== address) return failed('controller-document-invalid', { url: address, subject: address });
  const found = listMethods(document, purpose).find(({ id }) => id === url);
  if (found === undefined) return failed('method-not-listed', { url });
  const key = readMethodKey(found.method, options.now);
  if (!key.ok) return key.code === 'key-type-unsupported' ? unknown(key.code) : failed(key.code, key.params);
  const controller = typeof found.method.controller === 'string' ? found.method.controller : address;
  if (controller !== address) return failed('controller-not-issuer', { controller });
  return bind(key.key, url, address, purpose, [], options);
}

type BareKey = { ok: true; key: PublicKey; controller?: string } | { ok: false; code: FindingCode };

/** A document that is itself a key (`controller` and `publicKeyMultibase`), a JWK, or a JWK set; null for anything else. */
function readBareKey(document: JsonObject, url: string, fragment: string | undefined, now: Date): BareKey | null {
  if (Array.isArray(document.keys)) {
    const keys = document.keys.filter(isJsonObject);
    const named = keys.filter(({ kid }) => kid === url || (fragment !== undefined && kid === fragment));
    const [jwk] = named.length > 0 ? named : keys.length === 1 ? keys : [];
    return jwk === undefined ? { ok: false, code: 'method-not-found' } : publicKeyFromJwk(jwk);
  }
  if (typeof document.kty === 'string') return publicKeyFromJwk(document);
  if (document.publicKeyMultibase === undefined && document.publicKeyJwk === undefined) return null;
  if (document.id !== url) return { ok: false, code: 'method-not-found' };
  const key = readMethodKey(document, now);
  if (!key.ok) return key;
  return typeof document.controller === 'string' ? { ...key, controller: document.controller } : key;
}

/**
 * Say whether a key that belongs to `controller`, or says so of itself, is the issuer's: only what the issuer's own id leads
 * to can show it, since a key document anywhere may name any controller.
 */
async function bind(
  key: PublicKey,
  url: string,
  controller: string,
  purpose: string,
  findings: Finding[],
  options: ResolveMethodOptions,
): Promise<ResolvedMethod> {
  const { issuerId } = options;
  const result = (bound: Outcome, more: Finding[] = []): ResolvedMethod => ({
    ok: true,
    key,
    controller,
    bound,
    verifiedAs: bound === 'passed' ? identityOf(issuerId) : null,
    findings: [...findings, ...more],
  });
  if (issuerId === null) return result('cannot-tell');
  const published = await issuerPublishes(url, key, purpose, options);
  if (published.outcome !== 'failed') return result(published.outcome, published.findings);
  if (controller === issuerId)
    return result('cannot-tell', [
      { code: 'key-in-fragment-not-published', severity: 'warning', params: { url: issuerId } },
    ]);
  // OB 3.0 §4.1: under another DID it is somebody else's; on another host nothing is shown either way.
  if (controller.startsWith('did:'))
    return result('failed', [{ code: 'controller-not-issuer', severity: 'error', params: { controller } }]);
  return result('cannot-tell', [{ code: 'method-not-bound', severity: 'warning', params: { controller } }]);
}

/** Look for the key in the document that the issuer's own id leads to. `url` null: by the key alone. */
async function issuerPublishes(
  url: string | null,
  key: PublicKey,
  purpose: string,
  options: ResolveMethodOptions,
): Promise<{ outcome: 'passed' | 'failed' | 'cannot-tell'; findings: Finding[] }> {
  const document = await issuerDocument(options);
  if (document.unavailable !== undefined)
    return { outcome: 'cannot-tell', findings: unavailable(document.unavailable).findings };
  if (document.document === null) return { outcome: 'failed', findings: [] };
  for (const { method, id } of listMethods(document.document, purpose)) {
    const listed = readMethodKey(method, options.now);
    if (listed.ok && sameKey(listed.key, key) && (url === null || id === url || isFragmentOf(url, options.issuerId)))
      return { outcome: 'passed', findings: [] };
  }
  return { outcome: 'failed', findings: [] };
}

/** `https://issuer#z6Mk…`: the fragment is the key itself, so the issuer may list it under another id. */
function isFragmentOf(url: string, issuerId: string | null): boolean {
  const [address, fragment = ''] = url.split('#', 2) as [string, string?];
  return address === issuerId && decodeMultikey(fragment) !== undefined;
}

async function issuerDocument({
  issuerId,
  network,
}: ResolveMethodOptions): Promise<{ document: JsonObject | null; unavailable?: UnavailableError }> {
  if (issuerId === null) return { document: null };
  if (issuerId.startsWith('did:')) {
    const resolution = await resolveDid(issuerId, { network });
    if (resolution.ok) return { document: resolution.document };
    return { document: null, unavailable: resolution.unavailable };
  }
  if (!issuerId.startsWith('https://')) return { document: null };
  const fetched = await fetchJsonObject(issuerId, network);
  if (!fetched.ok) return { document: null, unavailable: fetched.unavailable };
  return { document: fetched.document.id === issuerId ? fetched.document : null };
}

/** What a proven issuer id stands for: the domain that served its document, or the key that it is. */
function identityOf(issuerId: string | null): { kind: 'domain' | 'key'; value: string } | null {
  if (issuerId === null) return null;
  if (issuerId.startsWith('did:web:')) return { kind: 'domain', value: didWebUrl(issuerId)?.host ?? issuerId };
  if (issuerId.startsWith('https://')) return { kind: 'domain', value: new URL(issuerId).host };
  return { kind: 'key', value: issuerId };
}

function failed(code: FindingCode, params?: Finding['params']): ResolvedMethod {
  return { ok: false, outcome: 'failed', findings: [{ code, severity: 'error', ...(params ? { params } : {}) }] };
}

function unknown(code: FindingCode, params?: Finding['params']): ResolvedMethod {
  return { ok: false, outcome: 'cannot-tell', findings: [{ code, severity: 'error', ...(params ? { params } : {}) }] };
}

function unavailable({ url, reason }: { url: string; reason: string }): Extract<ResolvedMethod, { ok: false }> {
  return {
    ok: false,
    outcome: 'cannot-tell',
    findings: [{ code: 'controller-unavailable', severity: 'error', params: { url, reason } }],
  };
}
