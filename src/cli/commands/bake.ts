import { bakeCredential } from '../../core/baking/bake.ts';
import { renderFinding } from '../../core/catalogue/render.ts';
import { parseCredential } from '../../core/credential/parse.ts';
import { openInput } from '../../core/open-input.ts';
import { say } from '../assess-inputs.ts';
import { defineCommand } from '../command.ts';
import { exitCode, Misuse } from '../exit-code.ts';
import { readBytes } from '../read-files.ts';
import { writeWhole } from '../write-file.ts';

export const bake = defineCommand({
  name: 'bake',
  summary: 'Put a signed credential into a picture.',
  usage: ['bake <file|-> --image <file> --out <file>'],
  about: [
    'The picture is a PNG or SVG; all of it but the credential stays as it is, byte for byte. A picture that holds a credential already gets the new one in its place. The credential is not signed or changed by this.',
  ],
  options: {
    image: { type: 'string', value: 'file', say: 'The picture, PNG or SVG.' },
    out: { type: 'string', short: 'o', value: 'file', say: 'The baked picture. Default: standard output.' },
    force: { type: 'boolean', say: 'Replace the file if it exists.' },
  },
  examples: [
    { line: 'bake credential.json --image badge.png --out baked.png', say: 'A PNG; an SVG goes the same way' },
  ],
  exits: '0 done, 1 the picture or the credential cannot be baked, 3 misuse.',
  async run({ values, positionals: [name, ...more] }, io) {
    if (name === undefined || more.length > 0)
      throw new Misuse('One credential is needed.', 'Write `assay bake <file> --image <file>`.');
    if (values.image === undefined) throw new Misuse('--image is missing.', 'Write --image <file>.');
    if (values.out === undefined && io.stdout.isTTY)
      throw new Misuse('A picture cannot be shown in a terminal.', 'Add --out <file>.');
    const opened = await openInput(await readBytes(name, io));
    if (!opened.ok || opened.input.form === 'url')
      throw new Misuse(`There is no credential in ${name}.`, 'Give a signed credential, JSON or JWT.');
    const read = parseCredential(opened.input.json ?? opened.input.text);
    const kind = read.ok ? read.parsed.kind : 'unknown';
    if (kind !== 'OpenBadgeCredential' && kind !== 'ClrCredential')
      throw new Misuse(`${name} is no Open Badges 3.0 or CLR 2.0 credential.`, 'Only those are baked.');
    const baked = bakeCredential(
      await readBytes(values.image, io),
      opened.input.text,
      kind === 'ClrCredential' ? 'clrcredential' : 'openbadgecredential',
    );
    if (!baked.ok) {
      const words = renderFinding(baked.finding, io.speech?.words);
      say(io, `${values.image}: ${words.say}`, words.todo);
      return exitCode.failed;
    }
    if (values.out === undefined) io.stdout.write(baked.bytes);
    else await writeWhole(values.out, baked.bytes, { replace: values.force });
    return exitCode.done;
  },
});
