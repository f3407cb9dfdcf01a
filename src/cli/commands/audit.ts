import type { LedgerFault } from '../../server/audit/ledger.ts';
import { defineCommand } from '../command.ts';
import { type ExitCode, exitCode, Misuse } from '../exit-code.ts';
import { Terminal } from '../print/terminal.ts';
import { refuseInWords } from '../server-command.ts';

const ledgerFaults = {
  altered: 'is not as the log says',
  added: 'is not in the log',
  missing: 'is missing in the ledger',
} as const;
const faults = { missing: 'is missing', altered: 'was altered', 'cut-off': 'is where the log was cut off' } as const;

export const audit = defineCommand({
  name: 'audit',
  summary: 'Find what was altered, taken out or put in: in the audit log, and in the ledger of credentials.',
  usage: ['audit verify [options]'],
  about: [
    'Each entry is bound to the one before it, so that the first one which is not as it was written is found; also while the service works. Then every credential in the ledger is held against the log. Whoever can write to the database could write a whole log anew: keep the printed hash of each log elsewhere, and compare.',
  ],
  options: {
    data: { type: 'string', value: 'folder', say: 'Default: ASSAY_DATA, else ./data.' },
    json: { type: 'boolean', say: 'Print what was found as JSON.' },
  },
  examples: [{ line: 'audit verify', say: 'Every log and ledger of the folder ./data, or of DATABASE_URL' }],
  exits: '0 every log and ledger is whole, 1 one is not, 3 misuse.',
  async run({ values, positionals: [what, extra] }, io): Promise<ExitCode> {
    if (what !== 'verify' || extra !== undefined) throw new Misuse('Write "assay audit verify".');
    const { readConfig } = await import('../../server/config.ts');
    const chains = await refuseInWords(async () => {
      const { verifyDatabase } = await import('../../server/operation/verify-database.ts');
      return await verifyDatabase(readConfig(io.env, { data: values.data }));
    });
    if (values.json) io.stdout.write(`${JSON.stringify(chains, null, 2)}\n`);
    else {
      const out = new Terminal(io.stdout, io.env);
      for (const { name, entries, hash, fault, ledger } of chains) {
        out.line(
          fault === null
            ? `${name}: ${entries} entries, whole, up to ${hash}`
            : `${name}: entry ${fault.number} ${faults[fault.fault]}`,
        );
        if (ledger !== null) out.line(`${name}: ${ledgerFault(ledger)}`);
      }
    }
    return chains.every(({ fault, ledger }) => fault === null && ledger === null) ? exitCode.done : exitCode.failed;
  },
});

/** What a ledger says otherwise than the log. */
export function ledgerFault(fault: LedgerFault): string {
  const one =
    fault.credential !== null
      ? `credential ${fault.credential}`
      : `one or more credentials of entry ${'entry' in fault ? fault.entry : ''}`;
  return `${one} ${ledgerFaults[fault.fault]}`;
}
