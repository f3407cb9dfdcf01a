import type { Readable } from 'node:stream';
import { openLocalStorage } from './local.ts';

/** Bytes that are asked for, the last one included. */
export interface ByteRange {
  start: number;
  end: number;
}

export interface StoredContent {
  /** Of the whole content, in bytes. */
  size: number;
  content: Readable;
}

/** Where files are kept. Keys are ours: a kind and a name, such as `evidence/4fK…`. */
export interface Storage {
  /** Kept whole once this resolves; when it rejects, nothing is. Content that was there is replaced. */
  put(key: string, content: AsyncIterable<Uint8Array>): Promise<void>;
  /** Undefined when there is nothing of that key. */
  get(key: string, range?: ByteRange): Promise<StoredContent | undefined>;
  /** Nothing of that key is there afterwards, whether it was before or not. */
  delete(key: string): Promise<void>;
  exists(key: string): Promise<boolean>;
}

/** An object storage with the S3 API. */
export interface S3Settings {
  bucket: string;
  /** Null for Amazon's own. */
  endpoint: string | null;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
}

/** The object storage when one is set, else a folder. */
export async function openStorage(folder: string, s3: S3Settings | null): Promise<Storage> {
  if (s3 === null) return await openLocalStorage(folder);
  // Large, and needed by few.
  const { openS3Storage } = await import('./s3.ts');
  return await openS3Storage(s3, folder);
}

/** Throws a RangeError for anything but a key of ours: no key can leave its folder. */
export function checkKey(key: string): string {
  if (!/^[a-z]{1,40}\/[A-Za-z0-9_-]{1,200}$/.test(key)) throw new RangeError('not a key of the storage');
  return key;
}
