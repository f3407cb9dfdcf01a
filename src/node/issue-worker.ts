import { workerData } from 'node:worker_threads';
import type { Finding } from '../core/finding.ts';
import type { BuildInput } from '../core/issue/build-from-achievement.ts';
import { buildChecked, type IssueOptions, issueCredential } from '../core/issue/issue-credential.ts';
import type { Learner } from '../core/issue/learner.ts';
import { nodeCryptography } from './cryptography.ts';

/** What is the same for every learner of a roster. */
export interface RosterIssue extends Omit<IssueOptions, 'cryptography' | 'subjectId'> {
  achievement: BuildInput['achievement'];
  issuer: BuildInput['issuer'];
  /** Find the faults, sign nothing. */
  dryRun: boolean;
}

/** What came of one learner. `bytes` are empty in a dry run. */
export type IssuedRow = { ok: true; id: string; bytes: Uint8Array } | { ok: false; findings: Finding[] };

/** Issue to one learner of a roster, here and now. */
export async function issueRow(
  { achievement, issuer, dryRun, ...options }: RosterIssue,
  learner: Learner,
): Promise<IssuedRow> {
  const input = { achievement, issuer, learner };
  const complete = { ...options, cryptography: nodeCryptography };
  if (dryRun) {
    const built = await buildChecked(input, complete);
    return built.ok ? { ok: true, id: String(built.credential.id), bytes: new Uint8Array() } : built;
  }
  const issued = await issueCredential(input, complete);
  return issued.ok ? { ok: true, id: String(issued.credential.id), bytes: issued.bytes } : issued;
}

/** The same in a worker: `workerData` is the RosterIssue; null stands for a row that is not to be issued. */
export default async function issueRows(learners: (Learner | null)[]): Promise<(IssuedRow | null)[]> {
  const rows: (IssuedRow | null)[] = [];
  for (const learner of learners) rows.push(learner && (await issueRow(workerData as RosterIssue, learner)));
  return rows;
}
