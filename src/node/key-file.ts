import { open, readFile, stat } from 'node:fs/promises';
import type { SecretKey } from '../core/cryptography.ts';
import { isJsonObject, showJson } from '../core/json/json.ts';
import { parseJson } from '../core/json/parse-json.ts';
import { decodeSecretMultikey, encodeMultikey, encodeSecretMultikey } from '../core/proof/multikey.ts';

/** Write a secret key as a JSON Multikey that only its owner can read; an existing file is never replaced. */
export async function writeKeyFile(
  path: string,
  key: SecretKey,
  members: { id: string; controller: string },
): Promise<void> {
  const content = {
    type: 'Multikey',
    ...members,
    publicKeyMultibase: encodeMultikey(key.publicKey),
    secretKeyMultibase: encodeSecretMultikey(key),
  };
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(`${JSON.stringify(content, null, 2)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
}

export interface KeyFile {
  key: SecretKey;
  id: string | null;
  controller: string | null;
  /** Others than the owner can read the file. */
  exposed: boolean;
}

/** Read a key file; null when it holds no key pair. */
export async function readKeyFile(path: string): Promise<KeyFile | null> {
  const parsed = parseJson(await readFile(path), { maximumSize: 100_000 });
  if (!parsed.ok || !isJsonObject(parsed.value)) return null;
  const { secretKeyMultibase, publicKeyMultibase, id, controller } = parsed.value;
  const key = decodeSecretMultikey(showJson(secretKeyMultibase), showJson(publicKeyMultibase));
  if (key === undefined) return null;
  const text = (value: unknown) => (typeof value === 'string' ? value : null);
  const exposed = process.platform !== 'win32' && ((await stat(path)).mode & 0o077) !== 0;
  return { key, id: text(id), controller: text(controller), exposed };
}
