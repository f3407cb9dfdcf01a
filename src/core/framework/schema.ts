import type { FindingCode, Pointer } from '../finding.ts';
import { isJsonObject, type JsonObject, type JsonValue, showJson } from '../json/json.ts';
import { toPointer } from '../json/pointer.ts';
import { type Budget, spend } from './budget.ts';
import { type Matches, maximumPatternLength, type PatternEngine } from './pattern-engine.ts';

// An interpreter of our own over a closed set of keywords: none of the published ones lets us put a linear-time engine in
// place of RegExp, and packs written by institutions must not be able to hang a verifier.

export interface SchemaError {
  keyword: string;
  /** Where, relative to the validated node. */
  tokens: (string | number)[];
  detail: string;
}

export interface SchemaFault {
  code: FindingCode;
  pointer: Pointer;
  params: Record<string, string | number>;
}

/** A compiled schema. Whether it accepts a value is asked often; why not, only where somebody reads the answer. */
export interface Check {
  accepts(value: JsonValue, budget: Budget): boolean;
  /** Everything that is wrong; nothing when it accepts. */
  explain(value: JsonValue, budget: Budget): SchemaError[];
}

const maximumSchemaDepth = 40;
const typeTests: Readonly<Record<string, (value: JsonValue) => boolean>> = {
  string: (value) => typeof value === 'string',
  number: (value) => typeof value === 'number',
  integer: Number.isInteger,
  boolean: (value) => typeof value === 'boolean',
  null: (value) => value === null,
  array: Array.isArray,
  object: isJsonObject,
};

/** Compile the JSON Schemas of one pack, JSON Schema 2020-12 over the keywords below; `format` is not asserted. */
export class SchemaCompiler {
  readonly faults: SchemaFault[] = [];
  readonly #patterns: PatternEngine;
  readonly #definitions: JsonObject;
  readonly #compiled = new Map<string, Check>();
  readonly #open = new Set<string>();

  constructor(patterns: PatternEngine, definitions: JsonObject = {}) {
    this.#patterns = patterns;
    this.#definitions = definitions;
    for (const name of Object.keys(definitions)) this.#reference(name, ['$defs', name]);
  }

  /** `tokens` is where the schema stands in the pack file; what is wrong is added to `faults`. */
  compile(schema: JsonValue, tokens: (string | number)[]): Check {
    return this.#schema(schema, tokens, 0);
  }

