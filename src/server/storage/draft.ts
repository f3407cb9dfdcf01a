import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

export interface Draft {
  path: string;
  size: number;
}

/** Longer than any upload takes; in milliseconds. */
const leftBehind = 24 * 3_600_000;

/** The folder for files that are still being received; those that a killed process left there are removed. */
export async function openDrafts(folder: string): Promise<string> {
  const path = join(folder, 'drafts');
  await mkdir(path, { recursive: true, mode: 0o700 });
  for (const name of await readdir(path)) {
    const found = await stat(join(path, name)).catch(() => null);
    if (found !== null && found.mtimeMs < Date.now() - leftBehind) await rm(join(path, name), { force: true });
  }
  return path;
}

/** Write content to disk, as it comes, and give it to `use` when all is there; afterwards no draft is left. */
export async function withDraft(
  drafts: string,
  content: AsyncIterable<Uint8Array>,
  use: (draft: Draft) => Promise<void>,
): Promise<void> {
  const path = join(drafts, randomUUID());
  try {
    const file = await open(path, 'wx', 0o600);
    let size = 0;
    try {
      for await (const bytes of content) {
        await file.writeFile(bytes);
        size += bytes.length;
      }
      await file.sync();
    } finally {
      await file.close();
    }
    await use({ path, size });
  } finally {
    await rm(path, { force: true });
  }
}
