import { open, readFile } from 'node:fs/promises';
import { renderFinding } from '../core/catalogue/render.ts';
import type { JsonValue } from '../core/json/json.ts';
import { parseJson } from '../core/json/parse-json.ts';
import { Misuse } from './exit-code.ts';
import type { Io } from './io.ts';

export const maximumInputBytes = 20 * 1024 * 1024;

/** A file's bytes, or standard input's for `-`. Throws Misuse when there is no such file or it is too large. */
export async function readBytes(name: string, io: Io): Promise<Uint8Array> {
  if (name === '-') return await readStdin(io);
  try {
    const handle = await open(name, 'r');
    try {
      const { size } = await handle.stat();
      if (size > maximumInputBytes) throw tooLarge(name);
      return await readFile(handle);
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw error instanceof Misuse ? error : unreadable(name, error);
  }
}

async function readStdin(io: Io): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of io.stdin) {
    const bytes = Buffer.from(chunk as Buffer | string);
    size += bytes.length;
    if (size > maximumInputBytes) throw tooLarge('standard input');
    chunks.push(bytes);
  }
  if (size === 0) throw new Misuse('Nothing came on standard input.', 'Pipe a credential in, or name a file.');
  return Buffer.concat(chunks);
}

/** A JSON file that a command needs, such as an achievement. Throws Misuse with what is wrong. */
export async function readJson(name: string, what: string, io: Io): Promise<JsonValue> {
  const result = parseJson(await readBytes(name, io));
  if (result.ok) return result.value;
  throw new Misuse(`The ${what} ${name} is not JSON that can be read.`, renderFinding(result.finding).say);
}

/** The file system's error in a sentence. A fault of ours is thrown on as it is. */
export function unreadable(name: string, error: unknown): Misuse {
  const reasons: Record<string, string> = {
    ENOENT: 'There is no such file',
    EISDIR: 'This is a folder, not a file',
    EACCES: 'This file may not be read',
    ENOTDIR: 'There is no such file',
  };
  const { code } = error as NodeJS.ErrnoException;
  if (code === undefined) throw error;
  return new Misuse(`${reasons[code] ?? `This file cannot be read (${code})`}: ${name}`, 'Check the name.');
}

function tooLarge(name: string): Misuse {
  return new Misuse(
    `This is larger than ${maximumInputBytes / 1024 / 1024} MB: ${name}`,
    'Credentials are far smaller.',
  );
}
