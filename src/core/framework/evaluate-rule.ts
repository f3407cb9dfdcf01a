import type { Pointer } from '../finding.ts';
import type { JsonValue } from '../json/json.ts';
import { toPointer } from '../json/pointer.ts';
import { type Budget, LimitReached, stepsPerRule } from './budget.ts';
import type { CompiledPlace, CompiledRule } from './compile-pack.ts';
import type { Facts } from './facts.ts';
import type { SelectedNode } from './json-path.ts';
import type { PackRule } from './pack-file.ts';
import type { RuleOutcome, RuleResult } from './report.ts';
import { readParams, renderRule, renderSchemaError } from './rule-sentence.ts';
import type { Check, SchemaError } from './schema.ts';
import type { Views } from './views.ts';

const maximumNearMisses = 20;
const maximumErrors = 5;
const maximumMistakes = 20;

interface Decided {
  outcome: RuleOutcome;
  place?: CompiledPlace['place'];
  matched: SelectedNode[];
  reason?: RuleResult['reason'];
}

/** A node that a place found and its schema did not accept. */
interface Refused {
  node: SelectedNode;
  schema: Check;
}

/**
 * The outcome of one rule, in the order of framework.md §2.2. Pointers of the result are those of the canonical form. A rule
 * that reaches its limit of work is `cannot-tell` with reason `limit`.
 */
export function evaluateRule(compiled: CompiledRule, views: Views, facts: Facts): RuleResult {
  const { rule, placeholders, mark } = compiled;
  const budget: Budget = { steps: stepsPerRule };
  let decided: Decided;
  let mistakes: RuleResult['mistakes'] = [];
  const refused: Refused[] = [];
  try {
    decided = withFacts(rule, decide(compiled, views, budget, refused), facts);
    mistakes = findMistakes(compiled, views.unpruned, budget);
  } catch (error) {
    if (!(error instanceof LimitReached)) throw error;
    decided = { outcome: 'cannot-tell', matched: [], reason: 'limit' };
  }
  const { outcome, place, matched, reason } = decided;
  const params = readParams(
    outcome === 'missing' ? placeholders.missing : placeholders.met,
    matched.map(({ value }) => value),
    views.undefinedTerms,
  );
  const result: RuleResult = {
    id: rule.id,
    field: rule.field,
    group: rule.group,
    outcome,
    expects: rule.expects,
    found: matched.map(({ tokens }) => toPointer(tokens)),
    nearMisses: outcome === 'missing' || outcome === 'cannot-tell' ? explainMisses(refused) : [],
    mistakes,
    sentence: '',
    mark,
  };
  if (place !== undefined) result.place = placeOf(place);
  if (reason !== undefined) result.reason = reason;
  if (params !== undefined && (outcome === 'met' || outcome === 'weak' || outcome === 'missing'))
    result.params = params;
  result.sentence = renderRule(result, rule.receiver);
  return result;
}

/** Why nodes that were looked at do not count. The first place is the one that was meant; the others would say it again. */
function explainMisses(refused: readonly Refused[]): RuleResult['nearMisses'] {
  const misses = new Map<Pointer, SchemaError[]>();
  const budget: Budget = { steps: stepsPerRule };
  try {
    for (const { node, schema } of refused) {
      const pointer = toPointer(node.tokens);
      if (misses.has(pointer)) continue;
      misses.set(pointer, schema.explain(node.value, budget).slice(0, maximumErrors));
      if (misses.size >= maximumNearMisses) break;
    }
  } catch (error) {
    if (!(error instanceof LimitReached)) throw error;
  }
  return [...misses].map(([pointer, causes]) => ({
    pointer,
    errors: causes.map((cause) => renderSchemaError(cause)),
    causes,
  }));
}

function placeOf({ path, kind, note }: CompiledPlace['place']): NonNullable<RuleResult['place']> {
  return note === undefined ? { path, kind } : { path, kind, note };
}

function decide({ rule, when, places }: CompiledRule, views: Views, budget: Budget, refused: Refused[]): Decided {
  if (when.length > 0 && !when.some((select) => select(views.pruned, budget).length > 0))
    return { outcome: 'inapplicable', matched: [] };
  if (places.length === 0) return { outcome: 'met', matched: [] };
  for (const place of places) {
    const { holds, matched } = tryPlace(rule, place, views.pruned, budget, refused);
    if (holds) return { outcome: place.place.kind === 'fallback' ? 'weak' : 'met', place: place.place, matched };
  }
  if (views.unpruned === views.pruned) return { outcome: 'missing', matched: [] };
  for (const place of places) {
    const { holds, matched } = tryPlace(rule, place, views.unpruned, budget, []);
    if (!holds) continue;
    const uncertain = matched.some(({ tokens }) => isUnder(toPointer(tokens), views.unknownScopes));
    return uncertain
      ? { outcome: 'cannot-tell', matched: [], reason: 'unknown-context' }
      : { outcome: 'missing', matched: [], reason: 'undefined-terms' };
  }
  return { outcome: 'missing', matched: [] };
}

function isUnder(pointer: Pointer, scopes: Pointer[]): boolean {
  return scopes.some((scope) => pointer === scope || pointer.startsWith(`${scope}/`));
}

function tryPlace(
  rule: PackRule,
  { select, schema }: CompiledPlace,
  document: JsonValue,
  budget: Budget,
  refused: Refused[],
): { holds: boolean; matched: SelectedNode[] } {
  const nodes = select(document, budget);
  const matched: SelectedNode[] = [];
  for (const node of nodes)
    if (schema.accepts(node.value, budget)) matched.push(node);
    else refused.push({ node, schema });
  const holds = matched.length >= (rule.min ?? 1) && (!rule.every || matched.length === nodes.length);
  return { holds, matched };
}

/** Derived facts can only make an outcome worse (framework.md §2.2, step 5). */
function withFacts(rule: PackRule, decided: Decided, facts: Facts): Decided {
  if (decided.outcome === 'inapplicable') return decided;
  let current = decided;
  for (const { fact, ifFalse } of rule.derived ?? []) {
    if (current.outcome === 'missing') break;
    const { value } = facts[fact];
    if (value === 'unknown') current = { ...current, outcome: 'cannot-tell', reason: fact };
    else if (value === false && (ifFalse === 'missing' || current.outcome === 'met'))
      current = { ...current, outcome: ifFalse, reason: fact };
  }
  return current;
}

function findMistakes({ mistakes }: CompiledRule, document: JsonValue, budget: Budget): RuleResult['mistakes'] {
  if (mistakes.length === 0) return [];
  return mistakes
    .flatMap(({ say, select }) => select(document, budget).map(({ tokens }) => ({ pointer: toPointer(tokens), say })))
    .slice(0, maximumMistakes);
}
