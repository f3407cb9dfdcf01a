import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { type Outcome, WorkerPool } from './worker-pool.ts';

interface Task {
  value: number;
  do?: 'throw' | 'exit' | 'exit-once' | 'crash' | 'sleep' | 'meet';
}

const folder = mkdtempSync(join(tmpdir(), 'assay-pool-'));
const module = pathToFileURL(join(folder, 'worker.mjs'));
writeFileSync(
  module,
  `
import { existsSync, writeFileSync } from 'node:fs';
import { threadId, workerData } from 'node:worker_threads';
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
// Waits until three threads are at work, however long one of them takes to start.
let met = false;
async function meet() {
  if (!met) Atomics.add(workerData.here, 0, 1);
  met = true;
  while (Atomics.load(workerData.here, 0) < 3) await sleep(1);
}
async function one(task) {
  if (task.do === 'throw') throw new Error('a fault of the code');
  if (task.do === 'exit') process.exit(3);
  if (task.do === 'exit-once' && !existsSync(workerData.mark)) { writeFileSync(workerData.mark, ''); process.exit(3); }
  if (task.do === 'crash') { setImmediate(() => { throw new Error('out of nowhere'); }); await sleep(60_000); }
  if (task.do === 'sleep') await sleep(60_000);
  if (task.do === 'meet') await meet();
  await sleep(Math.random() * 4);
  return { value: task.value * workerData.factor, thread: threadId };
}
export default async (tasks) => { const results = []; for (const task of tasks) results.push(await one(task)); return results; };
`,
);
const data = { factor: 10, mark: join(folder, 'mark'), here: new Int32Array(new SharedArrayBuffer(4)) };
let pool: WorkerPool<Task, { value: number; thread: number }>;
const start = (workers: number, batch = 4) => {
  pool = new WorkerPool({ module, data, workers, batch });
  return pool;
};
afterEach(() => pool.close());
afterAll(() => rmSync(folder, { recursive: true }));

const tasks = (count: number, special: Record<number, Task['do']> = {}): Task[] =>
  Array.from({ length: count }, (_, value) => ({ value, ...(special[value] ? { do: special[value] } : {}) }));

async function all(items: AsyncIterable<Task> | Iterable<Task>, options: { signal?: AbortSignal } = {}) {
  const seen: { item: Task; outcome: Outcome<{ value: number; thread: number }> }[] = [];
  for await (const one of pool.map(items, (item) => item, options)) seen.push(one);
  return seen;
}
const told = (outcome: Outcome<{ value: number }>) => (outcome.lost ? 'lost' : outcome.result.value);

describe('a pool of workers', () => {
  it('gives results in the order of the items, from all its threads', async () => {
    start(3);
    const seen = await all(tasks(100).map((task) => ({ ...task, do: 'meet' })));
    expect(seen.map(({ outcome }) => told(outcome))).toEqual(tasks(100).map(({ value }) => value * 10));
    expect(seen.map(({ item }) => item.value)).toEqual(tasks(100).map(({ value }) => value));
    expect(new Set(seen.map(({ outcome }) => !outcome.lost && outcome.result.thread)).size).toBe(3);
  });

  it.each(['throw', 'exit', 'crash'] as const)(
    'loses the item on which its worker ends (%s), and no other',
    async (how) => {
      start(2);
      const seen = await all(tasks(40, { 5: how, 22: how }));
      expect(seen.map(({ outcome }) => told(outcome))).toEqual(
        tasks(40).map(({ value }) => (value === 5 || value === 22 ? 'lost' : value * 10)),
      );
      expect((await all(tasks(10))).every(({ outcome }) => !outcome.lost)).toBe(true);
    },
    60_000,
  );

  it('loses nothing when a worker ends once', async () => {
    start(2);
    const seen = await all(tasks(30, { 9: 'exit-once' }));
    expect(seen.map(({ outcome }) => told(outcome))).toEqual(tasks(30).map(({ value }) => value * 10));
  });

  it('reads items only as fast as they are worked on', async () => {
    start(2, 4);
    let read = 0;
    async function* source() {
      for (const task of tasks(400)) {
        read += 1;
        yield task;
      }
    }
    let done = 0;
    for await (const _ of pool.map(source(), (item) => item)) {
      done += 1;
      expect(read - done).toBeLessThanOrEqual(2 * 2 * 4);
    }
    expect(done).toBe(400);
  });

  it('stops when it is told to, also in the middle of work', async () => {
    start(2, 1);
    const stop = new AbortController();
    const seen = all(tasks(50, { 7: 'sleep', 8: 'sleep' }), { signal: stop.signal });
    setTimeout(() => stop.abort(new Error('enough')), 300);
    await expect(seen).rejects.toThrow('enough');
  });

  it('stops when nobody listens any more, and works on for others', async () => {
    start(2);
    for await (const { item } of pool.map(tasks(1000), (task) => task)) if (item.value === 10) break;
    expect(await all(tasks(20))).toHaveLength(20);
  });

  it('passes on what breaks the source', async () => {
    start(2);
    function* broken() {
      yield* tasks(10);
      throw new Error('the disk is gone');
    }
    await expect(all(broken())).rejects.toThrow('the disk is gone');
  });
});
