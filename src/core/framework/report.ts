import type { Pointer } from '../finding.ts';
import type { SchemaError } from './schema.ts';

export type ClassId = string;
export type FactId =
  | 'terms.all-defined'
  | 'dates.consistent'
  | 'alignment.healthy'
  | 'status.incomplete'
  | 'mastery.every-result-interpretable'
  | 'mastery.pass-mark-stated'
  | 'mastery.none-below-pass-mark'
  | 'mastery.rubric-ordered'
  | 'result.every-linked'
  | 'result.every-value-in-range'
  | 'result.every-level-declared';
export type FactValue = boolean | 'unknown' | null;

export type Expectation = 'required' | 'recommended' | 'recommended-if-available' | 'not-expected';
export type PlaceKind = 'native' | 'extension' | 'fallback';
export type Provenance = 'stated' | 'peer' | 'inferred';
export type RuleOutcome = 'met' | 'weak' | 'missing' | 'inapplicable' | 'cannot-tell';
export type MasteryVerdict = 'met' | 'not-met' | 'completed' | 'not-completed' | 'no-pass-mark' | 'cannot-tell';

export const masteryProblems = [
  'link-missing',
  'link-unresolved',
  'link-ambiguous',
  'level-in-other-description',
  'level-unknown',
  'level-ambiguous',
  'status-in-value',
  'status-missing',
  'empty-result',
  'order-descending',
  'order-mixed',
  'order-by-list-only',
  'order-not-protected',
  'points-doubtful',
  'pass-mark-not-comparable',
  'required-level-unknown',
  'value-points-disagree',
  'predicted',
  'allowed-value-duplicate',
  'case-differs',
  'value-not-allowed',
  'order-suspect',
  'pass-mark-not-allowed',
  'number-not-string',
  'percent-sign',
  'bounds-assumed',
  'bounds-invalid',
  'not-a-number',
  'out-of-range',
  'fraction-or-percent',
  'pass-mark-not-a-number',
  'pass-mark-out-of-range',
  'scale-missing',
  'status-contradictory',
  /** Of our own: more results and scales than are read. */
  'limit',
] as const;

/** Problem codes of framework.md §6; `status-X` names the status that the credential states, such as `status-InProgress`. */
export type MasteryProblem = (typeof masteryProblems)[number] | `status-${string}`;

export interface SkillRef {
  targetName: string;
  targetUrl: string;
  targetFramework?: string;
}

export interface MasteryStatement {
  result: Pointer;
  scale?: { id: string; name: string; resultType: string; pointer: Pointer };
  achieved?: string;
  required?: string;
  verdict: MasteryVerdict;
  basis: 'points' | 'level' | 'list' | 'identity' | 'number' | 'allowed-value' | 'status' | null;
  position?: { rank: number; of: number } | { fraction: number };
  /** The pass mark's place on the same scale as `position`, for drawing the ladder. */
  passMark?: { rank: number; of: number } | { fraction: number };
  /** Labels of an ordered scale, lowest first, for drawing the ladder. */
  levels?: string[];
  problems: MasteryProblem[];
  skills: SkillRef[];
  sentence: string;
}

/** What the sentence of a rule is filled in with; null or empty where the credential does not say. */
export interface RuleParams {
  n?: number;
  value?: string | null;
  name?: string | null;
  frameworks?: string[];
  terms?: string[];
  /** Names of the credentials that show it instead, `derivedFrom`. */
  child?: string[];
}

export interface RuleResult {
  id: string;
  /** The rule's field, purpose and group, from the pack. */
  field: string;
  group: string;
  outcome: RuleOutcome;
  expects: Record<ClassId, Expectation>;
  place?: { path: string; kind: PlaceKind; note?: string };
  found: Pointer[];
  /** `causes` are the errors as codes, for other languages. */
  nearMisses: { pointer: Pointer; errors: string[]; causes: SchemaError[] }[];
  mistakes: { pointer: Pointer; say: string }[];
  reason?: 'undefined-terms' | 'unknown-context' | 'limit' | FactId;
  derivedFrom?: { credential: string; pointer: Pointer }[];
  params?: RuleParams;
  sentence: string;
  mark: Provenance;
}

export type ContradictionCode =
  | 'declared-two'
  | 'declared-not-supported'
  | 'result-below-pass-mark'
  | 'status-contradictory';

export interface Contradiction {
  code: ContradictionCode;
  class?: ClassId;
  pointer?: Pointer;
  sentence: string;
}

export interface ClassReport {
  outcome: 'supported' | 'fallback' | 'none' | 'blocked' | 'inapplicable' | 'cannot-tell';
  headline: ClassId | null;
  declared: ClassId[];
  supported: { class: ClassId; basis: 'full' | 'weak'; weak: string[] }[];
  candidates: { class: ClassId; missing: string[] }[];
  attested: { class: ClassId; by: string; pointer: Pointer }[];
  contradictions: Contradiction[];
  /** The class line in words, such as "Supports Application: every expectation is met." */
  sentence: string;
}

export interface FrameworkReport {
  pack: {
    id: string;
    version: string;
    title: string;
    status: string;
    notice: string;
    classes: { id: ClassId; label: string }[];
  };
  /** Id of the credential that was judged. */
  credential?: string;
  classes: ClassReport;
  rules: RuleResult[];
  /** `no-result` when there is no statement: the issuer states that the criteria were met, and no level. */
  mastery: { statements: MasteryStatement[]; summary: 'no-result' | null };
  facts: Record<FactId, FactValue>;
  undefinedTerms: Pointer[];
  /** An outer RDF-based proof alone does not bind results to this nested credential (framework.md §5, CLR). */
  bindingNotProtected?: boolean;
  /** CLR: one report for each nested credential, in order; null where it is not judged. */
  inner?: (FrameworkReport | null)[];
}
