import { english } from '../catalogue/en/index.ts';
import { fillIn } from '../catalogue/fill-in.ts';
import type { Words } from '../catalogue/words.ts';
import type { ClassId, ClassReport, Contradiction } from './report.ts';

/** What a class line takes from a pack: what things are called, and what is said of documents outside it. */
export interface PackNames {
  classes: readonly { id: ClassId; label: string }[];
  rules: readonly { id: string; field: string }[];
  otherwise: string;
}

/** The class line in words (framework.md §9). */
export function renderClass(
  report: Omit<ClassReport, 'sentence' | 'contradictions'>,
  pack: PackNames,
  { classSentences, language }: Words = english,
): string {
  const { outcome, headline, declared, supported, candidates } = report;
  if (outcome === 'inapplicable') return pack.otherwise;
  if (outcome === 'none' || outcome === 'blocked' || outcome === 'cannot-tell') return classSentences[outcome];
  const params = { class: labelOf(headline, pack), declared: declared.map((id) => labelOf(id, pack)).join(', ') };
  const fill = (text: string, more: Record<string, string> = {}) => fillIn(text, { ...params, ...more }, language);
  if (declared.length > 0 && !declared.includes(headline ?? '')) return fill(classSentences['declared-other']);
  if (outcome === 'supported') {
    const weak = supported.find((entry) => entry.class === headline)?.weak ?? [];
    if (weak.length === 0) return fill(classSentences.supported);
    return fill(classSentences['supported-weakly'], { fields: fieldsOf(weak, pack) });
  }
  const [candidate] = candidates;
  if (candidate === undefined) return fill(classSentences.fallback);
  return fill(classSentences['fallback-candidate'], {
    candidate: labelOf(candidate.class, pack),
    fields: fieldsOf(candidate.missing, pack),
  });
}

/** A contradiction in words. */
export function renderContradiction(
  { code, class: id }: Omit<Contradiction, 'sentence'>,
  declared: ClassId[],
  pack: Pick<PackNames, 'classes'>,
  { contradictionSentences, language }: Words = english,
): string {
  const params = {
    class: labelOf(id ?? null, pack),
    classes: declared.map((entry) => labelOf(entry, pack)).join(', '),
  };
  return fillIn(contradictionSentences[code], params, language);
}

function labelOf(id: ClassId | null, pack: Pick<PackNames, 'classes'>): string {
  return pack.classes.find((entry) => entry.id === id)?.label ?? id ?? '';
}

function fieldsOf(ruleIds: string[], pack: PackNames): string {
  return ruleIds.map((id) => lowerFirst(pack.rules.find((rule) => rule.id === id)?.field ?? id)).join(', ');
}

const secondIsCapital = /^.\p{Lu}/u;

/** Inside a sentence; an abbreviation such as EQF stays as it is. */
function lowerFirst(text: string): string {
  return secondIsCapital.test(text) ? text : text.charAt(0).toLowerCase() + text.slice(1);
}
