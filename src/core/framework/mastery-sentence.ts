import { masteryProblemWords, masterySentences, statusWords } from '../catalogue/en/mastery.ts';
import { fillIn } from '../catalogue/render.ts';
import type { FrameworkReport, MasteryStatement } from './report.ts';

/** One mastery statement in words (framework.md §6). A status that prevails is always said. */
export function renderMastery(statement: Omit<MasteryStatement, 'sentence'>): string {
  const scale = statement.scale?.name || masterySentences['unnamed-scale'];
  const achieved = statement.achieved ?? masterySentences['no-value'];
  if (statement.verdict === 'completed') return fillIn(masterySentences.completed, { scale });
  if (statement.verdict === 'not-completed') {
    const status = statusOf(statement);
    const isStatusItself = statement.achieved === undefined || statement.basis === 'status';
    return isStatusItself
      ? fillIn(masterySentences['not-completed-no-value'], { scale, status })
      : fillIn(masterySentences['not-completed'], { scale, status, achieved });
  }
  const verdict = fillIn(masterySentences[statement.verdict], {
    required: statement.required ?? '',
    problem: problemWords(statement),
  });
  const reading = statement.verdict === 'cannot-tell' ? achieved : readingOf(statement, achieved);
  return fillIn(masterySentences.statement, { scale, reading, verdict });
}

function readingOf({ position }: Omit<MasteryStatement, 'sentence'>, achieved: string): string {
  if (position === undefined) return achieved;
  if ('rank' in position) return fillIn(masterySentences.rank, { achieved, rank: position.rank, of: position.of });
  return fillIn(masterySentences.fraction, { achieved, percent: Math.round(position.fraction * 1000) / 10 });
}

function statusOf({ problems }: Omit<MasteryStatement, 'sentence'>): string {
  const stated = problems.find(
    (problem) => problem.startsWith('status-') && !Object.hasOwn(masteryProblemWords, problem),
  );
  const status = stated?.slice('status-'.length) ?? '';
  return statusWords[status] ?? status;
}

/** The last problem is the one that stopped the reading; those before it are remarks. */
function problemWords({ problems }: Omit<MasteryStatement, 'sentence'>): string {
  const known = problems.filter((problem): problem is keyof typeof masteryProblemWords =>
    Object.hasOwn(masteryProblemWords, problem),
  );
  const last = known.at(-1);
  return last === undefined ? '' : masteryProblemWords[last];
}

/** The sentence of a mastery summary, framework.md §6. */
export function renderMasterySummary(summary: NonNullable<FrameworkReport['mastery']['summary']>): string {
  return masterySentences[summary];
}
