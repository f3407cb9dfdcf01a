import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffJson } from './diff-json.ts';
import type { JsonValue } from './json.ts';

describe('diffJson', () => {
  it.each<[string, JsonValue, JsonValue, unknown[]]>([
    ['nothing', { a: [1, { b: null }] }, { a: [1, { b: null }] }, []],
    ['another value', { a: 'x' }, { a: 'y' }, [{ change: 'changed', pointer: '/a', before: 'x', after: 'y' }]],
    [
      'what comes and goes, with odd names',
      { 'a/b': 1, toString: 2 },
      { '~': null, toString: 2 },
      [
        { change: 'added', pointer: '/~0', after: null },
        { change: 'removed', pointer: '/a~1b', before: 1 },
      ],
    ],
    [
      'entries by their id, wherever they stand',
      { list: [{ id: 'a', n: 1 }, { id: 'b' }, { id: 'c', n: 1 }] },
      { list: [{ id: 'c', n: 2 }, { id: 'a', n: 1 }, { id: 'd' }] },
      [
        { change: 'changed', pointer: '/list/0/n', before: 1, after: 2 },
        { change: 'added', pointer: '/list/2', after: { id: 'd' } },
        { change: 'removed', pointer: '/list/1', before: { id: 'b' } },
        { change: 'reordered', pointer: '/list', before: ['a', 'c'], after: ['c', 'a'] },
      ],
    ],
    [
      'alignments by what they point at',
      [{ targetUrl: 'u', targetName: 'x' }],
      [
        { targetUrl: 'v', targetName: 'y' },
        { targetUrl: 'u', targetName: 'z' },
      ],
      [
        { change: 'added', pointer: '/0', after: { targetUrl: 'v', targetName: 'y' } },
        { change: 'changed', pointer: '/1/targetName', before: 'x', after: 'z' },
      ],
    ],
    [
      'entries that share an id by place',
      [
        { id: 'a', n: 1 },
        { id: 'a', n: 2 },
      ],
      [{ id: 'a', n: 1 }],
      [{ change: 'removed', pointer: '/1', before: { id: 'a', n: 2 } }],
    ],
    [
      'lists of words whole',
      ['F', 'A'],
      ['F', 'C', 'A'],
      [{ change: 'changed', pointer: '', before: ['F', 'A'], after: ['F', 'C', 'A'] }],
    ],
  ])('%s', (_, before, after, expected) => {
    expect(diffJson(before, after)).toEqual(expected);
  });

  it('is empty exactly for equal documents', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (one, other) => {
        const [a, b] = [one, other].map((value) => JSON.parse(JSON.stringify(value)) as JsonValue) as [
          JsonValue,
          JsonValue,
        ];
        expect(diffJson(a, a)).toEqual([]);
        if (sorted(a) !== sorted(b)) expect(diffJson(a, b)).not.toEqual([]);
      }),
    );
  });
});

/** JSON with its members in one order. */
function sorted(value: JsonValue): string {
  return JSON.stringify(value, (_, inner) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner as object).sort(([one], [other]) => (one < other ? -1 : 1)))
      : inner,
  );
}
