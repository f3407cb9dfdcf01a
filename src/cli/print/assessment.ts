import { buildAnswer, renderAnswer } from '../../core/answer.ts';
import type { Assessment } from '../../core/assess.ts';
import type { Outcome } from '../../core/finding.ts';
import type { Verdict } from '../../core/verify/report.ts';
import { printSteps } from './findings.ts';
import { printHallmark } from './hallmark.ts';
import type { Terminal } from './terminal.ts';
import { count, formatDate, outcomeGlyphs } from './words.ts';

const outcomeOfVerdict: Record<Verdict, Outcome> = {
  verified: 'passed',
  'not-verified': 'failed',
  'cannot-tell': 'cannot-tell',
};

/** The answer in one sentence first, and the sentences under it. */
export function printAnswer({ verification, hallmark }: Assessment, terminal: Terminal, indent = ''): void {
  const answer = buildAnswer(verification, hallmark);
  const outcome = outcomeOfVerdict[answer.verdict];
  const glyph = terminal.paint(outcome, outcomeGlyphs[outcome]);
  terminal.text(renderAnswer(answer.sentence, formatDate), `${indent}${glyph} `, `${indent}  `, 'bold');
  for (const detail of answer.details) terminal.text(renderAnswer(detail, formatDate), `${indent}  `);
}

/** What `assay verify` shows of one input: answer, hallmark, findings; of a record, also each credential inside. */
export function printVerification(assessment: Assessment, terminal: Terminal, every: boolean, indent = ''): void {
  printAnswer(assessment, terminal, indent);
  terminal.line();
  printHallmark(assessment.hallmark, terminal, `${indent}  `);
  const { verification } = assessment;
  if (every || verification.verdict !== 'verified' || hasNotes(assessment)) {
    terminal.line();
    printSteps(verification, terminal, every, `${indent}  `);
  }
  printEndorsements(assessment, terminal, indent);
  assessment.credentials.forEach((inner, index) => {
    terminal.line();
    terminal.line(
      `${indent}  ${terminal.paint('bold', `Credential ${index + 1} of ${assessment.credentials.length} in the record`)}`,
    );
    printVerification(inner, terminal, every, `${indent}    `);
  });
}

/** A line for each of many inputs would hide nothing: counts per verdict, and the order of the inputs stays. */
export function printSummary(verdicts: readonly (Verdict | null)[], terminal: Terminal): void {
  const having = (verdict: Verdict | null) => verdicts.filter((entry) => entry === verdict).length;
  const parts = [
    [having('verified'), 'verified'],
    [having('not-verified'), 'not verified'],
    [having('cannot-tell'), 'cannot tell'],
    [having(null), 'not read'],
  ] as const;
  terminal.line();
  terminal.line(
    `${count(verdicts.length, 'input')}: ${parts
      .filter(([number]) => number > 0)
      .map(([number, word]) => `${number} ${word}`)
      .join(', ')}.`,
  );
}

function hasNotes({ verification }: Assessment): boolean {
  return Object.values(verification.steps).some(({ findings }) =>
    findings.some(({ severity }) => severity !== 'information'),
  );
}

function printEndorsements({ verification }: Assessment, terminal: Terminal, indent: string): void {
  if (verification.endorsements.length === 0) return;
  terminal.line();
  for (const { pointer, aboutCarrier, report } of verification.endorsements) {
    const sound = report.verdict === 'verified' && aboutCarrier === 'passed';
    const outcome = aboutCarrier === 'failed' ? 'failed' : outcomeOfVerdict[report.verdict];
    const who = report.issuer.verifiedAs?.value ?? 'somebody not proven';
    terminal.text(
      sound
        ? `Endorsed by ${who}.`
        : outcome === 'failed'
          ? 'An endorsement here is not valid; it does not change the answer.'
          : 'An endorsement here could not be checked; it does not change the answer.',
      `${indent}  ${terminal.paint(outcome, outcomeGlyphs[outcome])} `,
      `${indent}    `,
    );
    terminal.text(`at ${pointer}`, `${indent}    `, undefined, 'faint');
  }
}
