import { languages } from '../core/catalogue/language.ts';
import type { ExitCode } from './exit-code.ts';
import type { Io } from './io.ts';
import { type OptionSpecs, type Parsed, parseOptions } from './options.ts';
import { languageOf, loadSpeech } from './speech.ts';

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

/** What every command takes. */
export const commonOptions = {
  lang: {
    type: 'string',
    value: 'language',
    say: 'Language of what is printed for people; JSON has none. Default: as LC_ALL, LC_MESSAGES or LANG say.',
    choices: languages,
  },
  help: { type: 'boolean', short: 'h', say: 'Show this help.' },
} as const satisfies OptionSpecs;

/** A command from its texts, its options and what it does; options and their values agree by type. */
export function defineCommand<const S extends OptionSpecs>(
  definition: CommandText & { options: S; run(parsed: Parsed<S>, io: Io): Promise<ExitCode> },
): Command {
  const { run, ...text } = definition;
  const options = { ...definition.options, ...commonOptions };
  const parse = (args: readonly string[]) => parseOptions(args, options);
  return {
    ...text,
    options,
    parse,
    run: async (args, io) => {
      const parsed = parse(args);
      const lang: unknown = parsed.values.lang;
      const speech = await loadSpeech(languageOf(typeof lang === 'string' ? lang : undefined, io.env));
      // Not a copy: to look at process.stdin is to open it.
      return await run(parsed as unknown as Parsed<S>, Object.create(io, { speech: { value: speech } }));
    },
  };
}
