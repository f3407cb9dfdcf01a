import { brotliDecompressSync } from 'node:zlib';

const knownTags = (
  'cmap head hhea hmtx maxp name OS/2 post cvt  fpgm glyf loca prep CFF  VORG EBDT EBLC gasp hdmx kern LTSH PCLT VDMX vhea ' +
  'vmtx BASE GDEF GPOS GSUB EBSC JSTF MATH CBDT CBLC COLR CPAL SVG  sbix acnt avar bdat bloc bsln cvar fdsc feat fmtx fvar ' +
  'gvar hsty just lcar mort morx opbd prop trak Zapf Silf Glat Gloc Feat Sill'
).match(/.{4}(?: |$)/g) as string[];
/** What makes a font variable: without them it is its default, which is all that is wanted here. */
const variation = new Set(['fvar', 'gvar', 'avar', 'HVAR', 'MVAR', 'STAT', 'cvar']);

/** A WOFF2 font (W3C WOFF 2.0) as TrueType, in its default instance; for programs that read nothing else. */
export function woff2ToTrueType(woff2: Uint8Array): Uint8Array {
  const file = new Reader(Buffer.from(woff2));
  if (file.u32() !== 0x774f4632) throw new TypeError('not a WOFF2 font');
  file.at = 12;
  const count = file.u16();
  file.at = 20;
  const compressed = file.u32();
  file.at = 48;
  const entries = Array.from({ length: count }, () => {
    const flags = file.u8();
    const tag = (flags & 63) === 63 ? file.take(4).toString('latin1') : (knownTags[flags & 63] as string).slice(0, 4);
    const length = file.base128();
    const transformed = tag === 'glyf' || tag === 'loca' ? flags >> 6 === 0 : flags >> 6 !== 0;
    return { tag, transformed, length: transformed ? file.base128() : length };
  });
  const data = new Reader(brotliDecompressSync(file.take(compressed)));
  const tables = new Map<string, Buffer>();
  for (const { tag, transformed, length } of entries) {
    const bytes = data.take(length);
    if (tag === 'glyf' && transformed) {
      const { glyf, loca } = rebuildGlyphs(new Reader(bytes));
      tables.set('glyf', glyf).set('loca', loca);
    } else if (transformed && tag !== 'loca') throw new TypeError(`the table ${tag} is transformed`);
    else if (!transformed && !variation.has(tag)) tables.set(tag, Buffer.from(bytes));
  }
  // The rebuilt table of places has four bytes for each.
  if (tables.has('loca')) tables.get('head')?.writeInt16BE(1, 50);
  return assemble(tables);
}

function rebuildGlyphs(table: Reader): { glyf: Buffer; loca: Buffer } {
  table.at = 4;
  const count = table.u16();
  table.at = 8;
  const lengths = Array.from({ length: 7 }, () => table.u32());
  const [contours, sizes, flags, glyphs, composites, boxes, instructions] = lengths.map(
    (length) => new Reader(table.take(length)),
  ) as [Reader, Reader, Reader, Reader, Reader, Reader, Reader];
  const hasBox = boxes.take(((count + 31) >> 5) << 2);
  const parts: Buffer[] = [];
  const loca = Buffer.alloc((count + 1) * 4);
  let size = 0;
  for (let glyph = 0; glyph < count; glyph++) {
    const number = contours.i16();
    const given = (hasBox[glyph >> 3] as number) & (128 >> (glyph & 7)) ? boxes.take(8) : null;
    let bytes = Buffer.alloc(0);
    if (number > 0) {
      let last = -1;
      const ends = Array.from({ length: number }, () => (last += sizes.short255()));
      const points = readPoints(flags, glyphs, last + 1);
      const code = instructions.take(glyphs.short255());
      bytes = Buffer.concat([
        head(number, given ?? boxOf(points)),
        ...ends.map(u16),
        u16(code.length),
        code,
        writePoints(points),
      ]);
    } else if (number < 0) {
      const { components, hasCode } = readComponents(composites);
      const code = hasCode ? instructions.take(glyphs.short255()) : null;
      bytes = Buffer.concat([
        head(-1, given ?? Buffer.alloc(8)),
        components,
        ...(code ? [u16(code.length), code] : []),
      ]);
    }
    const padded = Buffer.concat([bytes, Buffer.alloc(-bytes.length & 3)]);
    parts.push(padded);
    size += padded.length;
    loca.writeUInt32BE(size, (glyph + 1) * 4);
  }
  return { glyf: Buffer.concat(parts), loca };
}

interface Point {
  x: number;
  y: number;
  dx: number;
  dy: number;
  onCurve: boolean;
}

