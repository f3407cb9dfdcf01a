import type { SecretKey } from '../cryptography.ts';
import type { Finding, FindingCode } from '../finding.ts';
import type { JsonObject } from '../json/json.ts';
import { cryptosuites } from '../proof/cryptosuites.ts';
import { encodeMultikey } from '../proof/multikey.ts';
import { readUrl } from '../read-url.ts';

/** A key with the name under which the issuer publishes it. */
export interface Signing {
  key: SecretKey;
  verificationMethod: string;
  cryptosuite: string;
}

export interface SigningWishes {
  /** Default: the issuer's id with the key itself as fragment, which did:key, did:web and https issuers publish. */
  verificationMethod?: string;
  /** Default: the RDF suite of the key's type. */
  cryptosuite?: string;
}

export type PrepareSigningResult =
  | { ok: true; issuer: JsonObject; signing: Signing }
  | { ok: false; findings: Finding[] };

/**
 * Join an issuer and its key. An issuer without an id becomes the key's did:key. A key that cannot be the issuer's, a
 * verification method of somebody else and a suite that does not fit the key are findings: signing would succeed, and
 * nobody could verify it.
 */
export function prepareSigning(issuer: JsonObject, key: SecretKey, wishes: SigningWishes = {}): PrepareSigningResult {
  const multikey = encodeMultikey(key.publicKey);
  const own = `did:key:${multikey}`;
  const id = typeof issuer.id === 'string' ? issuer.id : own;
  const fault = (code: FindingCode, params: Finding['params']): PrepareSigningResult => ({
    ok: false,
    findings: [{ code, severity: 'error', pointer: '/id', params }],
  });
  if (id.startsWith('did:key:') && id !== own) return fault('issue-key-not-issuers', { issuer: id });
  const verificationMethod = wishes.verificationMethod ?? `${id}#${id.startsWith('did:jwk:') ? '0' : multikey}`;
  if (!belongsTo(verificationMethod, id))
    return fault('issue-verification-method-not-issuers', { verificationMethod, issuer: id });
  const possible = cryptosuites.flatMap(({ cryptosuite, keyTypes, signs }) =>
    signs && cryptosuite !== undefined && keyTypes.includes(key.type) ? [cryptosuite] : [],
  );
  const cryptosuite = wishes.cryptosuite ?? possible[0] ?? '';
  if (!possible.includes(cryptosuite))
    return fault('issue-cryptosuite-not-for-key', { cryptosuite, type: key.type, possible: possible.join(', ') });
  return { ok: true, issuer: { ...issuer, id }, signing: { key, verificationMethod, cryptosuite } };
}

/** A DID's methods begin with the DID; a web issuer may publish its key in another document of the same host. */
function belongsTo(verificationMethod: string, issuer: string): boolean {
  if (verificationMethod.startsWith(`${issuer}#`)) return true;
  if (!issuer.startsWith('https://')) return false;
  return readUrl(verificationMethod)?.origin === new URL(issuer).origin;
}
