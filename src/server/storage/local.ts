import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { openDrafts, withDraft } from './draft.ts';
import { checkKey, type Storage } from './storage.ts';

/** Files in a folder. What is kept survives a power cut. */
export async function openLocalStorage(folder: string): Promise<Storage> {
  const drafts = await openDrafts(folder);
  const pathOf = (key: string) => join(folder, checkKey(key));
  const openFile = (key: string) =>
    open(pathOf(key), 'r').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
  return {
    async put(key, content) {
      const path = pathOf(key);
      await withDraft(drafts, content, async (draft) => {
        await mkdir(dirname(path), { recursive: true, mode: 0o700 });
        await rename(draft.path, path);
        await syncFolder(dirname(path));
      });
    },
    async get(key, range) {
      const file = await openFile(key);
      if (file === undefined) return undefined;
      try {
        const { size } = await file.stat();
        return { size, content: createReadStream('', { fd: file, ...range }) };
      } catch (error) {
        await file.close();
        throw error;
      }
    },
    async delete(key) {
      await rm(pathOf(key), { force: true });
    },
    async exists(key) {
      const file = await openFile(key);
      await file?.close();
      return file !== undefined;
    },
  };
}

/** A file's new name is kept only when its folder is. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
