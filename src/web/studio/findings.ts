import { issue } from '../../core/catalogue/en/issue.ts';
import { renderFinding } from '../../core/catalogue/render.ts';
import type { Sentence } from '../../core/catalogue/sentence.ts';
import type { Finding } from '../../core/finding.ts';
import { words } from '../credential/words.ts';
import { catalogue } from '../texts/catalogue.ts';

const useIssueSentences = catalogue<Record<string, Sentence>>(issue, {
  es: () => import('../../core/catalogue/es/issue.ts').then((module) => ({ texts: module.issue })),
});

/** Says findings, also those about lists and learners, in the language at hand. */
export function useFindingWords(): (finding: Finding) => Sentence {
  const sentences = useIssueSentences();
  const all = words();
  const known = { ...all, findings: { ...all.findings, ...sentences } };
  return (finding) => renderFinding(finding, known);
}
