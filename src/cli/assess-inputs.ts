import { type Assessment, type AssessOptions, assessCredential } from '../core/assess.ts';
import { renderFinding } from '../core/catalogue/render.ts';
import type { Finding } from '../core/finding.ts';
import type { TrustSource } from '../core/trust/types.ts';
import type { Verdict } from '../core/verify/report.ts';
import { nodeCryptography } from '../node/cryptography.ts';
import { createFetchDoor } from '../node/fetch-door.ts';
import { type ExitCode, exitCode, Misuse } from './exit-code.ts';
import type { Io } from './io.ts';
import { loadPack } from './load-pack.ts';
import type { OptionSpecs, OptionValues } from './options.ts';
import { safeJson } from './print/safe-text.ts';
import { Terminal } from './print/terminal.ts';
import { readBytes } from './read-files.ts';
import { readTrustSource } from './read-trust-source.ts';

export const inputOptions = {
  trust: { type: 'string', multiple: true, short: 't', value: 'file|URL', say: 'A list of issuers that you trust.' },
  at: {
    type: 'string',
    value: 'time',
    say: 'Judge dates as of this time, such as 2026-05-18T00:00:00Z. Default: now.',
  },
  offline: { type: 'boolean', say: 'Fetch nothing; what would have to be fetched is cannot tell.' },
  'allow-loopback': { type: 'boolean', say: 'Also fetch from this machine, over http; for tests.' },
} as const satisfies OptionSpecs;

export const packOption = {
  pack: {
    type: 'string',
    short: 'p',
    value: 'id|file',
    say: 'The framework to check against. Default: trusted-microcredential.',
  },
} as const satisfies OptionSpecs;

export const exitOfVerdict: Record<Verdict, ExitCode> = {
  verified: exitCode.done,
  'not-verified': exitCode.failed,
  'cannot-tell': exitCode.cannotTell,
};

type InputValues = OptionValues<typeof inputOptions> & { pack?: string | undefined };

/** One input and everything that Assay says about it; without an assessment, the finding or the exit code that says why. */
export interface AssessedInput {
  name: string;
  /** What was read; null for a URL. */
  bytes: Uint8Array | null;
  assessment: Assessment | null;
  finding: Finding | null;
  exit: ExitCode;
}

export function needInputs(names: readonly string[]): void {
  if (names.length === 0)
    throw new Misuse('No input is given.', 'Name a file or a URL, or write - for standard input.');
  if (names.filter((name) => name === '-').length > 1)
    throw new Misuse('Standard input (-) can be read only once.', 'Write - once.');
}

/** Assess each input in order. One that cannot be read is said on stderr, and the others go on. */
export async function* assessInputs(
  names: readonly string[],
  values: InputValues,
  io: Io,
): AsyncGenerator<AssessedInput> {
  const options = await readOptions(values, io);
  for (const name of names) {
    const none = { name, bytes: null, assessment: null, finding: null };
    let bytes: Uint8Array | null = null;
    try {
      if (!isUrl(name)) bytes = await readBytes(name, io);
    } catch (error) {
      if (!(error instanceof Misuse)) throw error;
      say(io, error.message, error.todo);
      yield { ...none, exit: exitCode.misuse };
      continue;
    }
    const result = await assessCredential(bytes ?? name, options);
    if (result.ok) {
      yield { ...none, bytes, assessment: result.assessment, exit: exitCode.done };
      continue;
    }
    const { finding } = result;
    const words = renderFinding(finding, io.speech?.words);
    say(io, `${name}: ${words.say}`, words.todo);
    const exit = finding.code === 'input-not-fetched' ? exitCode.cannotTell : exitCode.failed;
    yield { ...none, bytes, finding, exit };
  }
}

/** One input: its report as it is. Several: an array in their order, null where an input could not be read. */
export function printJson(reports: readonly unknown[], names: readonly string[], io: Io): void {
  io.stdout.write(`${safeJson(names.length === 1 ? (reports[0] ?? null) : reports)}\n`);
}

/** What stands in the JSON for one input. */
export function jsonOf({ assessment, finding }: AssessedInput): unknown {
  return assessment ?? (finding === null ? null : { finding });
}

export function say(io: Io, text: string, todo?: string): void {
  const terminal = new Terminal(io.stderr, io.env, io.speech);
  terminal.text(text, 'assay: ', '       ');
  if (todo !== undefined) terminal.text(todo, '       ');
}

async function readOptions(values: InputValues, io: Io): Promise<AssessOptions> {
  const network = values.offline
    ? undefined
    : (io.network ?? createFetchDoor({ allowLoopback: values['allow-loopback'] }));
  const trustSources: TrustSource[] = [];
  for (const name of values.trust) trustSources.push(await readTrustSource(name, network));
  return {
    cryptography: nodeCryptography,
    network,
    now: values.at === undefined ? (io.now?.() ?? new Date()) : readTime(values.at),
    trustSources,
    ...(values.pack === undefined ? {} : { pack: await loadPack(values.pack, io) }),
  };
}

function readTime(text: string): Date {
  const time = new Date(text);
  if (
    !/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?$/.test(text) ||
    Number.isNaN(time.getTime())
  )
    throw new Misuse(`--at does not understand "${text}".`, 'Write it as 2026-05-18 or 2026-05-18T09:00:00Z.');
  return time;
}

export function isUrl(name: string): boolean {
  return /^https?:\/\//i.test(name);
}