  #fault(code: FindingCode, tokens: (string | number)[], params: Record<string, string | number> = {}): Check {
    this.faults.push({ code, pointer: toPointer(tokens), params });
    return assert(
      () => true,
      () => failure('', ''),
    );
  }

  #schema(schema: JsonValue, tokens: (string | number)[], depth: number): Check {
    if (depth > maximumSchemaDepth) return this.#fault('pack-schema-too-deep', tokens, { limit: maximumSchemaDepth });
    if (typeof schema === 'boolean')
      return assert(
        () => schema,
        (value) => failure('false', value),
      );
    if (!isJsonObject(schema)) return this.#fault('pack-schema-not-object', tokens);
    const checks: Check[] = [];
    for (const [keyword, value] of Object.entries(schema)) {
      if (keyword.startsWith('x-')) continue;
      const at = [...tokens, keyword];
      const check = this.#keyword(keyword, value, schema, at, depth);
      if (check !== undefined) checks.push(check);
    }
    return {
      accepts(value, budget) {
        spend(budget, 1);
        for (const check of checks) if (!check.accepts(value, budget)) return false;
        return true;
      },
      explain(value, budget) {
        spend(budget, 1);
        return checks.flatMap((check) => check.explain(value, budget));
      },
    };
  }

  #reference(name: string, tokens: (string | number)[]): Check {
    const known = this.#compiled.get(name);
    if (known !== undefined) return known;
    if (this.#open.has(name)) return this.#fault('pack-schema-cyclic', tokens, { name });
    this.#open.add(name);
    const check = this.#schema(this.#definitions[name]!, ['$defs', name], 0);
    this.#open.delete(name);
    this.#compiled.set(name, check);
    return check;
  }

  #keyword(
    keyword: string,
    value: JsonValue,
    schema: JsonObject,
    at: (string | number)[],
    depth: number,
  ): Check | undefined {
    const wrong = () => this.#fault('pack-schema-keyword-value', at, { keyword });
    switch (keyword) {
      case '$comment':
      case 'title':
      case 'description':
      case 'format':
        return undefined;
      case '$ref': {
        const name = typeof value === 'string' ? /^#\/\$defs\/([^/~%]+)$/.exec(value)?.[1] : undefined;
        if (name === undefined || !Object.hasOwn(this.#definitions, name))
          return this.#fault('pack-schema-reference', at, { reference: showJson(value) });
        return this.#reference(name, at);
      }
      case 'type': {
        const names = Array.isArray(value) ? value : [value];
        if (names.length === 0 || !names.every((name) => typeof name === 'string' && Object.hasOwn(typeTests, name)))
          return wrong();
        const tests = names.map((name) => typeTests[name as string]!);
        return assert(
          (node) => tests.some((test) => test(node)),
          () => failure('type', names.join(' or ')),
        );
      }
      case 'const':
        return assert(
          (node, budget) => equal(node, value, budget),
          () => failure('const', value),
        );
      case 'enum':
        if (!Array.isArray(value)) return wrong();
        return assert(
          (node, budget) => value.some((item) => equal(node, item, budget)),
          () => failure('enum', value),
        );
      case 'required':
        if (!isTextList(value)) return wrong();
        return {
          accepts: (node) => !isJsonObject(node) || value.every((name) => Object.hasOwn(node, name)),
          explain: (node) =>
            isJsonObject(node)
              ? value.filter((name) => !Object.hasOwn(node, name)).map((name) => failure('required', name))
              : [],
        };
      case 'properties':
        return isJsonObject(value) ? this.#properties(value, at, depth) : wrong();
      case 'additionalProperties': {
        const known = isJsonObject(schema.properties) ? schema.properties : {};
        const check = this.#schema(value, at, depth + 1);
        const others = (node: JsonValue) =>
          isJsonObject(node) ? Object.entries(node).filter(([name]) => !Object.hasOwn(known, name)) : [];
        return {
          accepts: (node, budget) => others(node).every(([, member]) => check.accepts(member, budget)),
          explain: (node, budget) =>
            others(node).flatMap(([name, member]) => under(name, check.explain(member, budget))),
        };
      }
      case 'items': {
        const check = this.#schema(value, at, depth + 1);
        return {
          accepts: (node, budget) => !Array.isArray(node) || node.every((item) => check.accepts(item, budget)),
          explain: (node, budget) =>
            Array.isArray(node) ? node.flatMap((item, index) => under(index, check.explain(item, budget))) : [],
        };
      }
      case 'contains': {
        const check = this.#schema(value, at, depth + 1);
        return assert(
          (node, budget) => !Array.isArray(node) || node.some((item) => check.accepts(item, budget)),
          (node) => failure('contains', (node as JsonValue[]).length),
        );
      }
      case 'pattern':
        return this.#pattern(value, at);
      case 'allOf':
      case 'anyOf':
      case 'oneOf':
        return Array.isArray(value) && value.length > 0 ? this.#combined(keyword, value, at, depth) : wrong();
      case 'not': {
        const check = this.#schema(value, at, depth + 1);
        return assert(
          (node, budget) => !check.accepts(node, budget),
          () => failure('not', ''),
        );
      }
    }
    const bound = bounds[keyword];
    if (bound === undefined) return this.#fault('pack-schema-keyword', at, { keyword });
    if (typeof value !== 'number' || (bound.count && (!Number.isInteger(value) || value < 0))) return wrong();
    return assert(
      (node) => bound.holds(node, value),
      () => failure(keyword, String(value)),
    );
  }

  #properties(value: JsonObject, at: (string | number)[], depth: number): Check {
    const members = Object.entries(value).map(
      ([name, schema]) => [name, this.#schema(schema, [...at, name], depth + 1)] as const,
    );
    return {
      accepts(node, budget) {
        if (!isJsonObject(node)) return true;
        for (const [name, check] of members)
          if (Object.hasOwn(node, name) && !check.accepts(node[name]!, budget)) return false;
        return true;
      },
      explain: (node, budget) =>
        isJsonObject(node)
          ? members.flatMap(([name, check]) =>
              Object.hasOwn(node, name) ? under(name, check.explain(node[name]!, budget)) : [],
            )
          : [],
    };
  }

  #combined(keyword: 'allOf' | 'anyOf' | 'oneOf', value: JsonValue[], at: (string | number)[], depth: number): Check {
    const checks = value.map((schema, index) => this.#schema(schema, [...at, index], depth + 1));
    if (keyword === 'allOf')
      return {
        accepts: (node, budget) => checks.every((check) => check.accepts(node, budget)),
        explain: (node, budget) => checks.flatMap((check) => check.explain(node, budget)),
      };
    if (keyword === 'anyOf')
      return assert(
        (node, budget) => checks.some((check) => check.accepts(node, budget)),
        () => failure('anyOf', 0),
      );
    const valid = (node: JsonValue, budget: Budget) => checks.filter((check) => check.accepts(node, budget)).length;
    return assert(
      (node, budget) => valid(node, budget) === 1,
      (node, budget) => failure('oneOf', valid(node, budget)),
    );
  }

  #pattern(value: JsonValue, at: (string | number)[]): Check {
    if (typeof value !== 'string') return this.#fault('pack-schema-keyword-value', at, { keyword: 'pattern' });
    if (value.length > maximumPatternLength)
      return this.#fault('pack-pattern-too-long', at, { limit: maximumPatternLength });
    const matches: Matches | undefined = this.#patterns.compilePattern(value);
    if (matches === undefined) return this.#fault('pack-pattern', at, { pattern: value });
    return assert(
      (node, budget) => {
        if (typeof node !== 'string') return true;
        spend(budget, 1 + Math.floor(node.length / 64));
        return matches(node);
      },
      () => failure('pattern', value),
    );
  }
}

