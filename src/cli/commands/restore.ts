import { defineCommand } from '../command.ts';
import { type ExitCode, exitCode, Misuse } from '../exit-code.ts';
import { Terminal } from '../print/terminal.ts';
import { refuseInWords } from '../server-command.ts';
import { ledgerFault } from './audit.ts';

export const restore = defineCommand({
  name: 'restore',
  summary: 'Bring a backup back, whole or not at all, into an empty database.',
  usage: ['restore <file> [options]'],
  about: [
    'Into the folder of --data, or into the PostgreSQL of DATABASE_URL; either takes backups of both. Digests of all credentials and every chain of the audit log are checked before anything counts; then each ledger is held against its log.',
    'What happened after the backup is gone: credentials issued since then are not listed, and revocations, erasures, new signing keys and taken-back API keys of that time must be done again. Rosters that ran come back paused: look which of their rows were issued before you resume them, since a second credential would be issued for those. Corrections under way wait to be started again, and letters that waited come back as failed. No place in a status list is given out again: each issuer begins a new list.',
  ],
  options: {
    data: {
      type: 'string',
      value: 'folder',
      say: 'An empty folder, or one with the master key. Default: ASSAY_DATA, else ./data.',
    },
  },
  examples: [{ line: 'restore assay-2026-11-25.backup --data ./restored', say: 'Into the embedded database' }],
  exits: '0 restored, 1 restored, but a ledger disagrees with its log, 3 misuse.',
  async run({ values, positionals: [path, extra] }, io): Promise<ExitCode> {
    if (path === undefined || extra !== undefined) throw new Misuse('Give one backup to restore.');
    const { readConfig } = await import('../../server/config.ts');
    const restored = await refuseInWords(async () => {
      const { restore: bringBack } = await import('../../server/operation/restore.ts');
      return await bringBack(readConfig(io.env, { data: values.data }), path, new Date());
    });
    const out = new Terminal(io.stdout, io.env);
    out.text(`Restored ${restored.rows} rows and ${restored.files} files of ${restored.at}.`);
    const disagreeing = restored.records.filter(({ ledger }) => ledger !== null);
    if (disagreeing.length === 0)
      out.text(`Checked ${restored.records.length} audit logs, and each ledger against its log: all are whole.`);
    for (const { name, ledger } of disagreeing)
      out.text(`The audit log of ${name} is whole, but not its ledger: ${ledger && ledgerFault(ledger)}.`);
    out.text(
      'What was revoked, withdrawn or erased after that moment is back. See docs/operating.md, Backup, for what to do before others may use it.',
    );
    for (const { issuer, id, name } of restored.rosters)
      out.text(
        `The roster ${name} (${id}) of ${issuer} is paused: see which rows were issued after the backup, then resume it.`,
      );
    for (const { issuer, id, kind } of restored.corrections)
      out.text(
        `The correction ${id} (${kind}) of ${issuer} waits: see what of it was done after the backup, then start it.`,
      );
    if (restored.letters > 0)
      out.text(`${restored.letters} letters that waited are marked as failed: they may have been sent.`);
    if (!restored.masterKeyFits)
      out.text(
        'The master key is no part of a backup: put the one that belongs to it in place before you start the service.',
      );
    return disagreeing.length === 0 ? exitCode.done : exitCode.failed;
  },
});
