import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { StartRefused } from './config.ts';

/** A text file that is part of the program itself. Throws StartRefused when the installation is not whole. */
export function readOwnFile(url: URL): string {
  try {
    return readFileSync(url, 'utf8');
  } catch (error) {
    throw new StartRefused(
      `This installation is not whole: ${fileURLToPath(url)} cannot be read (${(error as NodeJS.ErrnoException).code}). Install or build Assay again.`,
    );
  }
}
