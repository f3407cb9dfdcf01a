import { defineCommand } from '../command.ts';
import { type ExitCode, exitCode, Misuse } from '../exit-code.ts';
import { Terminal } from '../print/terminal.ts';
import { refuseExtra, refuseInWords } from '../server-command.ts';

export const backup = defineCommand({
  name: 'backup',
  summary: 'Write a backup of everything that the service keeps, while it works.',
  usage: ['backup --out <file> [options]'],
  about: [
    'The backup is of one moment. With the embedded database it is taken by way of the running server, for which requests wait while the database’s files are copied; without a server the folder is opened itself. A backup of either database can be restored into either.',
    'It holds every table, and files of evidence unless they are in S3. It does not hold the master key, without which nobody can sign with the issuers’ keys or read personal data: keep that apart. Nor does it hold who is signed in, and letters in the outbox folder.',
  ],
  options: {
    out: { type: 'string', short: 'o', value: 'file', say: 'Where to write it, readable by you alone.' },
    data: { type: 'string', value: 'folder', say: 'Default: ASSAY_DATA, else ./data.' },
  },
  examples: [{ line: 'backup --out assay-2026-11-25.backup', say: 'Of the folder ./data, or of DATABASE_URL' }],
  exits: '0 written, 3 misuse.',
  async run({ values, positionals }, io): Promise<ExitCode> {
    refuseExtra(positionals);
    const { out: path } = values;
    if (path === undefined) throw new Misuse('There is no file to write to.', 'Give one with --out <file>.');
    const { readConfig } = await import('../../server/config.ts');
    const made = await refuseInWords(async () => {
      const { backUp } = await import('../../server/operation/backup.ts');
      return await backUp(readConfig(io.env, { data: values.data }), path, new Date());
    });
    new Terminal(io.stdout, io.env).text(
      `${path} holds ${made.rows} rows and ${made.files} files, and no master key: keep that apart.`,
    );
    return exitCode.done;
  },
});
