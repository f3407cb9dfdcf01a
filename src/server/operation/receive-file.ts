import { mkdir, open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ArchiveDamaged } from './archive.ts';

/** Write a file of a backup into a folder, piece by piece; a path that leads elsewhere is refused. */
export async function receiveFile(folder: string, path: string) {
  if (!/^[a-z]{1,40}\/[A-Za-z0-9_-]{1,200}$/.test(path))
    throw new ArchiveDamaged('not a backup: it holds a strange file');
  const place = join(folder, path);
  await mkdir(dirname(place), { recursive: true, mode: 0o700 });
  const file = await open(place, 'wx', 0o600);
  return {
    async add(text: string) {
      await file.writeFile(Buffer.from(text, 'base64'));
    },
    async end() {
      await file.sync().finally(() => file.close());
    },
  };
}
