import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sha256Hex } from '../digest.ts';
import { openStorage, type Storage } from './storage.ts';
import { startS3, type TestS3 } from './test-s3.ts';

let s3: TestS3;
let folder: string;
beforeAll(async () => {
  s3 = await startS3();
  folder = mkdtempSync(join(tmpdir(), 'assay-storage-'));
});
afterAll(async () => {
  await s3.stop();
  rmSync(folder, { recursive: true, force: true });
});

const key = 'evidence/4fK_-1';
async function* pieces(...all: Uint8Array[]) {
  yield* all;
}

describe.each(['folder', 'S3'])('files in a %s', (name) => {
  let storage: Storage;
  const own = () => join(folder, name);
  beforeAll(async () => {
    storage = await openStorage(own(), name === 'S3' ? s3.settings : null);
  });
  const read = async (range?: { start: number; end: number }) => {
    const found = await storage.get(key, range);
    return found && { size: found.size, digest: sha256Hex(await buffer(found.content)) };
  };

  it('keeps what it is given, byte for byte, and in part', async () => {
    const all = [randomBytes(70_000), randomBytes(1), new Uint8Array(), randomBytes(3_000_000)];
    const whole = Buffer.concat(all);
    expect(await storage.exists(key)).toBe(false);
    await storage.put(key, pieces(...all));
    expect(await storage.exists(key)).toBe(true);
    expect(await read()).toEqual({ size: whole.length, digest: sha256Hex(whole) });
    expect(await read({ start: 69_999, end: 70_002 })).toEqual({
      size: whole.length,
      digest: sha256Hex(whole.subarray(69_999, 70_003)),
    });
    await storage.put(key, pieces(Buffer.from('other')));
    expect(await read()).toEqual({ size: 5, digest: sha256Hex('other') });
    await storage.delete(key);
    expect(await read()).toBeUndefined();
    await storage.delete(key);
  });

  it('keeps nothing of what breaks off', async () => {
    async function* broken() {
      yield randomBytes(100_000);
      throw new Error('gone');
    }
    await expect(storage.put(key, broken())).rejects.toThrow('gone');
    expect(await storage.exists(key)).toBe(false);
    expect(readdirSync(join(own(), 'drafts'))).toEqual([]);
  });

  it.each(['../x', 'evidence/../../x', 'evidence/a/b', '/etc/passwd', 'evidence/', 'evidence/.', 'evidence/a\u0000'])(
    'has no place for %j',
    async (hostile) => {
      await expect(storage.put(hostile, pieces(Buffer.from('x')))).rejects.toThrow(RangeError);
      await expect(storage.get(hostile)).rejects.toThrow(RangeError);
      await expect(storage.delete(hostile)).rejects.toThrow(RangeError);
    },
  );

  it('removes what a killed process left half received', async () => {
    const [old, young] = [join(own(), 'drafts', 'old'), join(own(), 'drafts', 'young')];
    for (const path of [old, young]) writeFileSync(path, 'half');
    utimesSync(old, new Date(0), new Date(0));
    await openStorage(own(), name === 'S3' ? s3.settings : null);
    expect([existsSync(old), existsSync(young)]).toEqual([false, true]);
    rmSync(young);
  });
});
