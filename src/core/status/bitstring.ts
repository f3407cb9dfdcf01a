import { decodeBase64url, encodeBase64url } from '../proof/multibase.ts';

/** A status list holds at least 16 KiB: one learner among many (Bitstring Status List §2.2). In bits. */
export const minimumEntries = 131_072;
/** Larger lists than this are not unpacked. In bytes. */
const maximumBytes = 16 * 1024 * 1024;

/** GZIP and base64url of a bitstring, with the multibase `u` in front. */
export async function encodeStatusList(bits: Uint8Array): Promise<string> {
  const packed = new Response(new Blob([new Uint8Array(bits)]).stream().pipeThrough(new CompressionStream('gzip')));
  return `u${encodeBase64url(new Uint8Array(await packed.arrayBuffer()))}`;
}

/**
 * Unpack an encoded list; undefined when it is malformed or larger than 16 MB unpacked. It stops as soon as the limit is
 * passed, so a few bytes cannot fill the memory. `legacy`: StatusList2021, base64 or base64url without the `u`.
 */
export async function decodeStatusList(encoded: string, { legacy = false } = {}): Promise<Uint8Array | undefined> {
  if (encoded.length > maximumBytes * 2) return undefined;
  const text = legacy ? encoded.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '') : encoded.slice(1);
  if (!legacy && !encoded.startsWith('u')) return undefined;
  const packed = decodeBase64url(text);
  if (packed === undefined) return undefined;
  const reader = new Blob([new Uint8Array(packed)]).stream().pipeThrough(new DecompressionStream('gzip')).getReader();
  const parts: Uint8Array[] = [];
  let size = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      size += value.length;
      if (size > maximumBytes) {
        await reader.cancel();
        return undefined;
      }
      parts.push(value);
    }
  } catch {
    return undefined;
  }
  const bits = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    bits.set(part, at);
    at += part.length;
  }
  return bits;
}

/** The value of one entry, most significant bit first. Undefined when the whole entry is not inside the list. */
export function readEntry(bits: Uint8Array, index: bigint, size: number): number | undefined {
  const start = index * BigInt(size);
  if (index < 0n || start + BigInt(size) > BigInt(bits.length) * 8n) return undefined;
  let value = 0;
  for (let offset = 0; offset < size; offset++) {
    const position = Number(start) + offset;
    value = value * 2 + (((bits[position >> 3] as number) >> (7 - (position & 7))) & 1);
  }
  return value;
}

/** Set the value of one entry in place. Throws a RangeError outside the list. */
export function writeEntry(bits: Uint8Array, index: number, size: number, value: number): void {
  if (readEntry(bits, BigInt(index), size) === undefined) throw new RangeError('outside the status list');
  for (let offset = 0; offset < size; offset++) {
    const position = index * size + offset;
    const mask = 0x80 >> (position & 7);
    const set = Math.floor(value / 2 ** (size - 1 - offset)) % 2 === 1;
    bits[position >> 3] = set ? (bits[position >> 3] as number) | mask : (bits[position >> 3] as number) & ~mask;
  }
}
