import type { EvidenceFiles } from '../../core/issue/evidence.ts';
import type { GateOutcome } from '../../core/issue/gate.ts';
import type { Learner } from '../../core/issue/learner.ts';
import type { StatusPlace } from '../status-list/allocate.ts';
import { type Dates, judgesOf, type Made, makeCredential, type PlainSeries } from './sign.ts';

/** The credentials of a series to sign at a time. */
export interface SignTask {
  series: PlainSeries;
  dates: Dates;
  now: Date;
  files: EvidenceFiles;
  learners: { place: StatusPlace; learner: Learner; judged: GateOutcome | null | undefined }[];
}

/** A few milliseconds of work. */
const signedAtOnce = 8;

/** Build, check and sign each, in the order of the learners: in a thread of its own, since it is most of the work of issuing. */
export default async function signAll(tasks: SignTask[]): Promise<Made[][]> {
  const made: Made[][] = [];
  for (const { series, dates, now, files, learners } of tasks) {
    const complete = { ...series, ...judgesOf(series.policy) };
    const signed: Made[] = [];
    for (const { place, learner, judged } of learners) {
      signed.push(await makeCredential(complete, place, learner, dates, now, judged, files));
      // Where there is no other thread, whoever asks for something meanwhile is answered between.
      if (signed.length % signedAtOnce === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    made.push(signed);
  }
  return made;
}
