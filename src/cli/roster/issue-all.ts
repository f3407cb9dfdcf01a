import { issueRow, type RosterIssue } from '../../node/issue-worker.ts';
import { WorkerPool } from '../../node/worker-pool.ts';
import type { IssueAll } from './issue-roster.ts';

/** One row after the other, in this thread. */
export function issueHere(work: RosterIssue): IssueAll {
  return async function* (items, learnerOf) {
    for await (const item of items) {
      const learner = learnerOf(item);
      yield { item, outcome: { lost: false, result: learner && (await issueRow(work, learner)) } };
    }
  };
}

/** The rows shared among threads, in order all the same. */
export function issueInWorkers(work: RosterIssue, workers: number): IssueAll {
  return async function* (items, learnerOf) {
    const module = new URL('../../node/issue-worker.js', import.meta.url);
    const pool = new WorkerPool<ReturnType<typeof learnerOf>, Awaited<ReturnType<typeof issueRow>> | null>({
      module,
      data: work,
      workers,
    });
    try {
      yield* pool.map(items, learnerOf);
    } finally {
      await pool.close();
    }
  };
}
