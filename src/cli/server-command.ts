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

/** Commands of the server take options alone. */
export function refuseExtra([extra]: readonly string[]): void {
  if (extra !== undefined) throw new Misuse(`"${extra}" belongs to no option.`, 'Add --help to see the options.');
}

/** Longer than requests under way may take, and the work that follows them; in milliseconds. */
const atMost = 40_000;

/** Until somebody asks the process to stop; whoever asks twice, or waits too long, has it end at once. */
export async function runUntilStopped({ close }: { close(): Promise<void> }): Promise<void> {
  const signals = ['SIGINT', 'SIGTERM'] as const;
  await new Promise<void>((resolve) => {
    for (const signal of signals) process.once(signal, () => resolve());
  });
  for (const signal of signals) process.once(signal, () => process.exit(1));
  setTimeout(() => process.exit(1), atMost).unref();
  await close();
}
