import { crc32 } from '../baking/crc32.ts';
import type { Finding, FindingCode } from '../finding.ts';
import { inflate } from './inflate.ts';

export interface ZipEntry {
  /** Path inside the archive, as the archive spells it: for display only. */
  name: string;
  /** Take the file out, when its turn comes. */
  read(): Promise<{ ok: true; bytes: Uint8Array } | { ok: false; finding: Finding }>;
}

export interface ZipListing {
  entries: ZipEntry[];
  /** Files that are there and were not listed, since an archive may hold no more than `limits.entries`. */
  leftOut: number;
}

const limits = {
  entries: 1000,
  /** Of one file, and of all together, once decompressed. */
  entryBytes: 20_000_000,
  allBytes: 200_000_000,
  /** JSON shrinks to a twentieth; a file that shrinks to a two-hundredth was made to fill a memory. */
  ratio: 200,
  smallBytes: 100_000,
};

const signature = { entry: 0x04034b50, directory: 0x02014b50, end: 0x06054b50 };
const endLength = 22;
const directoryLength = 46;
const entryLength = 30;
/** What systems put beside the files that somebody packed. */
const leftovers = /(^|\/)(__MACOSX\/|\.|Thumbs\.db$|desktop\.ini$)/i;

const fault = (code: FindingCode, params?: Finding['params']) => ({
  ok: false as const,
  finding: { code, severity: 'error' as const, ...(params ? { params } : {}) },
});

export function isZip(bytes: Uint8Array): boolean {
  const [first, second, third, fourth] = bytes;
  // 5 and 6: an archive with nothing in it.
  return first === 0x50 && second === 0x4b && ((third === 3 && fourth === 4) || (third === 5 && fourth === 6));
}

/** List what a ZIP archive holds, from its directory; nothing is decompressed before it is read. */
export function listZip(bytes: Uint8Array): ({ ok: true } & ZipListing) | { ok: false; finding: Finding } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = findEnd(view);
  if (end === null) return fault('zip-damaged');
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  const entries: ZipEntry[] = [];
  let declared = 0;
  let leftOut = 0;
  for (let index = 0; index < count; index += 1) {
    if (at + directoryLength > end || view.getUint32(at, true) !== signature.directory) return fault('zip-damaged');
    const nameLength = view.getUint16(at + 28, true);
    const next = at + directoryLength + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    if (next > end) return fault('zip-damaged');
    const name = decodeName(bytes.subarray(at + directoryLength, at + directoryLength + nameLength));
    const place: Place = {
      flags: view.getUint16(at + 8, true),
      method: view.getUint16(at + 10, true),
      checksum: view.getUint32(at + 16, true),
      packed: view.getUint32(at + 20, true),
      size: view.getUint32(at + 24, true),
      start: view.getUint32(at + 42, true),
    };
    at = next;
    if (name.endsWith('/') || leftovers.test(name)) continue;
    if (entries.length >= limits.entries) {
      leftOut += 1;
      continue;
    }
    declared += place.size;
    // Files that overlap make a small archive declare a large sum.
    if (declared > limits.allBytes) return fault('zip-too-large', { limit: limits.allBytes });
    entries.push({ name, read: () => readEntry(bytes, view, place) });
  }
  return { ok: true, entries, leftOut };
}

interface Place {
  flags: number;
  method: number;
  checksum: number;
  packed: number;
  size: number;
  start: number;
}

async function readEntry(bytes: Uint8Array, view: DataView, place: Place): ReturnType<ZipEntry['read']> {
  const { flags, method, checksum, packed, size, start } = place;
  if (flags & 1) return fault('zip-entry-locked');
  if (size > limits.entryBytes) return fault('input-too-large', { limit: limits.entryBytes });
  if (size > limits.smallBytes && size > packed * limits.ratio) return fault('zip-entry-bomb', { ratio: limits.ratio });
  if (start + entryLength > bytes.length || view.getUint32(start, true) !== signature.entry)
    return fault('zip-entry-damaged');
  const from = start + entryLength + view.getUint16(start + 26, true) + view.getUint16(start + 28, true);
  const held = bytes.subarray(from, from + packed);
  if (held.length !== packed) return fault('zip-entry-damaged');
  if (method !== 0 && method !== 8) return fault('zip-entry-method', { method });
  const content = method === 0 ? { bytes: held, whole: true } : await inflate(held, 'deflate-raw', size);
  if (content === null || !content.whole || content.bytes.length !== size || crc32(content.bytes) !== checksum)
    return fault('zip-entry-damaged');
  return { ok: true, bytes: content.bytes };
}

/** The record at the end, in front of a comment of at most 65 535 bytes. ZIP64 archives fail at its counts. */
function findEnd(view: DataView): number | null {
  const last = view.byteLength - endLength;
  for (let at = last; at >= Math.max(0, last - 0xffff); at -= 1)
    if (view.getUint32(at, true) === signature.end && at + endLength + view.getUint16(at + 20, true) <= view.byteLength)
      return at;
  return null;
}

function decodeName(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('latin1').decode(bytes);
  }
}
