import { inflate, join } from '../container/inflate.ts';
import type { Finding, FindingCode } from '../finding.ts';
import { type Baked, type BakingKind, bakingKinds, type Unbaked } from './bake.ts';
import { crc32 } from './crc32.ts';

const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const maximumChunks = 100_000;
const maximumText = 10_000_000;

export interface PngChunk {
  type: string;
  /** Offsets into the file: of the whole chunk, and of its data. */
  start: number;
  end: number;
  data: Uint8Array;
}

export function isPng(bytes: Uint8Array): boolean {
  return signature.every((byte, index) => bytes[index] === byte);
}

const latin1 = (bytes: Uint8Array) => String.fromCharCode(...bytes);
const fault = (code: FindingCode, params?: Finding['params']) => ({
  ok: false as const,
  finding: { code, severity: 'error' as const, ...(params ? { params } : {}) },
});

/** Every chunk up to IEND, or what is wrong: lengths past the end, a wrong checksum, no IHDR first, no IEND. */
export function readChunks(image: Uint8Array): { ok: true; chunks: PngChunk[] } | { ok: false; finding: Finding } {
  const view = new DataView(image.buffer, image.byteOffset, image.byteLength);
  const chunks: PngChunk[] = [];
  let at = signature.length;
  while (at + 12 <= image.length && chunks.length < maximumChunks) {
    const length = view.getUint32(at);
    const end = at + 12 + length;
    if (end > image.length) return fault('png-cut', { offset: at });
    const type = latin1(image.subarray(at + 4, at + 8));
    if (!/^[A-Za-z]{4}$/.test(type)) return fault('png-malformed', { offset: at });
    if (chunks.length === 0 && type !== 'IHDR') return fault('png-malformed', { offset: at });
    if (crc32(image.subarray(at + 4, end - 4)) !== view.getUint32(end - 4))
      return fault('png-checksum', { offset: at });
    chunks.push({ type, start: at, end, data: image.subarray(at + 8, end - 4) });
    if (type === 'IEND') return { ok: true, chunks };
    at = end;
  }
  return fault('png-cut', { offset: at });
}

/** Bake into one uncompressed iTXt chunk in front of the picture data (OB 3.0 §7.1). */
export function bakePng(image: Uint8Array, text: string, kind: BakingKind): Baked {
  const read = readChunks(image);
  if (!read.ok) return read;
  const before = read.chunks.find(({ type }) => type === 'IDAT') ?? read.chunks.at(-1);
  if (before === undefined) return fault('png-malformed', { offset: 0 });
  // One image, one credential of the present generation; an Open Badges 2.0 one may stay beside it.
  const replaced = new Set<string>(['openbadgecredential', 'clrcredential']);
  const parts: Uint8Array[] = [signature];
  for (const chunk of read.chunks) {
    if (chunk === before) parts.push(textChunk(kind, text));
    if (!replaced.has(keywordOf(chunk) ?? '')) parts.push(image.subarray(chunk.start, chunk.end));
  }
  parts.push(image.subarray(read.chunks.at(-1)?.end ?? image.length));
  return { ok: true, bytes: join(parts), mediaType: 'image/png' };
}

function textChunk(keyword: string, text: string): Uint8Array {
  const encoder = new TextEncoder();
  // Keyword, 0, no compression, method 0, no language, 0, no translated keyword, 0, text.
  const content = join([encoder.encode(`iTXt${keyword}`), Uint8Array.of(0, 0, 0, 0, 0), encoder.encode(text)]);
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, content.length - 4);
  const checksum = new Uint8Array(4);
  new DataView(checksum.buffer).setUint32(0, crc32(content));
  return join([length, content, checksum]);
}

function keywordOf({ type, data }: PngChunk): string | null {
  if (type !== 'iTXt' && type !== 'tEXt') return null;
  const end = data.subarray(0, 80).indexOf(0);
  return end > 0 ? latin1(data.subarray(0, end)) : null;
}

/** Take the credential out of a PNG: the first chunk of the newest generation. More than one of a kind is a warning. */
export async function unbakePng(image: Uint8Array): Promise<Unbaked> {
  const read = readChunks(image);
  if (!read.ok) return read;
  for (const kind of bakingKinds) {
    const found = read.chunks.filter(
      (chunk) => keywordOf(chunk) === kind && (chunk.type === 'iTXt' || kind === 'openbadges'),
    );
    const [first] = found;
    if (first === undefined) continue;
    const text = await readText(first, kind);
    if (text === undefined) return fault('png-text-malformed', { keyword: kind });
    const findings: Finding[] =
      found.length > 1 ? [{ code: 'baked-twice', severity: 'warning', params: { count: found.length } }] : [];
    return { ok: true, text, kind, findings };
  }
  return fault('image-without-credential');
}

async function readText({ type, data }: PngChunk, keyword: string): Promise<string | undefined> {
  const rest = data.subarray(keyword.length + 1);
  if (type === 'tEXt') return latin1Text(rest);
  const [compressed, method] = rest;
  const afterLanguage = rest.indexOf(0, 2);
  const afterTranslated = afterLanguage < 0 ? -1 : rest.indexOf(0, afterLanguage + 1);
  if (afterTranslated < 0) return undefined;
  const text = rest.subarray(afterTranslated + 1);
  // The rules forbid compression; some tools do it all the same, and nothing is lost by reading it.
  const inflated = compressed === 1 && method === 0 ? await inflate(text, 'deflate', maximumText) : null;
  const plain = inflated?.whole ? inflated.bytes : compressed === 0 ? text : undefined;
  if (plain === undefined || plain.length > maximumText) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(plain);
  } catch {
    return undefined;
  }
}

function latin1Text(bytes: Uint8Array): string | undefined {
  return bytes.length > maximumText ? undefined : new TextDecoder('latin1').decode(bytes);
}
