import type { Pack } from '../../core/framework/pack.ts';
import { bundledPacks } from '../../core/framework/packs.ts';
import { translatePack } from '../../core/framework/translation.ts';
import { say } from '../assess-inputs.ts';
import { defineCommand } from '../command.ts';
import { exitCode, Misuse } from '../exit-code.ts';
import { loadPack, readPackFile } from '../load-pack.ts';
import { printFindings } from '../print/findings.ts';
import { safeJson } from '../print/safe-text.ts';
import { Terminal } from '../print/terminal.ts';
import { padEnd } from '../print/wrap.ts';
import { suggest } from '../suggest.ts';

const actions = ['list', 'show', 'check'];

export const packs = defineCommand({
  name: 'packs',
  summary: 'The frameworks it can check against; look into one, or check one of your own.',
  usage: ['packs [list]', 'packs show <id|file>', 'packs check <file>'],
  about: [
    'A pack is one JSON file without code: classes, and rules that say what each class expects, where it stands in a credential, and why a receiver needs it. A pack of your own may extend a bundled one.',
  ],
  options: { json: { type: 'boolean', say: 'Print JSON.' } },
  examples: [
    { line: 'packs', say: 'The packs that come along' },
    { line: 'packs show trusted-microcredential', say: 'Its classes and rules' },
    { line: 'packs check ./my-pack.json', say: 'The faults of a pack of your own' },
  ],
  exits: '0 done, 1 the pack has faults, 3 misuse.',
  async run({ values, positionals: [action = 'list', name] }, io) {
    const terminal = new Terminal(io.stdout, io.env, io.speech);
    if (!actions.includes(action)) {
      const near = suggest(action, actions);
      throw new Misuse(
        `"packs" does not know "${action}".${near === undefined ? '' : ` Did you mean "${near}"?`}`,
        'It takes list, show or check.',
      );
    }
    if (action === 'list') {
      if (values.json) io.stdout.write(`${safeJson(bundledPacks.map(outline))}\n`);
      else for (const pack of bundledPacks) printOutline(inWords(pack, terminal), terminal);
      return exitCode.done;
    }
    if (name === undefined)
      throw new Misuse(`"packs ${action}" needs a pack.`, `Write \`assay packs ${action} <name>\`.`);
    if (action === 'show') {
      const pack = await loadPack(name, io);
      if (values.json) io.stdout.write(`${safeJson(pack)}\n`);
      else printPack(inWords(pack, terminal), terminal);
      return exitCode.done;
    }
    const { pack, findings } = await readPackFile(name, io);
    if (values.json) io.stdout.write(`${safeJson({ ok: pack !== null, findings })}\n`);
    else if (pack !== null)
      terminal.text(terminal.say('soundPack', { pack: `${pack.id}@${pack.version}`, rules: pack.rules.length }));
    else {
      say(io, terminal.say('packFaults', { name, count: findings.length }));
      printFindings(findings, terminal, '  ');
    }
    return pack === null ? exitCode.failed : exitCode.done;
  },
});

function outline({ id, version, title, status, notice, rules, classes }: Pack) {
  return { id, version, title, status, notice, classes: classes.map(({ label }) => label), rules: rules.length };
}

function inWords(pack: Pack, { speech: { packs, words } }: Terminal): Pack {
  return translatePack(pack, packs, words.language);
}

function printOutline(pack: Pack, terminal: Terminal): void {
  terminal.text(`${pack.id}@${pack.version}`, '', '', 'bold');
  const status = terminal.speech.texts.packStatusWords[pack.status] ?? pack.status;
  terminal.text(terminal.say('packOutline', { title: pack.title, rules: pack.rules.length, status }), '  ');
}

function printPack(pack: Pack, terminal: Terminal): void {
  printOutline(pack, terminal);
  terminal.text(pack.notice, '  ');
  terminal.line();
  for (const { label, definition } of pack.classes) terminal.text(`${label}: ${definition}`, '  ', '    ');
  const width = Math.max(...pack.rules.map(({ id }) => id.length)) + 2;
  for (const group of new Set(pack.rules.map((rule) => rule.group))) {
    terminal.line();
    terminal.text(terminal.speech.words.groupNames[group] ?? group, '  ', '  ', 'bold');
    for (const rule of pack.rules.filter((entry) => entry.group === group)) {
      terminal.text(`${rule.field}. ${rule.purpose}`, `  ${padEnd(rule.id, width)}`, ' '.repeat(width + 2));
      const expected = pack.classes.map(
        ({ id, label }) => `${label}: ${terminal.speech.texts.expectationWords[rule.expects[id] ?? 'not-expected']}`,
      );
      terminal.text(expected.join('; '), ' '.repeat(width + 2), undefined, 'faint');
    }
  }
}
