import { createCipheriv, createHash, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import type { MasterKey } from '../master-key.ts';
import { ApiError, phrase } from '../problem.ts';
import type { ByteRange, Storage } from '../storage/storage.ts';
import { hasControls, headLength, isOfType, isText, tailLength } from './media-type.ts';
import type { EvidenceFileRow } from './store.ts';

/** What is sealed of a file. */
export interface FileSecret {
  name: string;
  /** Of its content in the storage: without it the storage, and every copy of it, tells nothing. */
  key: Uint8Array;
}

const purposeOf = (id: string) => `evidence ${id}`;
export const storageKeyOf = (id: string) => `evidence/${id}`;
export const newContentKey = () => randomBytes(32);

export function sealSecret(masterKey: MasterKey, id: string, { name, key }: FileSecret): Uint8Array {
  const text = JSON.stringify({ name, key: Buffer.from(key).toString('base64url') });
  return masterKey.seal(new TextEncoder().encode(text), purposeOf(id));
}

/** Throws MasterKeyWrong. */
export function openSecret(masterKey: MasterKey, { id, sealed }: Pick<EvidenceFileRow, 'id' | 'sealed'>): FileSecret {
  const text = new TextDecoder().decode(masterKey.open(sealed, purposeOf(id)));
  const { name, key } = JSON.parse(text) as { name: string; key: string };
  return { name, key: Buffer.from(key, 'base64url') };
}

/**
 * AES-256 in counter mode from any byte on; encrypting and decrypting are the same. Each file has a key of its own, so the
 * counter may begin at nothing. That nobody changed it is told by the digest, which is signed.
 */
async function* encrypt(content: AsyncIterable<Uint8Array>, key: Uint8Array, from = 0): AsyncGenerator<Uint8Array> {
  const counter = Buffer.alloc(16);
  counter.writeBigUInt64BE(BigInt(Math.floor(from / 16)), 8);
  const cipher = createCipheriv('aes-256-ctr', key, counter);
  cipher.update(Buffer.alloc(from % 16));
  for await (const bytes of content) yield cipher.update(bytes);
}

export interface ReceivedContent {
  size: number;
  /** SHA-256 in hex. */
  digest: string;
}

/** Put content into the storage as it comes, encrypted. Throws ApiError when it is too long or not of its type. */
export async function storeContent(
  storage: Storage,
  { id, key }: { id: string; key: Uint8Array },
  source: Readable,
  limits: { mediaType: string; maximumBytes: number },
): Promise<ReceivedContent> {
  const received: ReceivedContent = { size: 0, digest: '' };
  await storage.put(storageKeyOf(id), encrypt(inspect(source, limits, received), key));
  return received;
}

/** Content of a file as it was uploaded; undefined when the storage lacks it. */
export async function loadContent(
  storage: Storage,
  id: string,
  key: Uint8Array,
  range?: ByteRange,
): Promise<Readable | undefined> {
  const stored = await storage.get(storageKeyOf(id), range);
  if (stored === undefined) return undefined;
  return Readable.from(encrypt(stored.content, key, range?.start), { objectMode: false });
}

async function* inspect(
  source: Readable,
  { mediaType, maximumBytes }: { mediaType: string; maximumBytes: number },
  received: ReceivedContent,
): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  let head = Buffer.alloc(0);
  let tail = Buffer.alloc(0);
  let binary = false;
  // Whoever sends too much is to hear so: the connection stays.
  for await (const bytes of source.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    received.size += bytes.length;
    if (received.size > maximumBytes) throw tooLarge(maximumBytes);
    hash.update(bytes);
    if (head.length < headLength) head = Buffer.concat([head, bytes.subarray(0, headLength - head.length)]);
    tail = Buffer.concat([tail, bytes.subarray(-tailLength)]).subarray(-tailLength);
    binary ||= isText(mediaType) && hasControls(bytes);
    yield bytes;
  }
  if (received.size === 0) throw new ApiError('malformed-request', 'The file is empty.');
  if (!isOfType(mediaType, { head, tail, binary }))
    throw new ApiError('unsupported', phrase`The content of the file is not ${mediaType}, or not that alone.`);
  received.digest = hash.digest('hex');
}

export function tooLarge(maximumBytes: number): ApiError {
  return new ApiError(
    'too-large',
    phrase`A file of evidence has at most ${maximumBytes.toLocaleString('en')} bytes here.`,
  );
}
