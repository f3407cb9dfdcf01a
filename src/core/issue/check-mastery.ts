import type { Finding, FindingCode } from '../finding.ts';
import { readMastery, resultsIn, statusOf } from '../framework/mastery.ts';
import { isJsonObject, type JsonObject, showJson, toList } from '../json/json.ts';
import { toPointer } from '../json/pointer.ts';

/** What each learner has to show of their own work. */
export interface EvidenceRequirement {
  /** Pieces in all. */
  minimum: number;
  /** Kinds of which there is at least one piece each: `genre` of Evidence (Open Badges 3.0), compared without case. */
  kinds?: readonly string[] | undefined;
}

export interface MasteryConditions {
  /** Issue what is under the issuer's own pass mark, or not completed. Default false. */
  allowBelowPassMark?: boolean | undefined;
  evidence?: EvidenceRequirement | undefined;
}

/**
 * Whether one learner's results and evidence bear out the award: no result is under the issuer's own pass mark or not completed
 * (framework.md §6), and the work is there. A scale without a pass mark never stands in the way. Pointers into the learner.
 */
export function checkMastery(credential: JsonObject, conditions: MasteryConditions): Finding[] {
  return [
    ...(conditions.allowBelowPassMark ? [] : checkResults(credential)),
    ...(conditions.evidence === undefined ? [] : checkEvidence(credential, conditions.evidence)),
  ];
}

function checkResults(credential: JsonObject): Finding[] {
  const { results, descriptions } = resultsIn(credential);
  if (results.length === 0) return [];
  const statuses = results.map(({ value }) => statusOf(value, descriptions));
  // A status that is not Completed would cover what each result says by itself (framework.md §6.7).
  const statements = statuses.every((status) => status === undefined || status === 'Completed')
    ? // Whoever issues knows in which order the levels were written.
      readMastery(credential, true)
    : [];
  return results.flatMap((_, index): Finding[] => {
    const fault = (code: FindingCode, params: Finding['params']): Finding[] => [
      { code, severity: 'error', pointer: toPointer(['result', index]), params: params ?? {} },
    ];
    const status = statuses[index];
    if (status !== undefined && status !== 'Completed') return fault('issue-result-not-completed', { status });
    const statement = statements[index];
    if (statement?.verdict !== 'not-met') return [];
    const { scale, achieved = '–', required = '–' } = statement;
    return fault('issue-result-below-pass-mark', { scale: scale?.name ?? '–', achieved, required });
  });
}

function checkEvidence(credential: JsonObject, { minimum, kinds = [] }: EvidenceRequirement): Finding[] {
  const pieces = toList(credential.evidence).filter(isJsonObject);
  const fault = (code: FindingCode, params: Finding['params']): Finding => ({
    code,
    severity: 'error',
    pointer: '/evidence',
    params: params ?? {},
  });
  const found = new Set(pieces.map(({ genre }) => normal(showJson(genre ?? ''))));
  return [
    ...(pieces.length < minimum ? [fault('issue-evidence-too-few', { found: pieces.length, minimum })] : []),
    ...kinds.filter((kind) => !found.has(normal(kind))).map((kind) => fault('issue-evidence-kind-missing', { kind })),
  ];
}

const normal = (kind: string) => kind.trim().toLowerCase();
