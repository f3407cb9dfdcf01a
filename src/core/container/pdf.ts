import { inflate } from './inflate.ts';
import {
  isDictionary,
  isReference,
  type PdfDictionary,
  PdfReader,
  PdfSyntaxError,
  type PdfValue,
} from './pdf-objects.ts';

const limits = {
  /** Characters that are read outside streams: more of them than any writer needs. */
  characters: 10_000_000,
  objects: 200_000,
  objectStreamBytes: 5_000_000,
  attachments: 50,
  attachmentBytes: 20_000_000,
  /** Of everything that is decompressed to find and read the attachments. */
  allBytes: 40_000_000,
};

interface PdfObject {
  value: PdfValue;
  /** Where the bytes of its stream stand, when it has one. */
  stream?: { start: number; end: number };
}

export interface PdfFiles {
  files: Uint8Array[];
  /** The file is encrypted, so what is attached cannot be read. */
  encrypted: boolean;
}

export function isPdf(bytes: Uint8Array): boolean {
  return [0x25, 0x50, 0x44, 0x46].every((byte, index) => bytes[index] === byte);
}

/**
 * The files attached to a PDF (ISO 32000-1 §7.11.4: file specifications with `/EF`). Objects are found by reading the file
 * from its start, as viewers do with a damaged one: the cross-reference table can lie, and is not needed.
 */
export async function readPdfFiles(bytes: Uint8Array): Promise<PdfFiles> {
  const text = new TextDecoder('latin1').decode(bytes);
  const budget = { left: limits.characters, bytes: limits.allBytes };
  const objects = readObjects(text, budget);
  const own = new Set(objects.keys());
  for (const object of [...objects.values()])
    if (isDictionary(object.value) && object.value.entries.get('/Type') === '/ObjStm')
      await readObjectStream(object, bytes, objects, own, budget);
  const files: Uint8Array[] = [];
  for (const number of attached(objects)) {
    const object = objects.get(number);
    const content = object === undefined ? null : await streamOf(object, bytes, budget, limits.attachmentBytes);
    if (content !== null) files.push(content);
  }
  return { files, encrypted: text.includes('/Encrypt') };
}

type Budget = { left: number; bytes: number };

/** `12 0 obj`, with at most as much blank space as any writer puts there. */
const head = /(?<!\d)(\d{1,10})[\0\t\n\f\r ]{1,9}\d{1,5}[\0\t\n\f\r ]{1,9}obj(?![A-Za-z0-9])/g;

/** Every object by its number; of two with one number the later holds, as in a file that was saved again. */
function readObjects(text: string, budget: Budget): Map<number, PdfObject> {
  const objects = new Map<number, PdfObject>();
  const lengths = new Map<number, number>();
  const find = new RegExp(head);
  for (let match = find.exec(text); match !== null && objects.size < limits.objects; match = find.exec(text)) {
    const reader = new PdfReader(text, budget);
    reader.at = find.lastIndex;
    try {
      const value = reader.read();
      const stream = isDictionary(value) ? findStream(text, reader, value, lengths, budget) : null;
      if (typeof value === 'number') lengths.set(Number(match[1]), value);
      objects.set(Number(match[1]), stream === null ? { value } : { value, stream });
      // Past the object: what stands in a stream is not an object of this file.
      find.lastIndex = stream?.end ?? reader.at;
    } catch (error) {
      if (!(error instanceof PdfSyntaxError)) throw error;
      if (budget.left < 0) break;
    }
  }
  return objects;
}

function findStream(
  text: string,
  reader: PdfReader,
  { entries }: PdfDictionary,
  lengths: ReadonlyMap<number, number>,
  budget: Budget,
): { start: number; end: number } | null {
  if (!reader.accept('stream')) return null;
  let start = reader.at;
  if (text[start] === '\r') start += 1;
  if (text[start] === '\n') start += 1;
  const stated = entries.get('/Length');
  const length = isReference(stated) ? lengths.get(stated.number) : stated;
  if (
    typeof length === 'number' &&
    length >= 0 &&
    /^\s{0,2}endstream/.test(text.slice(start + length, start + length + 12))
  )
    return { start, end: start + length };
  // The length stands further on, or is wrong. The search goes over each part of the file once: what it finds is skipped.
  const end = text.indexOf('endstream', start);
  if (end < 0) budget.left = -1;
  return end < 0 ? null : { start, end };
}

/** Objects that are compressed together (§7.5.7). One that stands in the file by itself is newer. */
async function readObjectStream(
  object: PdfObject,
  bytes: Uint8Array,
  objects: Map<number, PdfObject>,
  own: ReadonlySet<number>,
  budget: Budget,
): Promise<void> {
  const content = await streamOf(object, bytes, budget, limits.objectStreamBytes);
  if (content === null || !isDictionary(object.value)) return;
  const text = new TextDecoder('latin1').decode(content);
  const first = object.value.entries.get('/First');
  const count = object.value.entries.get('/N');
  if (typeof first !== 'number' || typeof count !== 'number') return;
  const places = new PdfReader(text, budget);
  try {
    for (let index = 0; index < count && objects.size < limits.objects; index += 1) {
      const number = places.read();
      const offset = places.read();
      if (typeof number !== 'number' || typeof offset !== 'number') return;
      const reader = new PdfReader(text, budget);
      reader.at = first + offset;
      if (!own.has(number)) objects.set(number, { value: reader.read() });
    }
  } catch (error) {
    if (!(error instanceof PdfSyntaxError)) throw error;
  }
}

/** Numbers of the streams that file specifications embed, each once. */
function attached(objects: ReadonlyMap<number, PdfObject>): Set<number> {
  const found = new Set<number>();
  const look = (value: PdfValue | undefined): void => {
    if (Array.isArray(value)) for (const part of value) look(part);
    if (!isDictionary(value)) return;
    const named = value.entries.get('/EF');
    const embedded = isReference(named) ? objects.get(named.number)?.value : named;
    if (isDictionary(embedded))
      for (const key of ['/UF', '/F']) {
        const file = embedded.entries.get(key);
        if (isReference(file) && found.size < limits.attachments) found.add(file.number);
      }
    for (const part of value.entries.values()) look(part);
  };
  for (const { value } of objects.values()) look(value);
  return found;
}

/** The bytes of a stream. Filters other than FlateDecode, and predictors, are not used for what is looked for here. */
async function streamOf(
  { value, stream }: PdfObject,
  bytes: Uint8Array,
  budget: Budget,
  atMost: number,
): Promise<Uint8Array | null> {
  if (stream === undefined || !isDictionary(value)) return null;
  const held = bytes.subarray(stream.start, stream.end);
  const filter = value.entries.get('/Filter') ?? [];
  const filters = Array.isArray(filter) ? filter : [filter];
  if (filters.length === 0) return held.length > atMost ? null : held;
  if (filters.length > 1 || filters[0] !== '/FlateDecode') return null;
  const content = await inflate(held, 'deflate', Math.min(atMost, budget.bytes));
  if (content === null) return null;
  budget.bytes -= content.bytes.length;
  // What follows the end of the compressed data, such as a line end, is not a fault of it.
  return content.bytes;
}
