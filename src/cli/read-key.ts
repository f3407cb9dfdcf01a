import { type KeyFile, readKeyFile } from '../node/key-file.ts';
import { say } from './assess-inputs.ts';
import { Misuse } from './exit-code.ts';
import type { Io } from './io.ts';
import { unreadable } from './read-files.ts';

/** The key in a file that `assay keygen` wrote. Throws Misuse, without ever quoting the file. */
export async function readKey(name: string, io: Io): Promise<KeyFile> {
  const file = await readKeyFile(name).catch((error: unknown) => {
    throw unreadable(name, error);
  });
  if (file === null)
    throw new Misuse(
      `The key ${name} cannot be used.`,
      'It must be a Multikey with publicKeyMultibase and secretKeyMultibase, as `assay keygen` writes.',
    );
  if (file.exposed) say(io, `Others than you can read the key ${name}.`, `Write \`chmod 600 ${name}\`.`);
  return file;
}
