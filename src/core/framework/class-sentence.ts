import { classSentences, contradictionSentences } from '../catalogue/en/framework-report.ts';
import { fillIn } from '../catalogue/render.ts';
import type { Pack } from './pack-file.ts';
import type { ClassId, ClassReport, Contradiction } from './report.ts';

/** The class line in words (framework.md §9). */
export function renderClass(report: Omit<ClassReport, 'sentence'>, pack: Pack): string {
  const { outcome, headline, declared, supported, candidates } = report;
  if (outcome === 'inapplicable') return pack.appliesTo.otherwise;
  if (outcome === 'none' || outcome === 'blocked' || outcome === 'cannot-tell') return classSentences[outcome];
  const params = { class: labelOf(headline, pack), declared: declared.map((id) => labelOf(id, pack)).join(', ') };
  if (declared.length > 0 && !declared.includes(headline ?? ''))
    return fillIn(classSentences['declared-other'], params);
  if (outcome === 'supported') {
    const weak = supported.find((entry) => entry.class === headline)?.weak ?? [];
    if (weak.length === 0) return fillIn(classSentences.supported, params);
    return fillIn(classSentences['supported-weakly'], { ...params, fields: fieldsOf(weak, pack) });
  }
  const [candidate] = candidates;
  if (candidate === undefined) return fillIn(classSentences.fallback, params);
  return fillIn(classSentences['fallback-candidate'], {
    ...params,
    candidate: labelOf(candidate.class, pack),
    fields: fieldsOf(candidate.missing, pack),
  });
}

/** A contradiction in words. */
export function renderContradiction(
  { code, class: id }: Omit<Contradiction, 'sentence'>,
  declared: ClassId[],
  pack: Pack,
): string {
  return fillIn(contradictionSentences[code], {
    class: labelOf(id ?? null, pack),
    classes: declared.map((entry) => labelOf(entry, pack)).join(', '),
  });
}

function labelOf(id: ClassId | null, pack: Pack): string {
  return pack.classes.find((entry) => entry.id === id)?.label ?? id ?? '';
}

function fieldsOf(ruleIds: string[], pack: Pack): string {
  return ruleIds.map((id) => lowerFirst(pack.rules.find((rule) => rule.id === id)?.field ?? id)).join(', ');
}

const secondIsCapital = /^.\p{Lu}/u;

/** Inside a sentence; an abbreviation such as EQF stays as it is. */
function lowerFirst(text: string): string {
  return secondIsCapital.test(text) ? text : text.charAt(0).toLowerCase() + text.slice(1);
}
