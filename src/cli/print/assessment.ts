import { buildAnswer, renderAnswer } from '../../core/answer.ts';
import type { Assessment } from '../../core/assess.ts';
import type { Outcome } from '../../core/finding.ts';
import type { Verdict } from '../../core/verify/report.ts';
import { printSteps } from './findings.ts';
import { printHallmark } from './hallmark.ts';
import type { Terminal } from './terminal.ts';
import { outcomeGlyphs } from './words.ts';

const outcomeOfVerdict: Record<Verdict, Outcome> = {
  verified: 'passed',
  'not-verified': 'failed',
  'cannot-tell': 'cannot-tell',
};

/** The answer in one sentence first, and the sentences under it. */
export function printAnswer({ verification, hallmark }: Assessment, terminal: Terminal, indent = ''): void {
  const answer = buildAnswer(verification, hallmark);
  const outcome = outcomeOfVerdict[answer.verdict];
  const { words } = terminal.speech;
  const glyph = terminal.paint(outcome, outcomeGlyphs[outcome]);
  terminal.text(renderAnswer(answer.sentence, words), `${indent}${glyph} `, `${indent}  `, 'bold');
  for (const detail of answer.details) terminal.text(renderAnswer(detail, words), `${indent}  `);
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
      `${indent}  ${terminal.paint('bold', terminal.say('insideRecord', { index: index + 1, count: assessment.credentials.length }))}`,
    );
    printVerification(inner, terminal, every, `${indent}    `);
  });
}

/** A line for each of many inputs would hide nothing: counts per verdict, and the order of the inputs stays. */
export function printSummary(verdicts: readonly (Verdict | null)[], terminal: Terminal): void {
  const having = (verdict: Verdict | null) => verdicts.filter((entry) => entry === verdict).length;
  const parts = [
    [having('verified'), 'verified'],
    [having('not-verified'), 'notVerified'],
    [having('cannot-tell'), 'cannotTell'],
    [having(null), 'notRead'],
  ] as const;
  const said = parts.filter(([number]) => number > 0).map(([n, name]) => terminal.say(name, { n }));
  terminal.line();
  terminal.line(terminal.say('summary', { count: verdicts.length, parts: said.join(', ') }));
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
    const who = report.issuer.verifiedAs?.value ?? terminal.say('somebodyNotProven');
    terminal.text(
      sound
        ? terminal.say('endorsedBy', { who })
        : outcome === 'failed'
          ? terminal.say('endorsementNotValid')
          : terminal.say('endorsementNotChecked'),
      `${indent}  ${terminal.paint(outcome, outcomeGlyphs[outcome])} `,
      `${indent}    `,
    );
    terminal.text(terminal.say('at', { pointer }), `${indent}    `, undefined, 'faint');
  }
}
