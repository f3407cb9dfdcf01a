import { Misuse } from './exit-code.ts';
import type { Io } from './io.ts';
import { Terminal } from './print/terminal.ts';
import { suggest } from './suggest.ts';

/** What the server refuses in a sentence is misuse and no fault of ours. */
const refusals = new Set(['StartRefused', 'FolderInUse', 'MasterKeyWrong', 'PublicUrlChanged']);

/** Run what loads the server; a refusal of its own is said as it is, without a stack trace. */
export async function refuseInWords<Result>(run: () => Promise<Result>): Promise<Result> {
  return await run().catch((error: unknown) => {
    throw error instanceof Error && refusals.has(error.name) ? new Misuse(error.message) : error;
  });
}

/** A misspelt variable does nothing, which is found out late: say so at once. */
export async function warnOfUnknownSettings(io: Io): Promise<void> {
  const { findUnknownSettings } = await import('../server/config.ts');
  const { unknown, known } = findUnknownSettings(io.env);
  const terminal = new Terminal(io.stderr, io.env);
  for (const name of unknown) {
    const near = suggest(name, known) ?? known.find((other) => name === `ASSAY_${other}`);
    terminal.text(`${name} is no setting.${near === undefined ? '' : ` Did you mean ${near}?`}`, 'assay: ', '       ');
  }
}
