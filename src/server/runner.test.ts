import { describe, expect, it } from 'vitest';
import { workOnChunk } from './runner.ts';

/** Rows of which some break the work. */
function job(rows: number[], broken: readonly number[], size = 4) {
  const done: number[] = [];
  const failed: number[] = [];
  const take = async (wanted: number) => {
    const chunk = rows.slice(0, wanted);
    if (chunk.some((row) => broken.includes(row))) throw new Error('a fault of the code');
    done.push(...rows.splice(0, wanted));
    return chunk.length;
  };
  const failNext = async () => void failed.push(...rows.splice(0, 1));
  return { done, failed, work: { size, take, failNext } };
}

describe('workOnChunk', () => {
  it('takes a chunk as a whole, and where a row breaks it, marks that row and no other', async () => {
    const { done, failed, work } = job([1, 2, 3, 4, 5, 6], [3]);
    const heard: unknown[] = [];
    const step = () => workOnChunk(work, () => false, heard.push.bind(heard));
    expect([await step(), await step(), await step()]).toEqual([4, 2, 0]);
    expect([done, failed, heard.length]).toEqual([[1, 2, 4, 5, 6], [3], 2]);
  });

  it('ends between rows when the process closes', async () => {
    const { done, failed, work } = job([1, 2, 3], [1, 2, 3]);
    let looks = 0;
    expect(
      await workOnChunk(
        work,
        () => looks++ > 0,
        () => undefined,
      ),
    ).toBe(1);
    expect([done, failed]).toEqual([[], [1]]);
  });
});
