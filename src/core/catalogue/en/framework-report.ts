import type { ContradictionCode, FactId } from '../../framework/report.ts';

/** Sentences of rules where the pack has none of its own. */
export const ruleSentences = {
  'weak-place': '{field}: {note}.',
  'weak-fact': '{met} {because}',
  inapplicable: '{field}: does not apply here.',
  'unknown-context': '{field}: cannot be told, because a context that the document lists is not known here.',
  'undefined-terms': '{missing} It stands in the document, but in terms that no listed context defines.',
  limit: '{field}: cannot be told, because the document or the pack is too large for this rule.',
  'unknown-fact': '{field}: cannot be told. {because}',
  'derived-from': 'Not in this credential; shown in {child}.',
  'no-name': 'somebody not named here',
  'no-framework': 'a framework not named here',
  'no-value': 'a value not shown here',
  'more-terms': '{terms} and {count} more',
} as const;

/** Why a derived fact is false, or cannot be told. */
export const factSentences: Record<FactId, string> = {
  'terms.all-defined': 'Some terms have no defined meaning here.',
  'dates.consistent': 'The dates contradict one another.',
  'alignment.healthy': 'A link to a skill is faulty.',
  'status.incomplete': 'A result says that it is not completed.',
  'mastery.every-result-interpretable': 'A result cannot be read against its scale.',
  'mastery.pass-mark-stated': 'A result has no stated pass mark.',
  'mastery.none-below-pass-mark': 'A result is under the pass mark.',
  'mastery.rubric-ordered': 'The order of the levels is not certain.',
  'result.every-linked': 'A result is not linked to exactly one scale.',
  'result.every-value-in-range': 'A value is outside its bounds.',
  'result.every-level-declared': 'A level is not declared by its scale.',
};

/** The class line, framework.md §9. */
export const classSentences = {
  supported: 'Supports {class}: every expectation is met.',
  'supported-weakly': 'Supports {class}, in part on weaker statements: {fields}.',
  'declared-other': 'Says it is {declared}; the metadata supports {class}.',
  fallback: '{class}.',
  'fallback-candidate': '{class}. For {candidate} it lacks: {fields}.',
  none: 'The metadata supports no class of this pack.',
  blocked: 'The credential itself says that this is not completed.',
  'cannot-tell': 'Which class the metadata supports cannot be told.',
  record: 'A record of several credentials; each of them is judged by itself.',
} as const;

export const contradictionSentences: Record<ContradictionCode, string> = {
  'declared-two': 'The credential says of itself that it is of two classes: {classes}.',
  'declared-not-supported': 'The credential says that it is {class}; its metadata does not bear that out.',
  'result-below-pass-mark': 'A result is under the issuer’s own pass mark.',
  'status-contradictory': 'One result is completed and another is not.',
};

/** What a schema found wrong in a node that nearly matched. `{at}` is its place in the node. */
export const schemaErrorSentences: Record<string, string> = {
  required: '{at}{detail} is missing',
  type: '{at}is not of type {detail}',
  const: '{at}is not {detail}',
  enum: '{at}is none of {detail}',
  pattern: '{at}does not have the form {detail}',
  anyOf: '{at}has none of the accepted forms',
  oneOf: '{at}does not have exactly one of the accepted forms',
  not: '{at}has a form that does not count',
  contains: '{at}holds none of the needed entries',
  minItems: '{at}has fewer than {detail} {detail:entry|entries}',
  maxItems: '{at}has more than {detail} {detail:entry|entries}',
  minLength: '{at}is shorter than {detail} {detail:character|characters}',
  maxLength: '{at}is longer than {detail} {detail:character|characters}',
  minimum: '{at}is less than {detail}',
  maximum: '{at}is more than {detail}',
  exclusiveMinimum: '{at}is not more than {detail}',
  exclusiveMaximum: '{at}is not less than {detail}',
  false: '{at}may not stand here',
};

/** The parts of an ISO 8601 duration in words, joined by a comma. */
export const durationUnits: Record<string, string> = {
  Y: '{n} {n:year|years}',
  MD: '{n} {n:month|months}',
  W: '{n} {n:week|weeks}',
  D: '{n} {n:day|days}',
  H: '{n} {n:hour|hours}',
  MT: '{n} {n:minute|minutes}',
  S: '{n} {n:second|seconds}',
};
