import { crc32 } from '../../baking/crc32.ts';
import { join } from '../inflate.ts';

export interface MadeEntry {
  name: string;
  content: Uint8Array | string;
  stored?: boolean;
  /** Lies for hostile archives. */
  flags?: number;
  method?: number;
  size?: number;
  checksum?: number;
}

/** Pack files into a ZIP archive. */
export async function makeZip(entries: readonly MadeEntry[]): Promise<Uint8Array> {
  const locals: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let at = 0;
  for (const entry of entries) {
    const content = typeof entry.content === 'string' ? new TextEncoder().encode(entry.content) : entry.content;
    const packed = entry.stored ? content : await deflate(content);
    const name = new TextEncoder().encode(entry.name);
    const common = [
      [2, 20],
      [2, entry.flags ?? 0x800],
      [2, entry.method ?? (entry.stored ? 0 : 8)],
      [4, 0],
      [4, entry.checksum ?? crc32(content)],
      [4, packed.length],
      [4, entry.size ?? content.length],
      [2, name.length],
      [2, 0],
    ] as const;
    const local = join([numbers([[4, 0x04034b50], ...common]), name, packed]);
    const rest = [
      [2, 0],
      [2, 0],
      [2, 0],
      [4, 0],
      [4, at],
    ] as const;
    directory.push(numbers([[4, 0x02014b50], [2, 20], ...common, ...rest]), name);
    locals.push(local);
    at += local.length;
  }
  const size = directory.reduce((sum, part) => sum + part.length, 0);
  const end = numbers([
    [4, 0x06054b50],
    [4, 0],
    [2, entries.length],
    [2, entries.length],
    [4, size],
    [4, at],
    [2, 0],
  ]);
  return join([...locals, ...directory, end]);
}

/** Little-endian numbers, each as its length in bytes and its value. */
function numbers(fields: readonly (readonly [2 | 4, number])[]): Uint8Array {
  return join(
    fields.map(([length, value]) => Uint8Array.from({ length }, (_, index) => (value >>> (8 * index)) & 0xff)),
  );
}

async function deflate(content: Uint8Array): Promise<Uint8Array> {
  const packed = new Blob([new Uint8Array(content)]).stream().pipeThrough(new CompressionStream('deflate-raw'));
  return new Uint8Array(await new Response(packed).arrayBuffer());
}
