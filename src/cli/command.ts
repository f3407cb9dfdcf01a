import type { ExitCode } from './exit-code.ts';
import type { Io } from './io.ts';
import { type OptionSpecs, type Parsed, parseOptions } from './options.ts';

export interface Example {
  /** As typed after `assay `. */
  line: string;
  say: string;
}

interface CommandText {
  name: string;
  /** One line for the list of commands. */
  summary: string;
  /** As typed after `assay `. */
  usage: string[];
  /** Paragraphs under the usage. */
  about: string[];
  examples: Example[];
  /** What the exit codes mean here. */
  exits: string;
}

export interface Command extends CommandText {
  options: OptionSpecs;
  /** Read the arguments without doing anything. Throws Misuse. */
  parse(args: readonly string[]): unknown;
  run(args: readonly string[], io: Io): Promise<ExitCode>;
}

export const helpOption = {
  help: { type: 'boolean', short: 'h', say: 'Show this help.' },
} as const satisfies OptionSpecs;

/** A command from its texts, its options and what it does; options and their values agree by type. */
export function defineCommand<const S extends OptionSpecs>(
  definition: CommandText & { options: S; run(parsed: Parsed<S>, io: Io): Promise<ExitCode> },
): Command {
  const { run, ...text } = definition;
  const options = { ...definition.options, ...helpOption };
  const parse = (args: readonly string[]) => parseOptions(args, options) as unknown as Parsed<S>;
  return { ...text, options, parse, run: async (args, io) => await run(parse(args), io) };
}
