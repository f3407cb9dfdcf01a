import { type AuthorItem, listForAuthor } from '../../core/framework/author-list.ts';
import { renderMasterySummary } from '../../core/framework/mastery-sentence.ts';
import type { Pack } from '../../core/framework/pack.ts';
import type { ClassId, FrameworkReport, RuleResult } from '../../core/framework/report.ts';
import { printLadder } from './ladder.ts';
import type { Terminal } from './terminal.ts';
import { ruleGlyphs } from './words.ts';

/** The mastery sentences, each with its ladder and the skills that it speaks of. */
export function printMastery({ mastery }: FrameworkReport, terminal: Terminal, indent = '  '): void {
  const skill = terminal.say('skill');
  for (const statement of mastery.statements) {
    terminal.text(statement.sentence, indent);
    printLadder(statement, terminal, `${indent}  `);
    for (const { targetName, targetFramework } of statement.skills.slice(0, 12))
      terminal.text(
        targetFramework === undefined ? targetName : `${targetName} (${targetFramework})`,
        `${indent}  ${skill}`,
        `${indent}  ${' '.repeat(skill.length)}`,
      );
  }
  if (mastery.statements.length === 0 && mastery.summary !== null)
    terminal.text(renderMasterySummary(mastery.summary, terminal.speech.words), indent);
}

/** Reader's order (framework.md §9): class line, what is shown by group, what is not stated, contradictions, notice. */
export function printForReader(report: FrameworkReport, terminal: Terminal, verified: boolean, indent = '  '): void {
  terminal.text(report.classes.sentence, indent, indent, 'bold');
  if (!verified) terminal.text(terminal.say('unverified'), indent);
  if (report.bindingNotProtected) terminal.text(terminal.say('bindingNotProtected'), indent);
  const groups = new Map<string, RuleResult[]>();
  for (const rule of report.rules)
    if (rule.outcome === 'met' || rule.outcome === 'weak')
      groups.set(rule.group, [...(groups.get(rule.group) ?? []), rule]);
  for (const [group, rules] of groups) {
    terminal.line();
    terminal.text(terminal.speech.words.groupNames[group] ?? group, indent);
    for (const rule of rules) printRule(rule, terminal, `${indent}  `);
  }
  const rest = report.rules.filter(
    ({ outcome, expects }) =>
      outcome === 'cannot-tell' ||
      (outcome === 'missing' && Object.values(expects).some((expectation) => expectation !== 'not-expected')),
  );
  if (rest.length > 0) {
    terminal.line();
    terminal.line(`${indent}${terminal.say('notStated')}`);
    for (const rule of rest) printRule(rule, terminal, `${indent}  `);
  }
  printContradictions(report, terminal, indent);
  printNotice(report, terminal, indent);
}

/** Author's order for one class (framework.md §9): required and missing first; each with help and where it goes. */
export function printForAuthor(
  report: FrameworkReport,
  pack: Pack,
  classId: ClassId,
  terminal: Terminal,
  indent = '  ',
): void {
  terminal.text(report.classes.sentence, indent, indent, 'bold');
  printContradictions(report, terminal, indent);
  const items = listForAuthor(report, pack, classId);
  const label = pack.classes.find(({ id }) => id === classId)?.label ?? classId;
  terminal.line();
  terminal.text(terminal.say('whatClassExpects', { class: label }), indent);
  let section: AuthorItem['section'] | null = null;
  for (const item of items) {
    if (item.section === 'done') continue;
    if (item.section !== section) {
      section = item.section;
      terminal.line();
      terminal.text(terminal.speech.texts.sectionWords[section], indent, indent, 'bold');
    }
    printItem(item, terminal, `${indent}  `);
  }
  const met = items.filter(({ outcome }) => outcome === 'met');
  if (met.length > 0) {
    terminal.line();
    terminal.text(
      terminal.say('met', { fields: met.map(({ rule }) => rule.field).join(', ') }),
      `${indent}${ruleGlyphs.met} `,
      `${indent}  `,
    );
  }
  printNotice(report, terminal, indent);
}

/** The class that an author is after: the one declared, else the one supported, else the one that lacks least. */
export function classInView({ classes, pack }: FrameworkReport): ClassId {
  const nearest = [...classes.candidates].sort((a, b) => a.missing.length - b.missing.length)[0]?.class;
  const supported = classes.outcome === 'supported' ? classes.headline : null;
  return classes.declared[0] ?? supported ?? nearest ?? pack.classes[0]?.id ?? '';
}

function printItem({ rule, outcome, help, path }: AuthorItem, terminal: Terminal, indent: string): void {
  terminal.text(
    `${rule.field}: ${terminal.speech.words.ruleWords[outcome].toLowerCase()}`,
    `${indent}${ruleGlyphs[outcome]} `,
    `${indent}  `,
  );
  for (const { pointer, say } of rule.mistakes)
    terminal.text(`${say} (${terminal.say('at', { pointer })})`, `${indent}  `);
  for (const { pointer, errors } of rule.nearMisses.slice(0, 3))
    terminal.text(
      `${terminal.say('nearly', { pointer })}${errors.length > 0 ? `, ${errors.join('; ')}` : ''}`,
      `${indent}  `,
    );
  terminal.text(help.write, `${indent}  → `, `${indent}    `);
  const where = path ?? rule.place?.path;
  if (where !== undefined) terminal.text(terminal.say('at', { pointer: where }), `${indent}    `, undefined, 'faint');
}

function printRule(rule: RuleResult, terminal: Terminal, indent: string): void {
  const head = `${ruleGlyphs[rule.outcome]} ${rule.field}`;
  const words =
    rule.outcome === 'met' || rule.outcome === 'missing'
      ? ''
      : ` (${terminal.speech.words.ruleWords[rule.outcome].toLowerCase()})`;
  terminal.text(`${head}${words}. ${rule.sentence}`, indent, `${indent}  `);
}

function printContradictions({ classes }: FrameworkReport, terminal: Terminal, indent: string): void {
  for (const { sentence, pointer } of classes.contradictions)
    terminal.text(
      pointer === undefined ? sentence : `${sentence} (${terminal.say('at', { pointer })})`,
      `${indent}${terminal.paint('failed', '✘')} `,
      `${indent}  `,
    );
}

function printNotice({ pack }: FrameworkReport, terminal: Terminal, indent: string): void {
  terminal.line();
  terminal.text(
    `${pack.id}@${pack.version} (${terminal.speech.texts.packStatusWords[pack.status] ?? pack.status}). ${pack.notice}`,
    indent,
    indent,
    'faint',
  );
}
