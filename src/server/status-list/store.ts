import { randomInt } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { minimumEntries, readEntry, writeEntry } from '../../core/status/bitstring.ts';
import { type DataFolder, writeWhole } from '../data-folder.ts';

/** A status list as it is kept: its bits, and which places are taken. */
export interface StoredStatusList {
  id: string;
  statusPurpose: string;
  bits: Uint8Array;
  taken: Set<number>;
}

/** Status lists of an instance, in memory and on disk: each change is written before it is acknowledged. */
export interface StatusListStore {
  folder: DataFolder;
  lists: Map<string, StoredStatusList>;
  /** Writes happen one after the other. */
  queue: Promise<void>;
}

export function openStatusListStore(folder: DataFolder): StatusListStore {
  return { folder, lists: new Map(), queue: Promise.resolve() };
}

const pathOf = (store: StatusListStore, id: string) => join(store.folder.path, 'status-lists', `${id}.json`);

/** The list of that id, read from disk once, made when there is none. */
export async function findOrInsertStatusList(
  store: StatusListStore,
  id: string,
  statusPurpose: string,
): Promise<StoredStatusList> {
  const known = store.lists.get(id);
  if (known !== undefined) return known;
  const text = await readFile(pathOf(store, id), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  const kept = text === null ? null : (JSON.parse(text) as { bits: string; taken: number[]; statusPurpose: string });
  const list: StoredStatusList = {
    id,
    statusPurpose: kept?.statusPurpose ?? statusPurpose,
    bits: kept === null ? new Uint8Array(minimumEntries / 8) : new Uint8Array(Buffer.from(kept.bits, 'base64')),
    taken: new Set(kept?.taken),
  };
  // Somebody else may have read it meanwhile; there is one object for each list.
  const raced = store.lists.get(id);
  if (raced !== undefined) return raced;
  store.lists.set(id, list);
  return list;
}

/** Take a free place at random, so that neighbours tell nothing. Throws a RangeError when the list is nearly full. */
export async function allocateIndex(store: StatusListStore, list: StoredStatusList): Promise<number> {
  if (list.taken.size > minimumEntries * 0.9) throw new RangeError('the status list is full');
  let index = randomInt(minimumEntries);
  while (list.taken.has(index)) index = randomInt(minimumEntries);
  list.taken.add(index);
  await save(store, list);
  return index;
}

/** Set one entry and keep it. Undefined when the place was never given out. */
export async function updateStatus(
  store: StatusListStore,
  list: StoredStatusList,
  index: number,
  value: boolean,
): Promise<number | undefined> {
  if (!list.taken.has(index)) return undefined;
  writeEntry(list.bits, index, 1, value ? 1 : 0);
  await save(store, list);
  return readEntry(list.bits, BigInt(index), 1);
}

function save(store: StatusListStore, list: StoredStatusList): Promise<void> {
  const write = store.queue.then(() =>
    writeWhole(
      pathOf(store, list.id),
      JSON.stringify({
        statusPurpose: list.statusPurpose,
        bits: Buffer.from(list.bits).toString('base64'),
        taken: [...list.taken],
      }),
    ),
  );
  store.queue = write.catch(() => undefined);
  return write;
}
