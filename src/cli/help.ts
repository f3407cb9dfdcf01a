import type { Command } from './command.ts';
import type { Terminal } from './print/terminal.ts';
import { padEnd } from './print/wrap.ts';

/** The list of commands. */
export function printHelp(commands: readonly Command[], terminal: Terminal): void {
  terminal.text('Issue, check and verify Open Badges 3.0 and CLR 2.0 credentials.', '', '', 'bold');
  terminal.line();
  terminal.line('Usage: assay <command> [options]');
  terminal.line();
  const width = Math.max(...commands.map(({ name }) => name.length)) + 2;
  for (const { name, summary } of commands) terminal.text(summary, `  ${padEnd(name, width)}`, ' '.repeat(width + 2));
  terminal.text('Help on one command, with examples.', `  ${padEnd('help', width)}`, ' '.repeat(width + 2));
  terminal.line();
  terminal.text('Every input may be a file, a URL, or - for standard input; JSON, JWT, PNG or SVG.');
  terminal.text('Exit codes: 0 verified or done, 1 not verified, 2 cannot tell, 3 cannot be done as asked.');
  terminal.line();
  terminal.line('Examples:');
  for (const { examples } of commands) {
    const [example] = examples;
    if (example !== undefined) terminal.line(`  assay ${example.line}`);
  }
}

/** Usage, options and examples of one command. */
export function printCommandHelp(command: Command, terminal: Terminal): void {
  terminal.text(`assay ${command.name}: ${command.summary}`, '', '', 'bold');
  terminal.line();
  command.usage.forEach((line, index) => {
    terminal.text(`assay ${line}`, index === 0 ? 'Usage: ' : '       ', '         ');
  });
  for (const paragraph of command.about) {
    terminal.line();
    terminal.text(paragraph);
  }
  terminal.line();
  terminal.line('Options:');
  for (const [name, { short, type, value, say, choices, multiple }] of Object.entries(command.options)) {
    const head = `  ${short === undefined ? '    ' : `-${short}, `}--${name}${type === 'boolean' ? '' : ` <${value ?? 'value'}>`}`;
    const more = `${choices === undefined ? '' : ` One of ${choices.join(', ')}.`}${multiple ? ' May be repeated.' : ''}`;
    const fits = head.length <= 30;
    if (!fits) terminal.line(head);
    terminal.text(`${say}${more}`, fits ? padEnd(head, 32) : ' '.repeat(32), ' '.repeat(32));
  }
  terminal.line();
  terminal.line('Examples:');
  for (const { line, say } of command.examples) {
    terminal.text(say, '  # ');
    terminal.line(`  assay ${line}`);
  }
  terminal.line();
  terminal.text(command.exits, 'Exit codes: ', '            ');
}
