import { defineCommand } from '../command.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';
import { Terminal } from '../print/terminal.ts';
import { refuseExtra, refuseInWords } from '../server-command.ts';

export const migrate = defineCommand({
  name: 'migrate',
  summary: 'Bring the tables of the database up to date, and say what was done.',
  usage: ['migrate [options]'],
  about: [
    '`assay serve` and `assay worker` do the same at their start; processes that start together wait for each other. Take a backup before: there is no way back to older tables.',
  ],
  options: { data: { type: 'string', value: 'folder', say: 'Default: ASSAY_DATA, else ./data.' } },
  examples: [{ line: 'migrate', say: 'Before new processes are rolled out, with the same DATABASE_URL' }],
  exits: '0 up to date, 3 misuse.',
  async run({ values, positionals }, io): Promise<ExitCode> {
    refuseExtra(positionals);
    const { readConfig } = await import('../../server/config.ts');
    const done = await refuseInWords(async () => {
      const config = readConfig(io.env, { data: values.data });
      const { migrateDatabase } = await import('../../server/operation/migrate-database.ts');
      return await migrateDatabase(config);
    });
    const out = new Terminal(io.stdout, io.env);
    for (const name of done) out.line(`Done: ${name}`);
    if (done.length === 0) out.line('The tables are up to date.');
    return exitCode.done;
  },
});
