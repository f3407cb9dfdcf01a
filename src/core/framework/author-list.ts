import type { Pack, PackRule } from './pack-file.ts';
import type { ClassId, Expectation, FrameworkReport, RuleOutcome, RuleResult } from './report.ts';

/** One line of the author's list: what is asked, how it stands, and what helps. */
export interface AuthorItem {
  rule: RuleResult;
  expectation: Expectation;
  /** As it displays for this class: missing and not expected is inapplicable. */
  outcome: RuleOutcome;
  /** `if-available` lines are asked as "does this exist?". */
  section: 'required' | 'weak' | 'recommended' | 'if-available' | 'done';
  help: PackRule['help'];
  purpose: string;
  /** Where it goes, when one place is meant for it: the first place that is no fallback. */
  path?: string;
}

const sections: AuthorItem['section'][] = ['required', 'weak', 'recommended', 'if-available', 'done'];

/** How a rule's outcome displays for a class: what is missing and not expected does not apply (framework.md §9). */
export function displayOutcome(rule: RuleResult, classId: ClassId): RuleOutcome {
  return rule.outcome === 'missing' && rule.expects[classId] === 'not-expected' ? 'inapplicable' : rule.outcome;
}

/**
 * The rules of a report in the author's order for one class (framework.md §9): required and missing first, then weak, then
 * recommended, then what may exist, then what is done. `report` must come from `pack`.
 */
export function listForAuthor(report: FrameworkReport, pack: Pack, classId: ClassId): AuthorItem[] {
  const items = report.rules.flatMap((rule): AuthorItem[] => {
    const source = pack.rules.find(({ id }) => id === rule.id);
    if (source === undefined) return [];
    const expectation = rule.expects[classId] ?? 'not-expected';
    const path = source.places?.find(({ kind }) => kind !== 'fallback')?.path;
    return [
      {
        rule,
        expectation,
        outcome: displayOutcome(rule, classId),
        section: sectionOf(rule.outcome, expectation),
        help: source.help,
        purpose: source.purpose,
        ...(path === undefined ? {} : { path }),
      },
    ];
  });
  return items.sort((a, b) => sections.indexOf(a.section) - sections.indexOf(b.section));
}

/**
 * The class that an author plainly aims at: what is declared or supported, else among those that a telling rule speaks of the one
 * that lacks least, else the one that is left. `report` must come from `pack`.
 */
export function aimedClass({ classes, rules }: FrameworkReport, pack: Pack): ClassId | null {
  const fallback = pack.classes.find((entry) => entry.fallback)?.id ?? null;
  const { headline, declared } = classes;
  if (headline !== null && headline !== fallback) return headline;
  const tells = (id: ClassId) =>
    pack.rules.some(({ marks }, index) => marks?.includes(id) && /^(met|weak)$/.test(rules[index]?.outcome ?? ''));
  const lacks = (id: ClassId) =>
    rules.filter(({ expects, outcome }) => expects[id] === 'required' && outcome === 'missing').length;
  const told = pack.classes.map(({ id }) => id).filter(tells);
  return declared[0] ?? told.sort((a, b) => lacks(a) - lacks(b))[0] ?? fallback;
}

/** How many of the parts that a class requires are there. */
export interface RequiredParts {
  met: number;
  weak: number;
  missing: number;
}

/** Count the required parts among the lines of an author's list. */
export function countRequired(items: readonly AuthorItem[]): RequiredParts {
  const required = items.filter(({ expectation }) => expectation === 'required');
  const weak = required.filter(({ outcome }) => outcome === 'weak').length;
  const missing = required.filter(({ section }) => section === 'required').length;
  return { met: required.length - weak - missing, weak, missing };
}

function sectionOf(outcome: RuleOutcome, expectation: Expectation): AuthorItem['section'] {
  if (outcome === 'met' || outcome === 'inapplicable' || expectation === 'not-expected') return 'done';
  if (expectation === 'required') return outcome === 'weak' ? 'weak' : 'required';
  if (expectation === 'recommended-if-available') return 'if-available';
  return outcome === 'weak' ? 'weak' : 'recommended';
}
