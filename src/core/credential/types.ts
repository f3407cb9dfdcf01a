import type { Finding, Pointer } from '../finding.ts';
import type { JsonObject, JsonValue } from '../json/json.ts';

export type CredentialKind =
  | 'OpenBadgeCredential'
  | 'ClrCredential'
  | 'EndorsementCredential'
  | 'VerifiableCredential'
  | 'OpenBadges2Assertion'
  | 'unknown';

/**
 * A credential in canonical form: list properties are lists, the issuer is an object, `issuanceDate` and `expirationDate`
 * of VCDM 1.1 stand as `validFrom` and `validUntil`. For reading and display only; what was signed is kept apart.
 */
export type CredentialView = JsonObject;

/** A document parsed once and passed on. */
export interface ParsedCredential {
  kind: CredentialKind;
  /** `json` embedded proofs or none; `jwt` compact JWS, also when it came inside an EnvelopedVerifiableCredential. */
  form: 'json' | 'jwt';
  dataModel: '1.1' | '2.0' | null;
  /** What was given: JSON, an envelope, or the compact JWS. */
  given: JsonValue;
  /** The signed document, untouched: the JSON itself, or the credential inside the JWS payload. */
  document: JsonObject;
  /** Present when `form` is `jwt`. */
  jws?: CompactJws;
  /** Canonical form for reading. */
  credential: CredentialView;
  /** Faults against the data model, pointers into `document`. Any of severity error means it does not conform. */
  findings: Finding[];
}

export interface CompactJws {
  /** The compact text as given. */
  compact: string;
  header: JsonObject;
  payload: JsonObject;
  /** ASCII bytes that the signature covers. */
  signingInput: Uint8Array;
  signature: Uint8Array;
}

/** What a person handed over, recognised by its bytes. */
export interface OpenedInput {
  form: 'json' | 'jwt' | 'png' | 'svg' | 'pdf' | 'url';
  /** JSON or compact JWS found in the input; for `url` the address (also an Open Badges 2.0 baked assertion URL). */
  text: string;
  /** The parsed JSON when `text` is JSON. */
  json?: JsonValue;
  /** Which container or baking standard it came from. */
  baked?: 'openbadgecredential' | 'clrcredential' | 'openbadges';
  findings: Finding[];
}

export type ParseResult =
  | { ok: true; parsed: ParsedCredential }
  | { ok: false; findings: Finding[]; document: JsonValue };

export type { Pointer };
