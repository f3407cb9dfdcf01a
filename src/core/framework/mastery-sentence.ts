import { english } from '../catalogue/en/index.ts';
import { fillIn } from '../catalogue/fill-in.ts';
import type { Words } from '../catalogue/words.ts';
import type { FrameworkReport, MasteryStatement } from './report.ts';

type Unsaid = Omit<MasteryStatement, 'sentence'>;

/** One mastery statement in words (framework.md §6). A status that prevails is always said. */
export function renderMastery(statement: Unsaid, words: Words = english): string {
  const { language, masterySentences } = words;
  const fill = (text: string, params: Record<string, string | number>) => fillIn(text, params, language);
  const scale = statement.scale?.name || masterySentences['unnamed-scale'];
  const achieved = statement.achieved ?? masterySentences['no-value'];
  if (statement.verdict === 'completed') return fill(masterySentences.completed, { scale });
  if (statement.verdict === 'not-completed') {
    const status = statusOf(statement, words);
    const isStatusItself = statement.achieved === undefined || statement.basis === 'status';
    return isStatusItself
      ? fill(masterySentences['not-completed-no-value'], { scale, status })
      : fill(masterySentences['not-completed'], { scale, status, achieved });
  }
  const verdict = fill(masterySentences[statement.verdict], {
    required: statement.required ?? '',
    problem: problemWords(statement, words),
  });
  const reading = statement.verdict === 'cannot-tell' ? achieved : readingOf(statement, achieved, words);
  return fill(masterySentences.statement, { scale, reading, verdict });
}

function readingOf({ position }: Unsaid, achieved: string, { language, masterySentences }: Words): string {
  if (position === undefined) return achieved;
  if ('rank' in position)
    return fillIn(masterySentences.rank, { achieved, rank: position.rank, of: position.of }, language);
  const percent = Math.round(position.fraction * 1000) / 10;
  return fillIn(masterySentences.fraction, { achieved, percent }, language);
}

function statusOf({ problems }: Unsaid, { statusWords, masteryProblemWords }: Words): string {
  const stated = problems.find(
    (problem) => problem.startsWith('status-') && !Object.hasOwn(masteryProblemWords, problem),
  );
  const status = stated?.slice('status-'.length) ?? '';
  return statusWords[status] ?? status;
}

/** The last problem is the one that stopped the reading; those before it are remarks. */
function problemWords({ problems }: Unsaid, { masteryProblemWords }: Words): string {
  const known = problems.filter((problem): problem is keyof typeof masteryProblemWords =>
    Object.hasOwn(masteryProblemWords, problem),
  );
  const last = known.at(-1);
  return last === undefined ? '' : masteryProblemWords[last];
}

/** The sentence of a mastery summary, framework.md §6. */
export function renderMasterySummary(
  summary: NonNullable<FrameworkReport['mastery']['summary']>,
  { masterySentences }: Words = english,
): string {
  return masterySentences[summary];
}
