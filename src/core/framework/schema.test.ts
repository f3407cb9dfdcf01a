import Ajv from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject, JsonValue } from '../json/json.ts';
import { compilePattern, linearPatterns } from './linear-patterns.ts';
import { SchemaCompiler } from './schema.ts';

const budget = () => ({ steps: 200_000 });

function accepts(schema: JsonValue, value: JsonValue, definitions: JsonObject = {}): boolean {
  const compiler = new SchemaCompiler(linearPatterns, definitions);
  const check = compiler.compile(schema, []);
  expect(compiler.faults).toEqual([]);
  const accepted = check.accepts(value, budget());
  expect(check.explain(value, budget()).length === 0).toBe(accepted);
  return accepted;
}

const scalar = fc.oneof(
  fc.constantFrom<JsonValue[]>(null, true, false, '', 'a', 'ab', '😀', ' ', 0, 1, 2.5),
  fc.string(),
);
const { value } = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    scalar,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('value')),
  ),
}));

const names = fc.constantFrom('a', 'b', 'c');
const { schema } = fc.letrec<{ schema: JsonValue }>((tie) => ({
  schema: fc.oneof(
    { depthSize: 'small' },
    fc.boolean(),
    fc
      .record<Record<string, JsonValue>>(
        {
          type: fc.constantFrom<JsonValue[]>('string', 'number', 'integer', 'boolean', 'null', 'array', 'object', [
            'string',
            'null',
          ]),
          const: scalar,
          enum: fc.uniqueArray(scalar, { minLength: 1, maxLength: 3 }),
          required: fc.uniqueArray(names, { maxLength: 2 }),
          minItems: fc.nat(3),
          maxItems: fc.nat(3),
          minLength: fc.nat(3),
          maxLength: fc.nat(3),
          minimum: fc.integer({ min: -2, max: 3 }),
          exclusiveMaximum: fc.integer({ min: -2, max: 3 }),
          pattern: fc.constantFrom('\\S', '^a', 'b$', '^[a-z]+$'),
          properties: fc.dictionary(names, tie('schema'), { maxKeys: 2 }),
          additionalProperties: tie('schema'),
          items: tie('schema'),
          contains: tie('schema'),
          allOf: fc.array(tie('schema'), { minLength: 1, maxLength: 2 }),
          anyOf: fc.array(tie('schema'), { minLength: 1, maxLength: 2 }),
          oneOf: fc.array(tie('schema'), { minLength: 1, maxLength: 2 }),
          not: tie('schema'),
        },
        { requiredKeys: [] },
      )
      .map((members) => members as JsonObject),
  ),
}));

describe('schema interpreter', () => {
  it('agrees with ajv on every keyword that it knows', () => {
    const ajv = new Ajv.default({ strict: false, validateFormats: false });
    fc.assert(
      fc.property(schema, value, (one, node) => {
        expect(accepts(one, node)).toBe(ajv.validate(one as object, node));
      }),
      { numRuns: 150 },
    );
  });

  it('follows references into $defs', () => {
    const definitions = {
      text: { type: 'string', minLength: 1 },
      named: { properties: { name: { $ref: '#/$defs/text' } } },
    };
    expect(accepts({ $ref: '#/$defs/named' }, { name: 'x' }, definitions)).toBe(true);
    expect(accepts({ $ref: '#/$defs/named' }, { name: '' }, definitions)).toBe(false);
  });

  it('does not assert format, and knows no inherited member', () => {
    expect(accepts({ format: 'uri' }, 'no uri')).toBe(true);
    expect(accepts({ required: ['toString'] }, {})).toBe(false);
    expect(accepts({ properties: { constructor: { type: 'string' } } }, {})).toBe(true);
  });

  it('names the keyword and the place of each error', () => {
    const check = new SchemaCompiler(linearPatterns).compile({ properties: { a: { items: { required: ['b'] } } } }, []);
    expect(check.explain({ a: [{ b: 1 }, {}] }, budget())).toEqual([
      { keyword: 'required', tokens: ['a', 1], detail: 'b' },
    ]);
  });
});

describe('patterns', () => {
  const sources = [
    '\\S',
    '^\\s*$',
    '^[^\\s/]+$',
    'a.b',
    '^.$',
    '[\\s\\S]',
    '^P(\\d+Y)?$',
    '(^|\\n)\\s*[-*+]\\s',
    '[[]',
    '[.]',
    '\\.',
    '\\u00e9',
    '^(a|b)+$',
    '[^\\S]',
  ];

  it('mean what ECMA-262 says', () => {
    const text = fc.oneof(
      fc.string(),
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('\u00a0', '\u2028', '\ufeff', 'a\nb', 'a\u2029b', '- x', '\u000b', '[', '.', 'é', 'P1Y', '😀'),
    );
    for (const source of sources)
      fc.assert(
        fc.property(text, (one) => {
          expect(compilePattern(source)?.(one), source).toBe(new RegExp(source, 'u').test(one));
        }),
        { numRuns: 100 },
      );
  });

  it('run in linear time', () => {
    const matches = compilePattern('^(a+)+$');
    expect(matches?.(`${'a'.repeat(100_000)}!`)).toBe(false);
  });
});
