import { UnavailableError } from '../finding.ts';
import { isJsonObject, type JsonObject } from '../json/json.ts';
import { parseJson } from '../json/parse-json.ts';
import { answeredBySite, type FetchedDocument, type Network } from '../network.ts';
import { publicKeyFromJwk } from '../proof/jwk.ts';
import { decodeBase64url } from '../proof/multibase.ts';
import type { DidErrorCode } from './did-error.ts';
import { decodeDidKey, didKeyDocument } from './did-key.ts';

export type DidResolution =
  | { ok: true; document: JsonObject }
  | {
      ok: false;
      error: DidErrorCode /** Set when a host did not answer: nothing is known, rather than wrong. */;
      unavailable?: UnavailableError;
    };

/**
 * Resolve a DID of the methods key, jwk and web to its document (DID Core §7.1). did:web asks the network; without one, or
 * when its host does not answer, the result carries `unavailable`.
 */
export async function resolveDid(did: string, options: { network?: Network }): Promise<DidResolution> {
  const method = /^did:([a-z0-9]+):./.exec(did)?.[1];
  if (method === undefined) return { ok: false, error: 'invalidDid' };
  if (method === 'key') {
    const decoded = decodeDidKey(did);
    return decoded.ok ? { ok: true, document: didKeyDocument(did, decoded) } : decoded;
  }
  if (method === 'jwk') return resolveDidJwk(did);
  if (method === 'web') return resolveDidWeb(did, options.network);
  return { ok: false, error: 'methodNotSupported' };
}

function resolveDidJwk(did: string): DidResolution {
  const bytes = /^did:jwk:[A-Za-z0-9_-]+$/.test(did) ? decodeBase64url(did.slice('did:jwk:'.length)) : undefined;
  const parsed = bytes && parseJson(bytes, { maximumSize: 10_000, maximumDepth: 4 });
  if (!parsed?.ok || !isJsonObject(parsed.value)) return { ok: false, error: 'invalidDid' };
  const jwk = parsed.value;
  const key = publicKeyFromJwk(jwk);
  if (!key.ok && key.code !== 'key-type-unsupported') return { ok: false, error: 'invalidPublicKey' };
  const id = `${did}#0`;
  const signing: JsonObject = {
    authentication: [id],
    assertionMethod: [id],
    capabilityInvocation: [id],
    capabilityDelegation: [id],
  };
  return {
    ok: true,
    document: {
      '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/suites/jws-2020/v1'],
      id: did,
      verificationMethod: [{ id, type: 'JsonWebKey2020', controller: did, publicKeyJwk: jwk }],
      ...(jwk.use === 'enc' ? {} : signing),
      ...(jwk.use === 'sig' ? {} : { keyAgreement: [id] }),
    },
  };
}

/** The https address of a did:web document (did:web §2.5.2); undefined when the DID is malformed or names an IP address. */
export function didWebUrl(did: string): URL | undefined {
  const parts = did.slice('did:web:'.length).split(':');
  const [host = '', ...path] = parts;
  const plain = /^[a-zA-Z0-9.-]+(%3[aA]\d{1,5})?$/;
  if (
    !did.startsWith('did:web:') ||
    !plain.test(host) ||
    !path.every((part) => /^[a-zA-Z0-9._~%-]+$/.test(part) && !/^\.{1,2}$/.test(part))
  )
    return undefined;
  const authority = host.replace(/%3a/i, ':');
  if (/^[\d.]+(:\d+)?$/.test(authority)) return undefined;
  try {
    const pathname = `/${path.length === 0 ? '.well-known' : path.join('/')}/did.json`;
    const url = new URL(`https://${authority}${pathname}`);
    // Hexadecimal parts make an IP address of a name, and encoded dots another path of this one.
    const kept = url.hostname === authority.replace(/:\d+$/, '').toLowerCase() && url.pathname === pathname;
    return kept ? url : undefined;
  } catch {
    return undefined;
  }
}

async function resolveDidWeb(did: string, network: Network | undefined): Promise<DidResolution> {
  const url = didWebUrl(did);
  if (url === undefined) return { ok: false, error: 'invalidDid' };
  const fetched = await fetchJsonObject(url.href, network);
  if (!fetched.ok) return { ok: false, error: 'notFound', unavailable: fetched.unavailable };
  return fetched.document.id === did
    ? { ok: true, document: fetched.document }
    : { ok: false, error: 'invalidDidDocument' };
}

/** Fetch a controller document. Anything but a JSON object with status 200 from the site that was asked counts as no answer. */
export async function fetchJsonObject(
  url: string,
  network: Network | undefined,
): Promise<{ ok: true; document: JsonObject; url: string } | { ok: false; unavailable: UnavailableError }> {
  const none = (reason: UnavailableError['reason']) => ({
    ok: false as const,
    unavailable: new UnavailableError(url, reason),
  });
  if (network === undefined) return none('no-network');
  let answer: FetchedDocument;
  try {
    answer = await network.fetch(url, 'controller');
  } catch (error) {
    if (error instanceof UnavailableError) return { ok: false, unavailable: error };
    throw error;
  }
  if (answer.status !== 200) return none('http-status');
  if (!answeredBySite(url, answer.url)) return none('redirected-elsewhere');
  const parsed = parseJson(answer.bytes, { maximumSize: 1_000_000, maximumDepth: 32 });
  return parsed.ok && isJsonObject(parsed.value)
    ? { ok: true, document: parsed.value, url: answer.url }
    : none('not-json');
}
