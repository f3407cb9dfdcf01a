import type { z } from 'zod';
import { isJsonObject, type JsonObject, type JsonValue } from '../json/json.ts';

type Accepts = (value: JsonValue | undefined) => boolean;

/** Each schema's test, made once. */
const made = new WeakMap<z.core.$ZodType, Accepts>();

/**
 * A test that says whether a schema accepts a JSON value, made from the schema's own definition. A valid credential is the
 * rule, and this says so without building copies and findings, some ten times as fast; what it refuses, the schema explains.
 * Throws a TypeError for kinds of schema that no model of ours uses.
 */
export function acceptsOf(schema: z.core.$ZodType): Accepts {
  const known = made.get(schema);
  if (known !== undefined) return known;
  const base = acceptsType(schema);
  const checks = (schema._zod.def.checks ?? []).map(acceptsCheck);
  const test: Accepts =
    checks.length === 0 ? base : (value) => base(value) && checks.every((check) => check(value as JsonValue));
  made.set(schema, test);
  return test;
}

function acceptsType(schema: z.core.$ZodType): Accepts {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  switch (def.type) {
    case 'string':
    case 'boolean':
      return (value) => typeof value === def.type;
    case 'number':
      return (value) => typeof value === 'number' && Number.isFinite(value);
    case 'unknown':
      return () => true;
    case 'literal':
      return (value) => def.values.includes(value as string);
    case 'enum': {
      const values = new Set<unknown>(Object.values(def.entries));
      return (value) => values.has(value);
    }
    case 'optional': {
      const inner = acceptsOf(def.innerType);
      return (value) => value === undefined || inner(value);
    }
    case 'union': {
      const options = def.options.map(acceptsOf);
      return (value) => options.some((option) => option(value));
    }
    case 'array': {
      const element = acceptsOf(def.element);
      return (value) => {
        if (!Array.isArray(value)) return false;
        for (const item of value) if (!element(item)) return false;
        return true;
      };
    }
    case 'object':
      return acceptsObject(def);
    default:
      throw new TypeError(`no test is made from schemas of type ${def.type}`);
  }
}

function acceptsObject({ shape, catchall }: z.core.$ZodObjectDef): Accepts {
  // Profiles hold profiles, so members are looked at when first needed.
  let members: (readonly [string, Accepts])[] | undefined;
  const closed = catchall?._zod.def.type === 'never';
  return (value) => {
    if (!isJsonObject(value)) return false;
    members ??= Object.entries(shape).map(([key, schema]) => [key, acceptsOf(schema)] as const);
    for (const [key, accepts] of members) if (!accepts(value[key])) return false;
    return !closed || Object.keys(value).every((key) => Object.hasOwn(shape, key));
  };
}

function acceptsCheck(check: z.core.$ZodCheck<never>): (value: JsonValue) => boolean {
  const { def } = (check as unknown as z.core.$ZodChecks | z.core.$ZodCustom)._zod as { def: CheckDefinition };
  if (def.check === 'custom' && def.fn !== undefined) return def.fn;
  if (def.check === 'min_length' && def.minimum !== undefined) {
    const { minimum } = def;
    return (value) => (value as string | JsonValue[]).length >= minimum;
  }
  if (def.check === 'string_format' && def.pattern !== undefined) {
    const { pattern } = def;
    return (value) => pattern.test(value as string);
  }
  throw new TypeError(`no test is made from checks of type ${def.check}`);
}

interface CheckDefinition {
  check: string;
  fn?: (value: JsonValue | JsonObject) => boolean;
  minimum?: number;
  pattern?: RegExp;
}
