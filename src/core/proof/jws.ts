import type { CompactJws } from '../credential/types.ts';
import type { Cryptography, PublicKey, SecretKey } from '../cryptography.ts';
import type { Finding } from '../finding.ts';
import { isJsonObject, type JsonObject, showJson } from '../json/json.ts';
import { parseJson } from '../json/parse-json.ts';
import { decodeBase64url, encodeBase64url } from './multibase.ts';

/** JOSE algorithms by the key type that they use. Symmetric ones and `none` are refused, never unsupported. */
const algorithms: Readonly<Record<string, PublicKey['type']>> = {
  EdDSA: 'Ed25519',
  Ed25519: 'Ed25519',
  ES256: 'P-256',
  ES384: 'P-384',
  RS256: 'RSA',
};
const algorithmOf: Record<SecretKey['type'], string> = { Ed25519: 'EdDSA', 'P-256': 'ES256', 'P-384': 'ES384' };

const encoder = new TextEncoder();
const maximumLength = 10_000_000;

/** Decode a compact JWS (RFC 7515 §7.1) without checking its signature. Header and payload must be JSON objects. */
export function decodeCompactJws(compact: string): { ok: true; jws: CompactJws } | { ok: false; finding: Finding } {
  const malformed = { ok: false, finding: { code: 'jws-malformed', severity: 'error', pointer: '' } } as const;
  if (compact.length > maximumLength) return malformed;
  const parts = compact.split('.');
  if (parts.length !== 3) return malformed;
  const [header, payload, signature] = parts.map(decodeBase64url);
  if (header === undefined || payload === undefined || signature === undefined) return malformed;
  const parsedHeader = parseJson(header, { maximumSize: 100_000, maximumDepth: 8 });
  const parsedPayload = parseJson(payload);
  if (!parsedPayload.ok) return parsedPayload;
  if (!parsedHeader.ok || !isJsonObject(parsedHeader.value) || !isJsonObject(parsedPayload.value)) return malformed;
  const signingInput = encoder.encode(compact.slice(0, compact.lastIndexOf('.')));
  return {
    ok: true,
    jws: { compact, header: parsedHeader.value, payload: parsedPayload.value, signingInput, signature },
  };
}

/** Sign a payload as a compact JWS. `alg` follows the key; `header` adds members such as `kid` and `typ`. */
export async function signCompactJws(
  payload: JsonObject,
  header: JsonObject,
  key: SecretKey,
  cryptography: Cryptography,
): Promise<string> {
  const encode = (value: JsonObject) => encodeBase64url(encoder.encode(JSON.stringify(value)));
  const input = `${encode({ alg: algorithmOf[key.type], ...header })}.${encode(payload)}`;
  return `${input}.${encodeBase64url(await cryptography.sign(key, encoder.encode(input)))}`;
}

/** Why a header cannot be accepted whatever the key; null when it can. `none` and HMAC are refused, `crit` too. */
export function checkJwsHeader({ header }: CompactJws): Finding | null {
  const { alg, crit } = header;
  if (crit !== undefined || header.b64 !== undefined)
    return fault('jws-critical-unknown', Array.isArray(crit) ? crit.map(showJson).join(', ') : 'b64');
  if (typeof alg !== 'string' || /^(none|HS\d+)$/i.test(alg)) return fault('jws-algorithm-refused', showJson(alg));
  return Object.hasOwn(algorithms, alg) ? null : fault('jws-algorithm-unsupported', alg);
}

/** Check the signature of a JWS with a key that its algorithm must fit. Null when it is valid. */
export async function verifyJws(jws: CompactJws, key: PublicKey, cryptography: Cryptography): Promise<Finding | null> {
  const refused = checkJwsHeader(jws);
  if (refused !== null) return refused;
  if (algorithms[jws.header.alg as string] !== key.type) return fault('key-does-not-fit', key.type);
  const valid = await cryptography.verify(key, jws.signingInput, jws.signature);
  return valid ? null : { code: 'signature-mismatch', severity: 'error', pointer: '' };
}

function fault(
  code: 'jws-critical-unknown' | 'jws-algorithm-refused' | 'jws-algorithm-unsupported' | 'key-does-not-fit',
  name: string,
): Finding {
  return { code, severity: 'error', pointer: '', params: { name } };
}
