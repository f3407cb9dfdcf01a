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

function sectionOf(outcome: RuleOutcome, expectation: Expectation): AuthorItem['section'] {
  if (outcome === 'met' || outcome === 'inapplicable' || expectation === 'not-expected') return 'done';
  if (expectation === 'required') return outcome === 'weak' ? 'weak' : 'required';
  if (expectation === 'recommended-if-available') return 'if-available';
  return outcome === 'weak' ? 'weak' : 'recommended';
}
