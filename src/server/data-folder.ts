import { chmod, mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { SecretKey } from '../core/cryptography.ts';
import { toDidKey } from '../core/did/did-key.ts';
import { encodeMultikey } from '../core/proof/multikey.ts';
import { nodeCryptography } from '../node/cryptography.ts';
import { readKeyFile, writeKeyFile } from '../node/key-file.ts';

/** The folder that holds what an instance keeps. One process owns it. */
export interface DataFolder {
  path: string;
  release(): Promise<void>;
}

/** Another process owns the folder. */
export class FolderInUse extends Error {
  override readonly name = 'FolderInUse';
}

/** Folders that this process holds: its own id in a lock of another folder was left by an earlier process of that id. */
const held = new Set<string>();

/**
 * Open a data folder and take its lock; a lock left behind by a process that is gone is taken over. In a container each
 * process has the id 1, so an own id in the lock counts only while this process holds the folder.
 */
export async function openDataFolder(path: string): Promise<DataFolder> {
  await mkdir(path, { recursive: true, mode: 0o700 });
  const lock = resolve(path, 'lock');
  for (let attempt = 0; ; attempt++) {
    try {
      const file = await open(lock, 'wx', 0o600);
      await file.writeFile(String(process.pid));
      await file.close();
      held.add(lock);
      return {
        path,
        release: async () => {
          held.delete(lock);
          await rm(lock, { force: true });
        },
      };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const owner = Number(await readFile(lock, 'utf8').catch(() => ''));
      if (attempt > 0 || held.has(lock) || (owner !== process.pid && isRunning(owner)))
        throw new FolderInUse(
          `The folder ${path} is in use by process ${owner}. Stop that one first, or give another --data folder.`,
        );
      await rm(lock, { force: true });
    }
  }
}

function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** The key of that name, made at first use and kept with mode 0600. */
export async function loadOrMakeKey(folder: DataFolder, name: string, type: SecretKey['type']): Promise<SecretKey> {
  const path = join(folder.path, 'keys', `${name}.key.json`);
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const existing = await readKeyFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (existing !== undefined) {
    if (existing === null || existing.key.type !== type)
      throw new Error(`The key file ${path} is damaged. Put back the copy you kept, or remove it to make a new key.`);
    if (existing.exposed) await chmod(path, 0o600);
    return existing.key;
  }
  const key = await nodeCryptography.generateKey(type);
  const did = toDidKey(key.publicKey);
  await writeKeyFile(path, key, { id: `${did}#${encodeMultikey(key.publicKey)}`, controller: did });
  return key;
}

/** Write a file whole or not at all. */
export async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}.draft`;
  await writeFile(draft, content, { mode: 0o600 });
  await rename(draft, path);
}
