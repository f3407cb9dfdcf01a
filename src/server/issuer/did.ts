import type { JsonObject } from '../../core/json/json.ts';
import { toPublicJwk } from '../../core/proof/jwk.ts';
import { decodeMultikey } from '../../core/proof/multikey.ts';
import type { IssuerKeyRow } from './store.ts';

/** The did:web of an issuer of this instance (did:web §3): host, port percent-encoded, then the path. */
export function didOf(publicUrl: string, slug: string): string {
  const { host, pathname } = new URL(publicUrl);
  const path = pathname.split('/').filter((part) => part !== '');
  return ['did:web', host.replace(':', '%3A'), ...path, 'issuers', slug].join(':');
}

type PublishedKey = Pick<IssuerKeyRow, 'public_key' | 'use' | 'state' | 'compromised_from'>;

/** The DID document: keys that may be used for verifying. A compromised key is in it, marked revoked since then. */
export function didDocument(did: string, keys: readonly PublishedKey[]): JsonObject {
  const published = keys.filter(({ state }) => state !== 'retired');
  const ids = published.map(({ public_key }) => `${did}#${public_key}`);
  return {
    '@context': [
      'https://www.w3.org/ns/did/v1',
      'https://w3id.org/security/multikey/v1',
      ...(published.some(({ use }) => use === 'jwt') ? ['https://w3id.org/security/jwk/v1'] : []),
    ],
    id: did,
    verificationMethod: published.map(({ public_key, compromised_from, use }, index) => ({
      id: ids[index] as string,
      ...(use === 'jwt'
        ? { type: 'JsonWebKey', controller: did, publicKeyJwk: jwkOf(public_key) }
        : { type: 'Multikey', controller: did, publicKeyMultibase: public_key }),
      ...(compromised_from === null ? {} : { revoked: `${compromised_from.toISOString().slice(0, 19)}Z` }),
    })),
    assertionMethod: ids,
    authentication: ids,
  };
}

/** `kid` is to lead to a JWK (Open Badges 3.0 §8.2). */
function jwkOf(multikey: string): JsonObject {
  const key = decodeMultikey(multikey);
  const jwk = key && toPublicJwk(key);
  if (jwk === undefined) throw new Error(`${multikey} is no key`);
  return jwk;
}
