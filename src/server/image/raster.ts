import { inflateSync } from 'node:zlib';
import { readChunks } from '../../core/baking/png.ts';
import { type Phrase, phrase } from '../problem.ts';

const maximumSide = 8192;
const maximumPixels = 16_000_000;

export type RasterResult = { ok: true } | { ok: false; fault: string | Phrase };

const refuse = (fault: string | Phrase): RasterResult => ({ ok: false, fault });

/** How many pixels may still come: of one picture, or of all in a drawing. Counted before they are unpacked. */
export interface PixelBudget {
  left: number;
}
export const pixelBudget = (): PixelBudget => ({ left: maximumPixels });

function checkSize(width: number, height: number, budget: PixelBudget): RasterResult {
  if (width === 0 || height === 0) return refuse('It has no size.');
  if (width > maximumSide || height > maximumSide || width * height > budget.left)
    return refuse(
      phrase`It has ${width} × ${height} pixels; a side may have ${maximumSide}, and all together ${maximumPixels.toLocaleString('en')}.`,
    );
  budget.left -= width * height;
  return { ok: true };
}

/** Samples of a pixel by colour type (PNG §11.2.2), and how many bits they may have. */
const colourTypes: Record<number, { samples: number; depths: readonly number[] }> = {
  0: { samples: 1, depths: [1, 2, 4, 8, 16] },
  2: { samples: 3, depths: [8, 16] },
  3: { samples: 1, depths: [1, 2, 4, 8] },
  4: { samples: 2, depths: [8, 16] },
  6: { samples: 4, depths: [8, 16] },
};
/** Adam7: where each pass begins and how far its pixels lie apart (PNG §8.2). */
const passes = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

/** A whole PNG and nothing behind it: every chunk with its checksum, and exactly the pixels that its header says. */
export function checkPng(bytes: Uint8Array, budget = pixelBudget()): RasterResult {
  const read = readChunks(bytes);
  if (!read.ok) return refuse('The PNG is cut off or damaged.');
  const { chunks } = read;
  if (chunks.at(-1)?.end !== bytes.length) return refuse('There is something behind the end of the PNG.');
  const header = chunks[0]?.data;
  if (header?.length !== 13) return refuse('The PNG has no header.');
  const view = new DataView(header.buffer, header.byteOffset, header.byteLength);
  const [width, height, depth, type] = [view.getUint32(0), view.getUint32(4), view.getUint8(8), view.getUint8(9)];
  const colour = colourTypes[type];
  const interlace = view.getUint8(12);
  if (!colour?.depths.includes(depth) || view.getUint16(10) !== 0 || interlace > 1)
    return refuse('The header of the PNG says what no PNG has.');
  const size = checkSize(width, height, budget);
  if (!size.ok) return size;
  if (chunks.some(({ type: name }) => /^[A-Z]/.test(name) && !['IHDR', 'PLTE', 'IDAT', 'IEND'].includes(name)))
    return refuse('The PNG needs an extension to be shown.');
  const rows = (across: number, down: number) =>
    across === 0 || down === 0 ? 0 : down * (1 + Math.ceil((across * colour.samples * depth) / 8));
  const expected =
    interlace === 0
      ? rows(width, height)
      : passes.reduce(
          (sum, [x, y, dx, dy]) => sum + rows(Math.ceil((width - x) / dx), Math.ceil((height - y) / dy)),
          0,
        );
  try {
    const data = Buffer.concat(chunks.filter(({ type: name }) => name === 'IDAT').map((chunk) => chunk.data));
    // One byte more than there may be, so that too much is told from enough.
    if (inflateSync(data, { maxOutputLength: expected + 1 }).length !== expected)
      return refuse('The pixels of the PNG are not those that its header says.');
  } catch {
    return refuse('The pixels of the PNG cannot be read.');
  }
  return { ok: true };
}

export const isJpeg = (bytes: Uint8Array) => bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff;

/** A whole JPEG and nothing behind it: its segments, one frame with a size, at least one scan, and its end. */
export function checkJpeg(bytes: Uint8Array, budget = pixelBudget()): RasterResult {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 2;
  let frame = false;
  let scans = 0;
  while (at + 1 < bytes.length) {
    if (bytes[at] !== 0xff) return refuse('The JPEG is damaged.');
    const marker = bytes[at + 1] as number;
    // Fill bytes may stand before a marker.
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === 0xd9) {
      if (!frame || scans === 0) return refuse('There is no picture in the JPEG.');
      return at + 2 === bytes.length ? { ok: true } : refuse('There is something behind the end of the JPEG.');
    }
    if (at + 4 > bytes.length || marker < 0xc0 || (marker >= 0xd0 && marker <= 0xd8))
      return refuse('The JPEG is damaged.');
    const end = at + 2 + view.getUint16(at + 2);
    if (end > bytes.length || end < at + 4) return refuse('The JPEG is cut off.');
    // Start of frame: all of C0 to CF but the tables C4 and CC, and C8, which is reserved.
    if (marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      if (frame || end < at + 10) return refuse('The JPEG has no readable frame.');
      frame = true;
      const size = checkSize(view.getUint16(at + 7), view.getUint16(at + 5), budget);
      if (!size.ok) return size;
    }
    at = end;
    if (marker === 0xda) {
      scans += 1;
      if (!frame || scans > 1000) return refuse('The JPEG is damaged.');
      at = endOfScan(bytes, at);
    }
  }
  return refuse('The JPEG is cut off.');
}

/** Coded data go on until a marker that is no restart; FF 00 stands for FF. */
function endOfScan(bytes: Uint8Array, start: number): number {
  for (let at = bytes.indexOf(0xff, start); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1];
    if (next !== undefined && next !== 0 && !(next >= 0xd0 && next <= 0xd7)) return at;
  }
  return bytes.length;
}
