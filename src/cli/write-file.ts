import { randomBytes } from 'node:crypto';
import { link, mkdir, rename, unlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Misuse } from './exit-code.ts';

/**
 * Write a file whole or not at all: beside its place first, then moved there. An existing file is kept, unless `replace`
 * says otherwise; throws Misuse then.
 */
export async function writeWhole(
  path: string,
  data: string | Uint8Array,
  { replace = false, mode = 0o644 }: { replace?: boolean; mode?: number } = {},
): Promise<void> {
  const beside = join(dirname(path), `.${randomBytes(8).toString('hex')}.partial`);
  try {
    await writeFile(beside, data, { flag: 'wx', mode });
    if (replace) {
      await rename(beside, path);
      return;
    }
    // Unlike rename, link never replaces what is there.
    await link(beside, path);
    await unlink(beside);
  } catch (error) {
    await unlink(beside).catch(() => undefined);
    throw cannotWrite(path, error);
  }
}

export async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true });
  } catch (error) {
    throw cannotWrite(path, error);
  }
}

export function cannotWrite(
  path: string,
  error: unknown,
  exists = 'Name another one, or add --force to replace it.',
): Misuse {
  const { code } = error as NodeJS.ErrnoException;
  if (code === undefined) throw error;
  if (code === 'EEXIST') return new Misuse(`This file exists already: ${path}`, exists);
  if (code === 'ENOENT') return new Misuse(`There is no folder for this file: ${path}`, 'Make the folder first.');
  return new Misuse(`This file cannot be written (${code}): ${path}`, 'Check the name and the rights of the folder.');
}
