import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { chmod, open, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** What issuers' keys are encrypted under at rest. It never leaves the process and is never logged. */
export class MasterKey {
  readonly #bytes: Buffer;

  constructor(bytes: Uint8Array) {
    if (bytes.length !== 32) throw new RangeError('a master key has 32 bytes');
    this.#bytes = Buffer.from(bytes);
  }

  /** Encrypt with AES-256-GCM. `purpose` names what is sealed; under another name it does not open. */
  seal(plain: Uint8Array, purpose: string): Uint8Array {
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.#bytes, nonce).setAAD(Buffer.from(purpose));
    const sealed = [cipher.update(plain), cipher.final()];
    return Buffer.concat([Buffer.of(1), nonce, cipher.getAuthTag(), ...sealed]);
  }

  /** A keyed digest of a text, in base64url: the same for the same text, and nothing to anybody without this key. */
  mac(text: string, purpose: string): string {
    const key = createHmac('sha256', this.#bytes).update(purpose).digest();
    return createHmac('sha256', key).update(text).digest('base64url');
  }

  /** Throws MasterKeyWrong when another master key sealed it, or somebody changed it. */
  open(sealed: Uint8Array, purpose: string): Uint8Array {
    const bytes = Buffer.from(sealed);
    try {
      const decipher = createDecipheriv('aes-256-gcm', this.#bytes, bytes.subarray(1, 13));
      decipher.setAAD(Buffer.from(purpose)).setAuthTag(bytes.subarray(13, 29));
      return Buffer.concat([decipher.update(bytes.subarray(29)), decipher.final()]);
    } catch {
      throw new MasterKeyWrong(
        'A key of this database does not open with this master key. Put back the master key that belongs to it.',
      );
    }
  }
}

export class MasterKeyWrong extends Error {
  override readonly name = 'MasterKeyWrong';
}

const fileName = 'master.key';

/**
 * The master key: 32 bytes in base64url from the environment, else a file of mode 0600 in the data folder, made at first
 * start. `made` tells that the file is new, so that the person who starts it can be told to keep a copy. Where one is `needed`,
 * since the database was sealed under it, none is made.
 */
export async function loadMasterKey(
  folder: string,
  given: string | undefined,
  needed = false,
): Promise<{ key: MasterKey; made: string | null }> {
  if (given !== undefined) return { key: new MasterKey(decode(given, 'ASSAY_MASTER_KEY')), made: null };
  const path = join(folder, fileName);
  try {
    const text = await readFile(path, 'utf8');
    if (((await stat(path)).mode & 0o077) !== 0) await chmod(path, 0o600);
    return { key: new MasterKey(decode(text, path)), made: null };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  if (needed)
    throw new MasterKeyWrong(
      `This database was sealed under a master key that is not here. Put it back as ${path}, or set ASSAY_MASTER_KEY.`,
    );
  const bytes = randomBytes(32);
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(`${bytes.toString('base64url')}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  return { key: new MasterKey(bytes), made: path };
}

function decode(text: string, where: string): Buffer {
  const bytes = Buffer.from(text.trim(), 'base64url');
  if (bytes.length !== 32 || bytes.toString('base64url') !== text.trim())
    throw new MasterKeyWrong(`The master key in ${where} is not 32 bytes in base64url.`);
  return bytes;
}
