import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import S3rver from 's3rver';
import type { S3Settings } from './storage.ts';

export interface TestS3 {
  settings: S3Settings;
  /** The same for a whole service. */
  environment: Record<string, string>;
  /** What lies in the bucket, by its name in a folder. */
  list(folder: string): string[];
  stop(): Promise<void>;
}

/** A real S3 server with an empty bucket; tests only. */
export async function startS3(): Promise<TestS3> {
  const directory = mkdtempSync(join(tmpdir(), 'assay-s3-'));
  const bucket = 'files';
  const server = new S3rver({
    directory,
    port: 0,
    address: '127.0.0.1',
    silent: true,
    configureBuckets: [{ name: bucket }],
  });
  const { port } = await server.run();
  const settings = {
    endpoint: `http://127.0.0.1:${port}`,
    bucket,
    region: 'us-east-1',
    accessKeyId: 'S3RVER',
    secretAccessKey: 'S3RVER',
  };
  return {
    settings,
    environment: {
      S3_BUCKET: bucket,
      S3_ENDPOINT: settings.endpoint,
      S3_ACCESS_KEY_ID: settings.accessKeyId,
      S3_SECRET_ACCESS_KEY: settings.secretAccessKey,
    },
    list: (folder) =>
      readdirSync(join(directory, bucket, folder))
        .filter((name) => name.endsWith('._S3rver_object'))
        .sort(),
    async stop() {
      await server.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
