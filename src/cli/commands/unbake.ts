import { renderFinding } from '../../core/catalogue/render.ts';
import { openInput } from '../../core/open-input.ts';
import { say } from '../assess-inputs.ts';
import { defineCommand } from '../command.ts';
import { exitCode, Misuse } from '../exit-code.ts';
import { drivesTerminal } from '../print/safe-text.ts';
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
    const opened = await openInput(await readBytes(name, io));
    if (!opened.ok) {
      const words = renderFinding(opened.finding);
      say(io, `${name}: ${words.say}`, words.todo);
      return exitCode.failed;
    }
    const { text, form, baked } = opened.input;
    if (form !== 'png' && form !== 'svg' && baked === undefined)
      throw new Misuse(`${name} is no picture.`, 'It can be read as it is.');
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
