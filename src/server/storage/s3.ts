import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { openDrafts, withDraft } from './draft.ts';
import { checkKey, type S3Settings, type Storage } from './storage.ts';

/** Files in a bucket. Each is received on disk first: the S3 API wants to know how long it is, and takes it whole or not. */
export async function openS3Storage(
  { bucket, endpoint, region, accessKeyId, secretAccessKey }: S3Settings,
  folder: string,
): Promise<Storage> {
  const drafts = await openDrafts(folder);
  const client = new S3Client({
    region,
    credentials: { accessKeyId, secretAccessKey },
    // Storages other than Amazon's seldom have a host name for each bucket, and may not know the checksums that the SDK adds.
    ...(endpoint === null ? {} : { endpoint, forcePathStyle: true }),
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
  const at = (key: string) => ({ Bucket: bucket, Key: checkKey(key) });
  return {
    async put(key, content) {
      const place = at(key);
      await withDraft(drafts, content, async ({ path, size }) => {
        await client.send(new PutObjectCommand({ ...place, Body: createReadStream(path), ContentLength: size }));
      });
    },
    async get(key, range) {
      const found = await orNothing(
        client.send(
          new GetObjectCommand({
            ...at(key),
            ...(range === undefined ? {} : { Range: `bytes=${range.start}-${range.end}` }),
          }),
        ),
      );
      if (found?.Body === undefined) return undefined;
      const total = /\/(\d+)$/.exec(found.ContentRange ?? '')?.[1] ?? found.ContentLength;
      return { size: Number(total), content: found.Body as Readable };
    },
    async delete(key) {
      await client.send(new DeleteObjectCommand(at(key)));
    },
    async exists(key) {
      return (await orNothing(client.send(new HeadObjectCommand(at(key))))) !== undefined;
    },
  };
}

async function orNothing<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof S3ServiceException && error.$metadata.httpStatusCode === 404) return undefined;
    throw error;
  }
}