/** WOFF 2.0 §5.2, triplet encoding. */
function readPoints(flags: Reader, data: Reader, count: number): Point[] {
  const signed = (flag: number, value: number) => (flag & 1 ? value : -value);
  let x = 0;
  let y = 0;
  return Array.from({ length: count }, () => {
    const byte = flags.u8();
    const flag = byte & 127;
    let dx = 0;
    let dy = 0;
    if (flag < 10) dy = signed(flag, ((flag & 14) << 7) + data.u8());
    else if (flag < 20) dx = signed(flag, (((flag - 10) & 14) << 7) + data.u8());
    else if (flag < 84) {
      const [head, rest] = [flag - 20, data.u8()];
      dx = signed(flag, 1 + (head & 48) + (rest >> 4));
      dy = signed(flag >> 1, 1 + ((head & 12) << 2) + (rest & 15));
    } else if (flag < 120) {
      const head = flag - 84;
      dx = signed(flag, 1 + (Math.floor(head / 12) << 8) + data.u8());
      dy = signed(flag >> 1, 1 + (((head % 12) >> 2) << 8) + data.u8());
    } else if (flag < 124) {
      const [first, second] = [data.u8(), data.u8()];
      dx = signed(flag, (first << 4) + (second >> 4));
      dy = signed(flag >> 1, ((second & 15) << 8) + data.u8());
    } else {
      dx = signed(flag, data.u16());
      dy = signed(flag >> 1, data.u16());
    }
    x += dx;
    y += dy;
    return { x, y, dx, dy, onCurve: byte < 128 };
  });
}

/** Plain, each point by two words: the size does not matter here. */
function writePoints(points: readonly Point[]): Buffer {
  const flags = Buffer.from(points.map(({ onCurve }) => (onCurve ? 1 : 0)));
  return Buffer.concat([flags, ...points.map(({ dx }) => i16(dx)), ...points.map(({ dy }) => i16(dy))]);
}

function boxOf(points: readonly Point[]): Buffer {
  const xs = points.map(({ x }) => x);
  const ys = points.map(({ y }) => y);
  return Buffer.concat([Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)].map(i16));
}

function readComponents(data: Reader): { components: Buffer; hasCode: boolean } {
  const from = data.at;
  let hasCode = false;
  for (let flags = 32; flags & 32; ) {
    flags = data.u16();
    hasCode ||= (flags & 256) !== 0;
    const scale = flags & 8 ? 2 : flags & 64 ? 4 : flags & 128 ? 8 : 0;
    data.take(2 + (flags & 1 ? 4 : 2) + scale);
  }
  return { components: data.bytes.subarray(from, data.at), hasCode };
}

const u16 = (value: number) => Buffer.of((value >> 8) & 255, value & 255);
const i16 = u16;
const head = (contours: number, box: Buffer) => Buffer.concat([i16(contours), box]);

function assemble(tables: Map<string, Buffer>): Buffer {
  const tags = [...tables.keys()].sort();
  const directory = Buffer.alloc(12 + tags.length * 16);
  const power = Math.floor(Math.log2(tags.length));
  directory.writeUInt32BE(0x00010000, 0);
  directory.writeUInt16BE(tags.length, 4);
  directory.writeUInt16BE(2 ** power * 16, 6);
  directory.writeUInt16BE(power, 8);
  directory.writeUInt16BE((tags.length - 2 ** power) * 16, 10);
  const parts: Buffer[] = [directory];
  let offset = directory.length;
  for (const [index, tag] of tags.entries()) {
    const bytes = tables.get(tag) as Buffer;
    const padded = Buffer.concat([bytes, Buffer.alloc(-bytes.length & 3)]);
    const at = 12 + index * 16;
    directory.write(tag, at, 'latin1');
    directory.writeUInt32BE(checksum(padded), at + 4);
    directory.writeUInt32BE(offset, at + 8);
    directory.writeUInt32BE(bytes.length, at + 12);
    parts.push(padded);
    offset += padded.length;
  }
  return Buffer.concat(parts);
}

function checksum(bytes: Buffer): number {
  let sum = 0;
  for (let at = 0; at < bytes.length; at += 4) sum = (sum + bytes.readUInt32BE(at)) >>> 0;
  return sum;
}

class Reader {
  readonly bytes: Buffer;
  at = 0;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }

  take(length: number): Buffer {
    if (this.at + length > this.bytes.length) throw new RangeError('the font ends too early');
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }

  u8 = () => this.take(1).readUInt8();
  u16 = () => this.take(2).readUInt16BE();
  i16 = () => this.take(2).readInt16BE();
  u32 = () => this.take(4).readUInt32BE();

  base128(): number {
    let value = 0;
    for (let index = 0; index < 5; index++) {
      const byte = this.u8();
      value = value * 128 + (byte & 127);
      if (byte < 128) return value;
    }
    throw new RangeError('a number of the font is too long');
  }

  /** 255UInt16 of WOFF 2.0 §4.2. */
  short255(): number {
    const code = this.u8();
    if (code === 253) return this.u16();
    if (code === 254) return this.u8() + 506;
    return code === 255 ? this.u8() + 253 : code;
  }
}
