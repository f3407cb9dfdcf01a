import { translateAssessment } from '../../core/translate.ts';
import type { Verdict } from '../../core/verify/report.ts';
import { assessInputs, exitOfVerdict, inputOptions, jsonOf, needInputs, printJson } from '../assess-inputs.ts';
import { defineCommand } from '../command.ts';
import { type ExitCode, worstExitCode } from '../exit-code.ts';
import { printSummary, printVerification } from '../print/assessment.ts';
import { Terminal } from '../print/terminal.ts';

export const verify = defineCommand({
  name: 'verify',
  summary: 'Is it real, and is it in force?',
  usage: ['verify [options] <file|URL|-> …'],
  about: [
    'Says in one sentence whether a credential is genuine and in force, shows the five stamps, and what was found where. Only what the credential’s own check needs is fetched: the issuer’s keys, status lists, a newer edition.',
    'A trust source is a JSON file or URL: {"name", "date", "issuers": [{"id": a DID, a domain or a profile address, "name"}]}. It decides the stamp Issuer and never the verdict.',
    'With --json the whole report is printed as it is, for several inputs as an array in their order (null for one that could not be read).',
  ],
  options: {
    ...inputOptions,
    steps: { type: 'boolean', short: 's', say: 'Show every step, also those that passed.' },
    json: { type: 'boolean', say: 'Print the report as JSON.' },
  },
  examples: [
    { line: 'verify diploma.json', say: 'A file' },
    {
      line: 'verify badge.png https://example.edu/badges/7.json',
      say: 'A baked image and an address; the worst decides the exit code',
    },
    {
      line: 'verify --trust registry.json --json badge.svg',
      say: 'For a script, with a list of issuers that you trust',
    },
    { line: 'verify --offline --at 2026-05-18T00:00:00Z - < badge.jwt', say: 'Without network, as of a day' },
  ],
  exits: '0 verified, 1 not verified, 2 cannot tell, 3 misuse. Several inputs: the worst, failed before cannot tell.',
  async run({ values, positionals }, io) {
    needInputs(positionals);
    const terminal = new Terminal(io.stdout, io.env, io.speech);
    const reports: unknown[] = [];
    const verdicts: (Verdict | null)[] = [];
    const exits: ExitCode[] = [];
    for await (const input of assessInputs(positionals, values, io)) {
      verdicts.push(input.assessment?.verification.verdict ?? null);
      exits.push(input.assessment === null ? input.exit : exitOfVerdict[input.assessment.verification.verdict]);
      if (values.json) reports.push(jsonOf(input));
      else if (input.assessment !== null) {
        if (positionals.length > 1) {
          if (verdicts.length > 1) terminal.line();
          terminal.text(input.name, '', '', 'bold');
        }
        printVerification(translateAssessment(input.assessment, terminal.speech), terminal, values.steps);
      }
    }
    if (values.json) printJson(reports, positionals, io);
    else if (positionals.length > 1) printSummary(verdicts, terminal);
    return worstExitCode(exits);
  },
});
