import { renderFinding } from '../../core/catalogue/render.ts';
import type { Finding, Outcome } from '../../core/finding.ts';
import { type StepId, stampOfStep, type VerificationReport } from '../../core/verify/report.ts';
import type { Terminal } from './terminal.ts';
import { outcomeGlyphs } from './words.ts';

const order: readonly Outcome[] = ['failed', 'cannot-tell', 'passed', 'inapplicable'];
const shownAtMost = 20;

/** What the steps saw: failed first, then cannot tell, then passed; each finding with where it is and what to do. */
export function printSteps(report: VerificationReport, terminal: Terminal, every: boolean, indent = '  '): void {
  const { stepNames, outcomeWords } = terminal.speech.words;
  const steps = (Object.keys(stampOfStep) as StepId[])
    .map((id) => ({ id, ...report.steps[id] }))
    .sort((a, b) => order.indexOf(a.outcome) - order.indexOf(b.outcome));
  for (const { id, outcome, findings } of steps) {
    const shown = every
      ? findings
      : findings.filter(({ severity }) => outcome !== 'passed' || severity !== 'information');
    if (!every && shown.length === 0 && (outcome === 'passed' || outcome === 'inapplicable')) continue;
    const words = `${outcomeGlyphs[outcome]} ${stepNames[id]}: ${outcomeWords[outcome].toLowerCase()}`;
    terminal.text(words, indent, `${indent}  `, outcome);
    printFindings(shown, terminal, `${indent}  `, report.pointer);
  }
}

/** Findings in words, equal ones once. `base` is where the document stands in the outermost one. */
export function printFindings(findings: readonly Finding[], terminal: Terminal, indent = '  ', base = ''): void {
  const distinct = new Map(
    findings.map((finding) => [JSON.stringify([finding.code, finding.pointer, finding.params]), finding]),
  );
  for (const finding of [...distinct.values()].slice(0, shownAtMost)) {
    const { say, todo } = renderFinding(finding, terminal.speech.words);
    terminal.text(say, indent);
    if (finding.pointer)
      terminal.text(terminal.say('at', { pointer: `${base}${finding.pointer}` }), `${indent}  `, undefined, 'faint');
    if (todo !== undefined) terminal.text(todo, `${indent}→ `, `${indent}  `);
  }
  if (distinct.size > shownAtMost)
    terminal.text(terminal.say('andMore', { count: distinct.size - shownAtMost }), indent);
}
