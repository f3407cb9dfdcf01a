import type { EvidenceFiles } from '../../core/issue/evidence.ts';
import type { GateOutcome } from '../../core/issue/gate.ts';
import type { Learner } from '../../core/issue/learner.ts';
import type { StatusPlace } from '../status-list/allocate.ts';
import {
  type Dates,
  judgesOf,
  type Made,
  makeCredential,
  type PlainSeries,
  type SigningSeries,
  type Tried,
  tryCredential,
} from './sign.ts';

/** What all credentials of a task have in common. */
interface Common {
  series: PlainSeries;
  dates: Dates;
  now: Date;
  files: EvidenceFiles;
}

/** Credentials of a series to sign. */
export interface SignTask extends Common {
  toSign: { place: StatusPlace; learner: Learner; judged: GateOutcome | null | undefined }[];
}

/** Learners of whom it is asked what would come of their credentials. */
export interface TryTask extends Common {
  toTry: Learner[];
}

/** A few milliseconds of work. */
const doneAtOnce = 8;

/** What comes of each task, in the order of its learners. */
export default async function workOnAll(tasks: (SignTask | TryTask)[]): Promise<(Made[] | Tried[])[]> {
  const results: (Made[] | Tried[])[] = [];
  for (const task of tasks) {
    const series = { ...task.series, ...judgesOf(task.series.policy) };
    results.push('toSign' in task ? await signAll(series, task) : await tryAll(series, task));
  }
  return results;
}

function signAll(series: SigningSeries, { dates, now, files, toSign }: SignTask): Promise<Made[]> {
  return inTurn(toSign, ({ place, learner, judged }) =>
    makeCredential(series, place, learner, dates, now, judged, files),
  );
}

function tryAll(series: SigningSeries, { dates, now, files, toTry }: TryTask): Promise<Tried[]> {
  return inTurn(toTry, (learner) => tryCredential(series, learner, dates, now, files));
}

async function inTurn<Item, Result>(items: Item[], work: (item: Item) => Promise<Result>): Promise<Result[]> {
  const results: Result[] = [];
  for (const item of items) {
    results.push(await work(item));
    // Where there is no other thread, whoever asks for something meanwhile is answered between.
    if (results.length % doneAtOnce === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  return results;
}
