import { FunctionExpressionType, JSONPathEnvironment, JSONPathError, type JSONPathQuery, jsonpath } from 'json-p3';
import type { JsonValue } from '../json/json.ts';
import { type Budget, LimitReached, nodesPerRule, spend } from './budget.ts';
import { compileDirect, sizeOf } from './direct-path.ts';
import type { Matches, PatternEngine } from './pattern-engine.ts';

export const maximumPathLength = 500;

export interface SelectedNode {
  value: JsonValue;
  tokens: (string | number)[];
}

export type Select = (document: JsonValue, budget: Budget) => SelectedNode[];

type Expression = InstanceType<typeof jsonpath.expressions.FilterExpression>;

const { expressions, selectors, functions } = jsonpath;

/** `match` or `search` with the pack's engine. A wrong pattern matches nothing, RFC 9535 §2.4.6. */
function patternFunction(patterns: PatternEngine, whole: boolean) {
  const compiled = new Map<string, Matches | undefined>();
  return {
    argTypes: [FunctionExpressionType.ValueType, FunctionExpressionType.ValueType],
    returnType: FunctionExpressionType.LogicalType,
    call(text: unknown, pattern: unknown): boolean {
      if (typeof text !== 'string' || typeof pattern !== 'string') return false;
      if (!compiled.has(pattern)) {
        // Patterns may come from the credential, so the memory of them is bounded.
        if (compiled.size >= 100) compiled.clear();
        compiled.set(pattern, isIRegexp(pattern) ? patterns.compileIRegexp(pattern, whole) : undefined);
      }
      return compiled.get(pattern)?.(text) ?? false;
    },
  };
}

const grammar = new functions.Match({ throwErrors: true, iRegexpCheck: true, cacheSize: 0 });

function isIRegexp(pattern: string): boolean {
  try {
    grammar.call('', pattern);
    return true;
  } catch {
    return false;
  }
}

const environments = new WeakMap<PatternEngine, JSONPathEnvironment>();

function environmentOf(patterns: PatternEngine): JSONPathEnvironment {
  const known = environments.get(patterns);
  if (known !== undefined) return known;
  const environment = new JSONPathEnvironment();
  environment.functionRegister.set('match', patternFunction(patterns, true));
  environment.functionRegister.set('search', patternFunction(patterns, false));
  environments.set(patterns, environment);
  return environment;
}

/**
 * Compile a JSONPath of a pack (RFC 9535). Undefined when it does not parse or holds a pattern that is no I-Regexp.
 * The returned function throws LimitReached when the rule's budget is used up.
 */
export function compilePath(path: string, patterns: PatternEngine): Select | undefined {
  if (!path.startsWith('$') || path.length > maximumPathLength) return undefined;
  let current: Budget = { steps: 0 };
  let query: JSONPathQuery;
  try {
    query = environmentOf(patterns).compile(path);
    const direct = compileDirect(query);
    if (direct !== undefined) return direct;
    meterQuery(query, patterns, (steps) => spend(current, steps));
  } catch (error) {
    if (error instanceof JSONPathError || error instanceof NotIRegexp) return undefined;
    throw error;
  }
  return (document, budget) => {
    current = budget;
    const nodes: SelectedNode[] = [];
    try {
      for (const node of query.lazyQuery(document)) {
        if (nodes.length >= nodesPerRule) throw new LimitReached();
        nodes.push({ value: node.value as JsonValue, tokens: node.location });
      }
    } catch (error) {
      // What remains at run time is the depth limit of the descendant segment.
      if (error instanceof JSONPathError) throw new LimitReached();
      throw error;
    }
    return nodes;
  };
}

class NotIRegexp extends Error {}

/** The library counts nothing, and `$..*..*` or a query inside a filter multiplies; so every selector pays first. */
function meterQuery(query: JSONPathQuery, patterns: PatternEngine, pay: (steps: number) => void): void {
  for (const segment of query.segments)
    for (const selector of segment.selectors) {
      const { resolve, lazyResolve } = selector;
      const cost = selector instanceof selectors.NameSelector ? () => 1 : sizeOf;
      selector.resolve = (node) => {
        pay(cost(node.value));
        return resolve.call(selector, node);
      };
      selector.lazyResolve = (node) => {
        pay(cost(node.value));
        return lazyResolve.call(selector, node);
      };
      if (selector instanceof selectors.FilterSelector) meterExpression(selector.expression, patterns, pay);
    }
}

function meterExpression(expression: Expression, patterns: PatternEngine, pay: (steps: number) => void): void {
  if (expression instanceof expressions.FilterQuery) meterQuery(expression.path, patterns, pay);
  else if (expression instanceof expressions.LogicalExpression) meterExpression(expression.expression, patterns, pay);
  else if (expression instanceof expressions.PrefixExpression) meterExpression(expression.right, patterns, pay);
  else if (expression instanceof expressions.InfixExpression) {
    meterExpression(expression.left, patterns, pay);
    meterExpression(expression.right, patterns, pay);
  } else if (expression instanceof expressions.FunctionExtension) {
    const [, pattern] = expression.args;
    if (/^(match|search)$/.test(expression.name) && pattern instanceof expressions.StringLiteral)
      if (!isIRegexp(pattern.value) || patterns.compileIRegexp(pattern.value, true) === undefined)
        throw new NotIRegexp();
    for (const argument of expression.args) meterExpression(argument, patterns, pay);
  }
}
