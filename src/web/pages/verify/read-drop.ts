import type { Given } from './check.ts';

export interface Dropped {
  given: Given[];
  leftOut: number;
}

const filesAtMost = 1000;
const depthAtMost = 8;
/** What systems put beside the files that somebody keeps. */
const leftovers = /^(\.|Thumbs\.db$|desktop\.ini$|__MACOSX$)/i;

/** Files that were chosen, or the files of a chosen folder, by their path in it. */
export function readFiles(files: Iterable<File>): Dropped {
  const inFolder = ({ webkitRelativePath }: File) => webkitRelativePath.split('/').slice(1);
  const all = [...files].filter((file) => !inFolder(file).some((part) => leftovers.test(part)));
  const given = all.slice(0, filesAtMost).map((file) => fileGiven(file, file.webkitRelativePath || file.name));
  return { given, leftOut: all.length - given.length };
}

/** Files and folders that were let go over the page. Must be called before the event ends: its items do not outlive it. */
export function readDrop(transfer: DataTransfer): Promise<Dropped> {
  const items = [...transfer.items].filter(({ kind }) => kind === 'file');
  const entries = items.map((item) => item.webkitGetAsEntry?.() ?? null);
  const files = [...transfer.files];
  if (!entries.some((entry) => entry?.isDirectory)) return Promise.resolve(readFiles(files));
  return readEntries(entries.filter((entry) => entry !== null));
}

async function readEntries(entries: readonly FileSystemEntry[]): Promise<Dropped> {
  const dropped: Dropped = { given: [], leftOut: 0 };
  const walk = async (entry: FileSystemEntry, depth: number): Promise<void> => {
    if (depth > 0 && leftovers.test(entry.name)) return;
    if (isFolder(entry)) {
      if (depth < depthAtMost) for (const inner of await listFolder(entry)) await walk(inner, depth + 1);
    } else if (dropped.given.length >= filesAtMost) dropped.leftOut += 1;
    else dropped.given.push(fileGiven(await fileOf(entry as FileSystemFileEntry), entry.fullPath.replace(/^\//, '')));
  };
  for (const entry of entries) await walk(entry, 0);
  return dropped;
}

const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory;

/** A reader gives a folder's entries in portions, until one is empty. */
async function listFolder(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((found, failed) => reader.readEntries(found, failed));
    if (some.length === 0 || all.length > filesAtMost * 10) return all;
    all.push(...some);
  }
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((found, failed) => entry.file(found, failed));
}

function fileGiven(file: File, name: string): Given {
  return { name, depth: 0, what: { file } };
}
