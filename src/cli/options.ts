import { parseArgs } from 'node:util';
import { Misuse } from './exit-code.ts';
import { suggest } from './suggest.ts';

export interface OptionSpec {
  type: 'boolean' | 'string';
  /** May be given more than once. */
  multiple?: boolean;
  short?: string;
  /** What stands for the value in the help, such as `file`. */
  value?: string;
  say: string;
  choices?: readonly string[];
}

export type OptionSpecs = Record<string, OptionSpec>;

export type OptionValues<S extends OptionSpecs> = {
  [K in keyof S]: S[K] extends { type: 'boolean' }
    ? boolean
    : S[K] extends { multiple: true }
      ? string[]
      : string | undefined;
};

export interface Parsed<S extends OptionSpecs> {
  values: OptionValues<S>;
  positionals: string[];
}

/** Read a command's arguments. Throws Misuse, with a suggestion where one is near. */
export function parseOptions<S extends OptionSpecs>(args: readonly string[], specs: S): Parsed<S> {
  const { tokens } = parseArgs({
    args: [...args],
    options: Object.fromEntries(
      Object.entries(specs).map(([name, { type, short }]) => [name, short === undefined ? { type } : { type, short }]),
    ),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const values: Record<string, boolean | string | string[] | undefined> = {};
  for (const [name, { type, multiple }] of Object.entries(specs))
    values[name] = type === 'boolean' ? false : multiple ? [] : undefined;
  const positionals: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value);
    if (token.kind !== 'option') continue;
    const spec = Object.hasOwn(specs, token.name) ? specs[token.name] : undefined;
    if (spec === undefined) throw unknownOption(token.rawName, specs);
    values[token.name] = readValue(token, spec, values[token.name]);
  }
  return { values: values as OptionValues<S>, positionals };
}

function readValue(
  {
    name,
    rawName,
    value,
    inlineValue,
  }: { name: string; rawName: string; value?: string | undefined; inlineValue?: boolean | undefined },
  spec: OptionSpec,
  before: boolean | string | string[] | undefined,
): boolean | string | string[] {
  if (spec.type === 'boolean') {
    if (inlineValue) throw new Misuse(`${rawName} takes no value.`, `Write --${name} alone.`);
    return true;
  }
  if (value === undefined || value === '')
    throw new Misuse(`${rawName} needs a value.`, `Write it as --${name} <${spec.value ?? 'value'}>.`);
  // `--out --json` is a forgotten value far more often than a file called "--json".
  if (!inlineValue && value.startsWith('--'))
    throw new Misuse(
      `${rawName} needs a value, but "${value}" follows.`,
      `If that is the value, write --${name}=${value}.`,
    );
  if (spec.choices !== undefined && !spec.choices.includes(value)) {
    const near = suggest(value, spec.choices);
    throw new Misuse(
      `--${name} does not know "${value}".${near === undefined ? '' : ` Did you mean "${near}"?`}`,
      `It takes one of: ${spec.choices.join(', ')}.`,
    );
  }
  if (spec.multiple) return [...(before as string[]), value];
  if (before !== undefined) throw new Misuse(`--${name} is given twice.`, 'Give it once.');
  return value;
}

function unknownOption(rawName: string, specs: OptionSpecs): Misuse {
  const near = suggest(rawName.replace(/^-+/, ''), Object.keys(specs));
  return new Misuse(
    `There is no option ${rawName} here.${near === undefined ? '' : ` Did you mean --${near}?`}`,
    'Add --help to see the options.',
  );
}