const length = (text: string) => [...text].length;

const bounds: Record<string, { count: boolean; holds: (node: JsonValue, bound: number) => boolean }> = {
  minItems: { count: true, holds: (node, bound) => !Array.isArray(node) || node.length >= bound },
  maxItems: { count: true, holds: (node, bound) => !Array.isArray(node) || node.length <= bound },
  minLength: { count: true, holds: (node, bound) => typeof node !== 'string' || length(node) >= bound },
  maxLength: { count: true, holds: (node, bound) => typeof node !== 'string' || length(node) <= bound },
  minimum: { count: false, holds: (node, bound) => typeof node !== 'number' || node >= bound },
  maximum: { count: false, holds: (node, bound) => typeof node !== 'number' || node <= bound },
  exclusiveMinimum: { count: false, holds: (node, bound) => typeof node !== 'number' || node > bound },
  exclusiveMaximum: { count: false, holds: (node, bound) => typeof node !== 'number' || node < bound },
};

function assert(accepts: Check['accepts'], fault: (value: JsonValue, budget: Budget) => SchemaError): Check {
  return { accepts, explain: (value, budget) => (accepts(value, budget) ? [] : [fault(value, budget)]) };
}

function failure(keyword: string, detail: JsonValue): SchemaError {
  return { keyword, tokens: [], detail: typeof detail === 'string' ? detail : JSON.stringify(detail).slice(0, 200) };
}

function under(token: string | number, errors: SchemaError[]): SchemaError[] {
  return errors.map((error) => ({ ...error, tokens: [token, ...error.tokens] }));
}

function isTextList(value: JsonValue): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function equal(left: JsonValue, right: JsonValue, budget: Budget): boolean {
  spend(budget, 1);
  if (left === right) return true;
  if (Array.isArray(left))
    return (
      Array.isArray(right) &&
      left.length === right.length &&
      left.every((item, index) => equal(item, right[index]!, budget))
    );
  if (!isJsonObject(left) || !isJsonObject(right)) return false;
  const names = Object.keys(left);
  return (
    names.length === Object.keys(right).length &&
    names.every((name) => Object.hasOwn(right, name) && equal(left[name]!, right[name]!, budget))
  );
}
