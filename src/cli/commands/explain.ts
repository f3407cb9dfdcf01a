import { translateAssessment } from '../../core/translate.ts';
import { assessInputs, exitOfVerdict, inputOptions, needInputs, packOption, printJson } from '../assess-inputs.ts';
import { defineCommand } from '../command.ts';
import { type ExitCode, worstExitCode } from '../exit-code.ts';
import { printExplanation } from '../print/explanation.ts';
import { Terminal } from '../print/terminal.ts';

export const explain = defineCommand({
  name: 'explain',
  summary: 'What does it say: the hallmark and the levels, for a person.',
  usage: ['explain [options] <file|URL|-> …'],
  about: [
    'The answer, the hallmark, what the learner reached on the issuer’s own scale and where its pass mark is, what kind of achievement it is, and what it shows and does not state.',
  ],
  options: { ...inputOptions, ...packOption, json: { type: 'boolean', say: 'Print the report as JSON.' } },
  examples: [
    { line: 'explain badge.png', say: 'An image with a credential in it' },
    {
      line: 'explain --trust registry.json https://example.edu/badges/7.json',
      say: 'With a list of issuers that you trust',
    },
  ],
  exits: '0 verified, 1 not verified, 2 cannot tell, 3 misuse. Several inputs: the worst, failed before cannot tell.',
  async run({ values, positionals }, io) {
    needInputs(positionals);
    const terminal = new Terminal(io.stdout, io.env, io.speech);
    const reports: unknown[] = [];
    const exits: ExitCode[] = [];
    for await (const { name, assessment, exit } of assessInputs(positionals, values, io)) {
      exits.push(assessment === null ? exit : exitOfVerdict[assessment.verification.verdict]);
      reports.push(assessment);
      if (values.json || assessment === null) continue;
      if (positionals.length > 1) {
        if (reports.length > 1) terminal.line();
        terminal.text(name, '', '', 'bold');
      }
      printExplanation(translateAssessment(assessment, terminal.speech), terminal);
    }
    if (values.json) printJson(reports, positionals, io);
    return worstExitCode(exits);
  },
});
