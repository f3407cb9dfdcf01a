import type { Command } from './command.ts';
import { audit } from './commands/audit.ts';
import { backup } from './commands/backup.ts';
import { bake } from './commands/bake.ts';
import { check } from './commands/check.ts';
import { explain } from './commands/explain.ts';
import { issue } from './commands/issue.ts';
import { keygen } from './commands/keygen.ts';
import { migrate } from './commands/migrate.ts';
import { packs } from './commands/packs.ts';
import { restore } from './commands/restore.ts';
import { serve } from './commands/serve.ts';
import { unbake } from './commands/unbake.ts';
import { verify } from './commands/verify.ts';
import { worker } from './commands/worker.ts';
import { type ExitCode, exitCode, Misuse } from './exit-code.ts';
import { printCommandHelp, printHelp } from './help.ts';
import type { Io } from './io.ts';
import { Terminal } from './print/terminal.ts';
import { suggest } from './suggest.ts';
import { version } from './version.ts';

export const commands: readonly Command[] = [
  verify,
  explain,
  check,
  issue,
  keygen,
  bake,
  unbake,
  packs,
  serve,
  worker,
  migrate,
  backup,
  restore,
  audit,
];

/** Run the command line and return its exit code. Never throws: what went wrong is said on stderr, without a stack trace. */
export async function main(argv: readonly string[], io: Io): Promise<ExitCode> {
  try {
    return await run(argv, io);
  } catch (error) {
    printError(error, io);
    return exitCode.misuse;
  }
}

async function run([first, ...rest]: readonly string[], io: Io): Promise<ExitCode> {
  const terminal = new Terminal(io.stdout, io.env);
  if (first === '--version' || first === '-v' || first === 'version') {
    terminal.line(version);
    return exitCode.done;
  }
  if (first === 'help' && rest[0] !== undefined) {
    printCommandHelp(findCommand(rest[0]), terminal);
    return exitCode.done;
  }
  if (first === '--help' || first === '-h' || first === 'help') {
    printHelp(commands, terminal);
    return exitCode.done;
  }
  if (first === undefined) {
    printHelp(commands, new Terminal(io.stderr, io.env));
    return exitCode.misuse;
  }
  const command = findCommand(first);
  if (rest.includes('--help') || rest.includes('-h')) {
    printCommandHelp(command, terminal);
    return exitCode.done;
  }
  return await command.run(rest, io);
}

function findCommand(name: string): Command {
  const command = commands.find((entry) => entry.name === name);
  if (command !== undefined) return command;
  if (name.startsWith('-'))
    throw new Misuse(`There is no option ${name} before a command.`, 'Write `assay --help` to see the commands.');
  const near = suggest(name, [...commands.map((entry) => entry.name), 'help']);
  throw new Misuse(
    `There is no command "${name}".${near === undefined ? '' : ` Did you mean "${near}"?`}`,
    'Write `assay --help` to see the commands.',
  );
}

function printError(error: unknown, io: Io): void {
  const terminal = new Terminal(io.stderr, io.env);
  if (error instanceof Misuse) {
    terminal.text(error.message, 'assay: ', '       ');
    if (error.todo !== undefined) terminal.text(error.todo, '       ');
    return;
  }
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  terminal.text(`This should not have happened, and is a fault of Assay: ${message}`, 'assay: ', '       ');
  terminal.text('Please report it. With ASSAY_DEBUG=1 the place in the code is printed as well.', '       ');
  if (io.env.ASSAY_DEBUG && error instanceof Error) io.stderr.write(`${error.stack}\n`);
}
