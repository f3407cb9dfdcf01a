import { masterySentences } from '../../core/catalogue/en/mastery.ts';
import type { Expectation, FrameworkReport, RuleOutcome, RuleResult } from '../../core/framework/report.ts';
import { printLadder } from './ladder.ts';
import type { Terminal } from './terminal.ts';
import { expectationWords, ruleGlyphs, ruleWords } from './words.ts';

const order: readonly RuleOutcome[] = ['missing', 'weak', 'cannot-tell', 'met', 'inapplicable'];

/** The mastery sentences, each with its ladder and the skills that it speaks of. */
export function printMastery({ mastery }: FrameworkReport, terminal: Terminal, indent = '  '): void {
  for (const statement of mastery.statements) {
    terminal.text(statement.sentence, indent);
    printLadder(statement, terminal, `${indent}  `);
    for (const { targetName, targetFramework } of statement.skills.slice(0, 12))
      terminal.text(
        targetFramework === undefined ? targetName : `${targetName} (${targetFramework})`,
        `${indent}  Skill: `,
        `${indent}         `,
      );
  }
  if (mastery.statements.length === 0 && mastery.summary !== null)
    terminal.text(masterySentences[mastery.summary], indent);
}

/** Reader's order (framework.md §9): class line, what is shown by group, what is not stated, contradictions, notice. */
export function printForReader(report: FrameworkReport, terminal: Terminal, verified: boolean, indent = '  '): void {
  terminal.text(report.classes.sentence, indent, indent, 'bold');
  if (!verified) terminal.text('These statements are not verified.', indent);
  if (report.bindingNotProtected)
    terminal.text('The signature around the record does not bind these results to this credential.', indent);
  const groups = new Map<string, RuleResult[]>();
  for (const rule of report.rules)
    if (rule.outcome === 'met' || rule.outcome === 'weak')
      groups.set(rule.group, [...(groups.get(rule.group) ?? []), rule]);
  for (const [group, rules] of groups) {
    terminal.line();
    terminal.text(capital(group), indent);
    for (const rule of rules) printRule(rule, terminal, `${indent}  `);
  }
  const rest = report.rules.filter(
    ({ outcome, expects }) =>
      outcome === 'cannot-tell' ||
      (outcome === 'missing' && Object.values(expects).some((expectation) => expectation !== 'not-expected')),
  );
  if (rest.length > 0) {
    terminal.line();
    terminal.line(`${indent}Not stated or not readable`);
    for (const rule of rest) printRule(rule, terminal, `${indent}  `);
  }
  printContradictions(report, terminal, indent);
  printNotice(report, terminal, indent);
}

/** Author's order (framework.md §9): what is required and missing first; each with the place where it goes. */
export function printForAuthor(report: FrameworkReport, terminal: Terminal, help: HelpOfRule, indent = '  '): void {
  terminal.text(report.classes.sentence, indent, indent, 'bold');
  printContradictions(report, terminal, indent);
  const inView = classesInView(report);
  const open = report.rules.filter(({ outcome }) => outcome !== 'met' && outcome !== 'inapplicable');
  const weight = (rule: RuleResult) =>
    (gravest(rule, inView) === 'required' ? 0 : gravest(rule, inView) === 'recommended' ? 10 : 20) +
    order.indexOf(rule.outcome);
  for (const rule of open.sort((a, b) => weight(a) - weight(b))) {
    if (gravest(rule, inView) === 'not-expected') continue;
    terminal.line();
    terminal.text(
      `${rule.field}: ${ruleWords[rule.outcome].toLowerCase()} (${expectations(rule, report, inView)})`,
      `${indent}${ruleGlyphs[rule.outcome]} `,
      `${indent}  `,
    );
    printWhere(rule, terminal, `${indent}  `, help(rule.id));
  }
  const met = report.rules.filter(({ outcome }) => outcome === 'met');
  if (met.length > 0) {
    terminal.line();
    terminal.text(`Met: ${met.map(({ field }) => field).join(', ')}.`, `${indent}${ruleGlyphs.met} `, `${indent}  `);
  }
  printNotice(report, terminal, indent);
}

/** What the pack says to an author about a rule: what to write and where. */
export type HelpOfRule = (id: string) => { write: string; path: string | undefined } | undefined;

function printWhere(rule: RuleResult, terminal: Terminal, indent: string, help: ReturnType<HelpOfRule>): void {
  for (const { pointer, say } of rule.mistakes) terminal.text(`${say} (at ${pointer})`, indent);
  for (const { pointer, errors } of rule.nearMisses.slice(0, 3))
    terminal.text(`Nearly: ${pointer}${errors.length > 0 ? `, ${errors.join('; ')}` : ''}`, indent);
  const path = rule.place?.path ?? help?.path;
  if (help !== undefined) terminal.text(help.write, `${indent}→ `, `${indent}  `);
  if (path !== undefined) terminal.text(`at ${path}`, `${indent}  `, undefined, 'faint');
}

function printRule(rule: RuleResult, terminal: Terminal, indent: string): void {
  const head = `${ruleGlyphs[rule.outcome]} ${rule.field}`;
  const words =
    rule.outcome === 'met' || rule.outcome === 'missing' ? '' : ` (${ruleWords[rule.outcome].toLowerCase()})`;
  terminal.text(`${head}${words}. ${rule.sentence}`, indent, `${indent}  `);
}

function printContradictions({ classes }: FrameworkReport, terminal: Terminal, indent: string): void {
  for (const { sentence, pointer } of classes.contradictions)
    terminal.text(
      pointer === undefined ? sentence : `${sentence} (at ${pointer})`,
      `${indent}${terminal.paint('failed', '✘')} `,
      `${indent}  `,
    );
}

function printNotice({ pack }: FrameworkReport, terminal: Terminal, indent: string): void {
  terminal.line();
  terminal.text(`${pack.id}@${pack.version} (${pack.status}). ${pack.notice}`, indent, indent, 'faint');
}

/** The classes that an author is after: those declared, else those supported, else all of the pack. */
export function classesInView({ classes, pack }: FrameworkReport): string[] {
  if (classes.declared.length > 0) return classes.declared;
  if (classes.outcome === 'supported') return classes.supported.map((entry) => entry.class);
  return pack.classes.map(({ id }) => id);
}

/** The strongest expectation that the classes in view have of a rule. */
export function gravest({ expects }: RuleResult, inView: readonly string[]): Expectation {
  const all = inView.map((id) => expects[id]);
  for (const expectation of ['required', 'recommended', 'recommended-if-available'] as const)
    if (all.includes(expectation)) return expectation;
  return 'not-expected';
}

function expectations({ expects }: RuleResult, { pack }: FrameworkReport, inView: readonly string[]): string {
  return pack.classes
    .filter(({ id }) => inView.includes(id) && expects[id] !== undefined && expects[id] !== 'not-expected')
    .map(({ id, label }) => `${label}: ${expectationWords[expects[id] ?? 'not-expected']}`)
    .join('; ');
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
