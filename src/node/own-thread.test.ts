import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { OwnThread } from './own-thread.ts';

const folder = mkdtempSync(join(tmpdir(), 'assay-thread-'));
const module = pathToFileURL(join(folder, 'worker.mjs'));
writeFileSync(
  module,
  'export default async ([ms]) => { await new Promise((resolve) => setTimeout(resolve, ms)); return [ms]; };',
);
const here = async () => [];
afterAll(() => rmSync(folder, { recursive: true }));

describe('a thread of its own', () => {
  it('works on one task after the other, and holds nobody to the deadline of another', async () => {
    const thread = new OwnThread<number, number>(module, here, 2000);
    const [hanging, ...healthy] = await Promise.allSettled([60_000, 5, 6, 7, 8].map((task) => thread.run(task)));
    expect(hanging?.status).toBe('rejected');
    expect(healthy.map((one) => (one.status === 'fulfilled' ? one.value : one.reason))).toEqual([5, 6, 7, 8]);
    await thread.close();
  });
});
