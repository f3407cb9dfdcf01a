import type { Pack } from '../../core/framework/pack.ts';
import { defaultPack } from '../../core/framework/packs.ts';
import type { ClassId, FrameworkReport } from '../../core/framework/report.ts';
import { translateReport } from '../../core/framework/translate-report.ts';
import { translatePack } from '../../core/framework/translation.ts';
import { openInput } from '../../core/open-input.ts';
import {
  type AssessedInput,
  assessInputs,
  inputOptions,
  jsonOf,
  needInputs,
  packOption,
  printJson,
} from '../assess-inputs.ts';
import { defineCommand } from '../command.ts';
import { type ExitCode, exitCode, Misuse, worstExitCode } from '../exit-code.ts';
import { loadPack } from '../load-pack.ts';
import { classInView, printForAuthor, printMastery } from '../print/framework.ts';
import { safeJson } from '../print/safe-text.ts';
import { type CheckedInput, toSarif } from '../print/sarif.ts';
import { Terminal } from '../print/terminal.ts';
import { suggest } from '../suggest.ts';
import { version } from '../version.ts';

export const check = defineCommand({
  name: 'check',
  summary: 'What does its content support, and what is missing, by a framework.',
  usage: ['check [options] <file|URL|-> …'],
  about: [
    'Judges the content of a credential or draft by a pack of rules: which class it supports, which rules are met, weak or missing, and where each thing goes. It says readiness, never certified, and no more than the content bears out; whether a credential is genuine is for `assay verify`.',
    'With --format sarif (SARIF 2.1.0) code hosts show each finding at its line. What a declared class, or the one asked for with --class, requires is an error there.',
  ],
  options: {
    ...packOption,
    class: {
      type: 'string',
      short: 'c',
      value: 'class',
      say: 'The class you are after. Default: the declared one, else the nearest.',
    },
    format: { type: 'string', short: 'f', value: 'format', say: 'Default: text.', choices: ['text', 'json', 'sarif'] },
    json: { type: 'boolean', say: 'The same as --format json: the framework report as it is.' },
    ...inputOptions,
  },
  examples: [
    { line: 'check draft.json', say: 'What a draft lacks, the most important first' },
    { line: 'check --class application draft.json', say: 'What it lacks for one class' },
    { line: 'check --format sarif credentials/a.json credentials/b.json > check.sarif', say: 'To gate a CI run' },
    { line: 'check --pack eu-microcredential-2022 badge.png', say: 'By another pack; `assay packs` lists them' },
  ],
  exits:
    '0 a class is supported, or it is a Recognition; 1 none, blocked, or a declared class is not supported; 2 cannot tell or the pack does not apply; 3 misuse. Several inputs, and the credentials of a record: the worst, failed before cannot tell.',
  async run({ values, positionals }, io) {
    needInputs(positionals);
    const format = values.json ? 'json' : (values.format ?? 'text');
    const pack = values.pack === undefined ? defaultPack : await loadPack(values.pack, io);
    const asked = values.class === undefined ? undefined : classOf(pack, values.class);
    const terminal = new Terminal(io.stdout, io.env, io.speech);
    const reports: unknown[] = [];
    const checked: CheckedInput[] = [];
    const exits: ExitCode[] = [];
    for await (const input of assessInputs(positionals, values, io)) {
      const report = input.assessment?.framework ?? null;
      exits.push(report === null ? unreadableExit(input) : exitOfReport(report));
      if (format === 'json') reports.push(report ?? jsonOf(input));
      else if (format === 'sarif') {
        if (input.exit !== exitCode.misuse) checked.push({ ...(await toChecked(input)), asked });
      } else {
        if (positionals.length > 1) {
          if (exits.length > 1) terminal.line();
          terminal.text(input.name, '', '', 'bold');
        }
        if (report !== null) {
          const { words, packs } = terminal.speech;
          const shown = translatePack(pack, packs, words.language);
          printCheck(translateReport(report, words, packs), input, { pack: shown, asked }, terminal);
        } else if (input.assessment !== null) terminal.text(terminal.say('unreadable'));
      }
    }
    if (format === 'json') printJson(reports, positionals, io);
    if (format === 'sarif') io.stdout.write(`${safeJson(toSarif(checked, pack.rules, version))}\n`);
    return worstExitCode(exits);
  },
});

function classOf(pack: Pack, id: string): ClassId {
  const ids = pack.classes.map((entry) => entry.id);
  if (ids.includes(id)) return id;
  const near = suggest(id, ids);
  throw new Misuse(
    `The pack ${pack.id} has no class "${id}".${near === undefined ? '' : ` Did you mean "${near}"?`}`,
    `Its classes are: ${ids.join(', ')}.`,
  );
}

/** Exit code of a framework report; a record has no class of its own, so its credentials decide. */
export function exitOfReport({ classes, inner }: FrameworkReport): ExitCode {
  if (inner !== undefined && inner.length > 0)
    return worstExitCode(inner.map((report) => (report === null ? exitCode.cannotTell : exitOfReport(report))));
  if (classes.contradictions.some(({ code }) => code === 'declared-not-supported')) return exitCode.failed;
  switch (classes.outcome) {
    case 'supported':
    case 'fallback':
      return exitCode.done;
    case 'none':
    case 'blocked':
      return exitCode.failed;
    default:
      return exitCode.cannotTell;
  }
}

function unreadableExit({ exit, assessment, finding }: AssessedInput): ExitCode {
  return assessment !== null || finding !== null ? exitCode.cannotTell : exit;
}

function printCheck(
  report: FrameworkReport,
  { assessment }: AssessedInput,
  { pack, asked }: { pack: Pack; asked: ClassId | undefined },
  terminal: Terminal,
): void {
  const each = report.inner ?? [report];
  each.forEach((one, index) => {
    if (report.inner !== undefined) {
      if (index > 0) terminal.line();
      terminal.line(terminal.paint('bold', terminal.say('insideRecord', { index: index + 1, count: each.length })));
    }
    if (one === null) {
      terminal.text(terminal.say('notJudged'), '  ');
      return;
    }
    printForAuthor(one, pack, asked ?? classInView(one), terminal, '');
    terminal.line();
    printMastery(one, terminal, '');
  });
  if (
    assessment !== null &&
    assessment.verification.verdict !== 'verified' &&
    assessment.verification.securedBy !== 'unsigned'
  )
    terminal.text(terminal.say('unverified'));
}

async function toChecked({ name, bytes, assessment }: AssessedInput): Promise<CheckedInput> {
  const opened = bytes === null ? null : await openInput(bytes);
  const isJsonFile = opened?.ok === true && opened.input.form === 'json' && opened.input.baked === undefined;
  return {
    name,
    // As it stands in the file, so that lines and columns are those of an editor.
    text: isJsonFile && bytes !== null ? new TextDecoder().decode(bytes) : null,
    document: assessment?.verification.document ?? null,
    report: assessment?.framework ?? null,
  };
}
