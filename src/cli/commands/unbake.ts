import { unbakeCredential } from '../../core/baking/bake.ts';
import { renderFinding } from '../../core/catalogue/render.ts';
import { say } from '../assess-inputs.ts';
import { defineCommand } from '../command.ts';
import { exitCode, Misuse } from '../exit-code.ts';
import { printFindings } from '../print/findings.ts';
import { drivesTerminal } from '../print/safe-text.ts';
import { Terminal } from '../print/terminal.ts';
import { readBytes } from '../read-files.ts';
import { writeWhole } from '../write-file.ts';

export const unbake = defineCommand({
  name: 'unbake',
  summary: 'Take the credential out of a picture.',
  usage: ['unbake <file|-> [--out <file>]'],
  about: [
    'Gives back the JSON or JWT in a baked PNG or SVG as it stands there, also of Open Badges 2.0. It does not verify it.',
  ],
  options: {
    out: { type: 'string', short: 'o', value: 'file', say: 'Where it goes. Default: standard output.' },
    force: { type: 'boolean', say: 'Replace the file if it exists.' },
  },
  examples: [
    { line: 'unbake badge.png', say: 'To the screen' },
    { line: 'unbake badge.svg --out credential.json', say: 'Into a file' },
  ],
  exits: '0 done, 1 there is no credential in it, 3 misuse.',
  async run({ values, positionals: [name, ...more] }, io) {
    if (name === undefined || more.length > 0)
      throw new Misuse('One picture is needed.', 'Write `assay unbake <file>`.');
    const unbaked = await unbakeCredential(await readBytes(name, io));
    if (!unbaked.ok) {
      const words = renderFinding(unbaked.finding, io.speech?.words);
      say(io, `${name}: ${words.say}`, words.todo);
      return exitCode.failed;
    }
    printFindings(unbaked.findings, new Terminal(io.stderr, io.env, io.speech), '');
    const { text } = unbaked;
    if (values.out !== undefined) await writeWhole(values.out, text, { replace: values.force });
    else if (io.stdout.isTTY && drivesTerminal(text))
      throw new Misuse(
        'The text holds characters that could drive your terminal.',
        'Add --out <file> and look at it with care.',
      );
    else io.stdout.write(io.stdout.isTTY && !text.endsWith('\n') ? `${text}\n` : text);
    return exitCode.done;
  },
});
