import type { SecretKey } from '../core/cryptography.ts';
import { isJsonObject, type JsonObject } from '../core/json/json.ts';
import { decodeSecretMultikey, encodeMultikey, encodeSecretMultikey } from '../core/proof/multikey.ts';
import { Misuse } from './exit-code.ts';
import type { Io } from './io.ts';
import { readJson } from './read-files.ts';

/** A key as a Multikey (Controlled Identifiers §2.2.2), under the name that its did:key gives it. */
export function toKeyFile(key: SecretKey): JsonObject {
  const publicKeyMultibase = encodeMultikey(key.publicKey);
  const controller = `did:key:${publicKeyMultibase}`;
  return {
    '@context': 'https://w3id.org/security/multikey/v1',
    id: `${controller}#${publicKeyMultibase}`,
    type: 'Multikey',
    controller,
    publicKeyMultibase,
    secretKeyMultibase: encodeSecretMultikey(key),
  };
}

/** The key in a file that `assay keygen` wrote. Throws Misuse without ever quoting the file. */
export async function readKeyFile(name: string, io: Io): Promise<SecretKey> {
  const value = await readJson(name, 'key', io);
  const { publicKeyMultibase, secretKeyMultibase } = isJsonObject(value) ? value : {};
  const key =
    typeof publicKeyMultibase === 'string' && typeof secretKeyMultibase === 'string'
      ? decodeSecretMultikey(secretKeyMultibase, publicKeyMultibase)
      : undefined;
  if (key === undefined)
    throw new Misuse(
      `The key ${name} cannot be used.`,
      'It must be a Multikey with publicKeyMultibase and secretKeyMultibase, as `assay keygen` writes.',
    );
  return key;
}
