import { defineCommand } from '../command.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';
import { Terminal } from '../print/terminal.ts';
import { refuseExtra, refuseInWords, runUntilStopped, warnOfUnknownSettings } from '../server-command.ts';

export const worker = defineCommand({
  name: 'worker',
  summary: 'Work on rosters and letters beside `serve`, without listening; on PostgreSQL.',
  usage: ['worker [options]'],
  about: [
    'Any number of workers and servers work on one PostgreSQL. Give each an ASSAY_DATA folder of its own, and all the same DATABASE_URL, ASSAY_MASTER_KEY and PUBLIC_URL. A worker that is killed leaves its rows to the others.',
  ],
  options: {
    data: { type: 'string', value: 'folder', say: 'Default: ASSAY_DATA, else ./data.' },
    'public-url': { type: 'string', value: 'URL', say: 'The address that credentials carry. Default: PUBLIC_URL.' },
  },
  examples: [{ line: 'worker --data ./worker-1', say: 'Beside `assay serve`, with the same environment' }],
  exits: '0 stopped, 3 misuse.',
  async run({ values, positionals }, io): Promise<ExitCode> {
    refuseExtra(positionals);
    const { readConfig } = await import('../../server/config.ts');
    const { data, 'public-url': publicUrl } = values;
    const started = await refuseInWords(async () => {
      const config = readConfig(io.env, { data, 'public-url': publicUrl });
      const { startWorker } = await import('../../server/worker.ts');
      return await startWorker(config);
    });
    await warnOfUnknownSettings(io);
    new Terminal(io.stdout, io.env).line('Assay works.');
    await runUntilStopped(started);
    return exitCode.done;
  },
});
