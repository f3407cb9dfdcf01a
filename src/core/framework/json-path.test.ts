import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { query } from 'json-p3';
import { describe, expect, it } from 'vitest';
import type { JsonValue } from '../json/json.ts';
import { LimitReached } from './budget.ts';
import { compilePath } from './json-path.ts';
import { linearPatterns } from './linear-patterns.ts';

const document: JsonValue = {
  a: [
    { x: 1, n: 'abc' },
    { x: 2, n: 'zbc' },
  ],
  e: [1],
};
const select = (path: string, value: JsonValue = document) =>
  compilePath(path, linearPatterns)?.(value, { steps: 200_000 }).map(({ tokens }) => tokens.join('/'));

describe('JSONPath of packs', () => {
  it.each([
    ['$.a[*].x', ['a/0/x', 'a/1/x']],
    ['$.a[?@.x==2]', ['a/1']],
    ["$.a[?match(@.n, 'a.c')].n", ['a/0/n']],
    ["$.a[?match(@.n, 'b')]", []],
    ["$.a[?search(@.n, 'b')].x", ['a/0/x', 'a/1/x']],
    ['$.a[?!@.y && $.e[0]]', ['a/0', 'a/1']],
    ['$', ['']],
    ['$.none', []],
    ['$.toString', []],
  ])('%s', (path, expected) => {
    expect(select(path)).toEqual(expected);
  });

  it.each(['foo', '', '$.a[', "$.a[?search(@.n, '\\\\d')]", "$.a[?match(@.n, '(')]", '$.a[?unknown(@.n)]', '$.a.~'])(
    'refuses %s',
    (path) => {
      expect(compilePath(path, linearPatterns)).toBeUndefined();
    },
  );

  it('takes a pattern from the document without trusting it', () => {
    const hostile = { p: '(a+)+b', list: [{ n: `${'a'.repeat(50_000)}` }] };
    expect(select('$.list[?match(@.n, $.p)]', hostile)).toEqual([]);
  });

  it.each(['$..*..*..*..*..*', '$.a[?$.a[?$.a[?@.i > 0]]]', '$..[?$..[?$..*]]'])('ends %s by its budget', (path) => {
    let chain: JsonValue = 1;
    for (let depth = 0; depth < 40; depth += 1) chain = { c: chain };
    const wide = { chain, a: Array.from({ length: 300 }, (_, i) => ({ i, b: { c: { d: i } } })) };
    expect(() => compilePath(path, linearPatterns)?.(wide, { steps: 200_000 })).toThrow(LimitReached);
  });

  it('selects 10,000 nodes and no more', () => {
    const list = (length: number) => ({ a: Array.from({ length }, () => 0) });
    expect(select('$.a[*]', list(10_000))).toHaveLength(10_000);
    expect(() => select('$.a[*]', list(10_001))).toThrow(LimitReached);
    expect(() => select('$.a[?@ == 0]', list(300_000))).toThrow(LimitReached);
  });

  it('ends a deep document by its budget', () => {
    let deep: JsonValue = 1;
    for (let depth = 0; depth < 200; depth += 1) deep = { a: deep };
    expect(() => select('$..x', deep)).toThrow(LimitReached);
  });
});

describe('paths that are compiled', () => {
  const packs = join(import.meta.dirname, 'packs');
  const paths = readdirSync(packs)
    .flatMap((name) => readFileSync(join(packs, name), 'utf8').match(/"\$[.[][^"]*"/g) ?? [])
    .map((text) => JSON.parse(text) as string);
  const others = ['$', '$.a[*].b', "$.*[?@.a=='x']", "$.a[?!@.b || @.c.a!='x' && $.c[-1].a]", '$[*][*]'];

  /** What the library itself selects, RFC 9535. */
  const oracle = (path: string, value: JsonValue) =>
    query(path, value).nodes.map((node) => ({ value: node.value, tokens: node.location }));

  it('select what the library selects, on the fixtures', () => {
    const fixtures = resolve(import.meta.dirname, '../../../fixtures/trusted');
    const documents = readdirSync(fixtures)
      .filter((name) => name.endsWith('.json'))
      .map((name) => JSON.parse(readFileSync(join(fixtures, name), 'utf8')) as JsonValue);
    expect(paths.length * documents.length).toBeGreaterThan(500);
    for (const path of [...new Set(paths)])
      for (const document of documents)
        expect(compilePath(path, linearPatterns)?.(document, { steps: 200_000 }), path).toEqual(oracle(path, document));
  });

  it('select what the library selects, on any JSON', () => {
    const { json } = fc.letrec<{ json: JsonValue }>((tie) => ({
      json: fc.oneof(
        { depthSize: 'medium' },
        fc.constantFrom<JsonValue[]>('x', 'y', '', 0, false, null),
        fc.array(tie('json'), { maxLength: 4 }),
        fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('json')),
      ),
    }));
    fc.assert(
      fc.property(json, fc.constantFrom(...others), (value, path) => {
        expect(compilePath(path, linearPatterns)?.(value, { steps: 200_000 })).toEqual(oracle(path, value));
      }),
      { numRuns: 600 },
    );
  });
});
