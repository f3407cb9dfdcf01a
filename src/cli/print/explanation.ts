import type { Assessment } from '../../core/assess.ts';
import { isJsonObject, toList } from '../../core/json/json.ts';
import { printAnswer } from './assessment.ts';
import { printForReader, printMastery } from './framework.ts';
import { printHallmark } from './hallmark.ts';
import type { Terminal } from './terminal.ts';

/** Reader's order: the answer, the hallmark, the levels, the class and what is shown; of a record, each credential inside. */
export function printExplanation(assessment: Assessment, terminal: Terminal, indent = ''): void {
  const { verification, framework, hallmark } = assessment;
  printAnswer(assessment, terminal, indent);
  terminal.line();
  printHallmark(hallmark, terminal, `${indent}  `);
  const proven = hallmark.stamps.authentic.outcome === 'passed';
  if (framework !== null && verification.kind !== 'ClrCredential') {
    printCriteria(assessment, terminal, `${indent}  `);
    terminal.line();
    terminal.line(`${indent}  ${terminal.paint('bold', terminal.say(proven ? 'howWell' : 'howWellUnproven'))}`);
    printMastery(framework, terminal, `${indent}  `);
    terminal.line();
    printForReader(framework, terminal, verification.verdict === 'verified', `${indent}  `);
  }
  assessment.credentials.forEach((inner, index) => {
    terminal.line();
    terminal.line(
      `${indent}  ${terminal.paint('bold', terminal.say('insideRecord', { index: index + 1, count: assessment.credentials.length }))}`,
    );
    printExplanation(inner, terminal, `${indent}    `);
  });
}

/** What the learner had to do, in the issuer's words. */
function printCriteria({ verification }: Assessment, terminal: Terminal, indent: string): void {
  const [subject] = toList(verification.credential?.credentialSubject);
  const achievement = isJsonObject(subject) && isJsonObject(subject.achievement) ? subject.achievement : undefined;
  const criteria = isJsonObject(achievement?.criteria) ? achievement.criteria.narrative : undefined;
  if (typeof criteria !== 'string') return;
  terminal.line();
  terminal.line(`${indent}${terminal.paint('bold', terminal.say('whatItTook'))}`);
  for (const paragraph of criteria
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .slice(0, 30))
    terminal.text(paragraph.trim(), indent, /^[-*] /.test(paragraph.trim()) ? `${indent}  ` : indent);
}
