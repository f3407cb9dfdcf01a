import { type JSONPathQuery, jsonpath } from 'json-p3';
import { isJsonObject, type JsonValue } from '../json/json.ts';
import { type Budget, LimitReached, nodesPerRule, spend } from './budget.ts';
import type { Select, SelectedNode } from './json-path.ts';

const { expressions, selectors } = jsonpath;

type Selector = JSONPathQuery['segments'][number]['selectors'][number];
type Expression = InstanceType<typeof expressions.FilterExpression>;

interface Run {
  root: JsonValue;
  budget: Budget;
  /** Where the walk stands. */
  tokens: (string | number)[];
  nodes: SelectedNode[];
}
/** Goes on from one value to what the rest of the path selects below it. */
type Step = (value: JsonValue, run: Run) => void;
type Test = (current: JsonValue, run: Run) => boolean;
/** What a singular query leads to; undefined for nothing. */
type Lookup = (current: JsonValue, run: Run) => JsonValue | undefined;

/**
 * The paths that packs are made of (names, indexes, wildcards, filters of existence and equality), as nested functions over
 * the parsed query: rules ask some hundred of them of every credential. Undefined for a query with anything else.
 */
export function compileDirect(query: JSONPathQuery): Select | undefined {
  const step = stepsOf(query, keep);
  if (step === undefined) return undefined;
  return (document, budget) => {
    const run: Run = { root: document, budget, tokens: [], nodes: [] };
    step(document, run);
    return run.nodes;
  };
}

const keep: Step = (value, { nodes, tokens }) => {
  if (nodes.length >= nodesPerRule) throw new LimitReached();
  nodes.push({ value, tokens: tokens.slice() });
};

function stepsOf(query: JSONPathQuery, last: Step): Step | undefined {
  let next: Step | undefined = last;
  for (const segment of query.segments.toReversed()) {
    const [selector, ...more] = segment.selectors;
    if (selector === undefined || more.length > 0 || isDescendant(segment)) return undefined;
    next = stepOf(selector, next);
    if (next === undefined) return undefined;
  }
  return next;
}

/** The classes of segments are not exported. */
const isDescendant = (segment: JSONPathQuery['segments'][number]) => segment.toString().startsWith('..');

function stepOf(selector: Selector, next: Step): Step | undefined {
  if (selector instanceof selectors.NameSelector) {
    const { name } = selector;
    return (value, run) => {
      spend(run.budget, 1);
      if (!isJsonObject(value) || !Object.hasOwn(value, name)) return;
      run.tokens.push(name);
      next(value[name] as JsonValue, run);
      run.tokens.pop();
    };
  }
  if (selector instanceof selectors.WildcardSelector) return eachMember(() => true, next);
  if (selector instanceof selectors.FilterSelector) {
    const test = testOf(selector.expression);
    return test && eachMember(test, next);
  }
  return undefined;
}

function eachMember(test: Test, next: Step): Step {
  return (value, run) => {
    spend(run.budget, sizeOf(value));
    if (typeof value !== 'object' || value === null) return;
    const isList = Array.isArray(value);
    for (const [token, member] of isList ? value.entries() : Object.entries(value)) {
      if (!test(member, run)) continue;
      run.tokens.push(token);
      next(member, run);
      run.tokens.pop();
    }
  };
}

/** What looking at every member of a value costs. */
export function sizeOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 1;
  return 1 + (Array.isArray(value) ? value.length : Object.keys(value).length);
}

function testOf(expression: Expression): Test | undefined {
  if (expression instanceof expressions.LogicalExpression) return testOf(expression.expression);
  if (expression instanceof expressions.FilterQuery) {
    const lookup = lookupOf(expression);
    return lookup && ((current, run) => lookup(current, run) !== undefined);
  }
  if (expression instanceof expressions.PrefixExpression) {
    const test = expression.operator === '!' ? testOf(expression.right) : undefined;
    return test && ((current, run) => !test(current, run));
  }
  if (!(expression instanceof expressions.InfixExpression)) return undefined;
  const { operator, left, right } = expression;
  if (operator === '&&' || operator === '||') {
    const [one, other] = [testOf(left), testOf(right)];
    if (one === undefined || other === undefined) return undefined;
    return operator === '&&'
      ? (current, run) => one(current, run) && other(current, run)
      : (current, run) => one(current, run) || other(current, run);
  }
  const lookup = left instanceof expressions.FilterQuery ? lookupOf(left) : undefined;
  if (lookup === undefined || !(right instanceof expressions.StringLiteral)) return undefined;
  const { value } = right;
  if (operator === '==') return (current, run) => lookup(current, run) === value;
  if (operator === '!=') return (current, run) => lookup(current, run) !== value;
  return undefined;
}

function lookupOf(query: InstanceType<typeof expressions.FilterQuery>): Lookup | undefined {
  const steps: ((value: JsonValue, budget: Budget) => JsonValue | undefined)[] = [];
  for (const segment of query.path.segments) {
    const [selector, ...more] = segment.selectors;
    if (more.length > 0 || isDescendant(segment)) return undefined;
    if (selector instanceof selectors.NameSelector) {
      const { name } = selector;
      steps.push((value, budget) => {
        spend(budget, 1);
        return isJsonObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
      });
    } else if (selector instanceof selectors.IndexSelector) {
      const { index } = selector;
      steps.push((value, budget) => {
        spend(budget, sizeOf(value));
        return Array.isArray(value) ? value.at(index) : undefined;
      });
    } else return undefined;
  }
  const fromRoot = query instanceof expressions.RootQuery;
  return (current, run) => {
    let value: JsonValue | undefined = fromRoot ? run.root : current;
    for (const step of steps) {
      if (value === undefined) return undefined;
      value = step(value, run.budget);
    }
    return value;
  };
}
