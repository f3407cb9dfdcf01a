import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from './canonical-json.ts';
import type { JsonValue } from './json.ts';
import { parseJson } from './parse-json.ts';
import { fromPointer, resolvePointer, toPointer } from './pointer.ts';

const code = (text: string | Uint8Array, limits = {}) => {
  const result = parseJson(text, limits);
  return result.ok ? 'ok' : `${result.finding.code} ${result.finding.pointer}`;
};

describe('parseJson', () => {
  it('reads what JSON.parse reads', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 6 }), (text) => {
        if (/"(__proto__|constructor|prototype)"\s*:/.test(text)) return;
        const result = parseJson(text);
        if (result.ok) expect(result.value).toEqual(JSON.parse(text));
        else expect(result.finding.code).toMatch(/json-(duplicate-member|lone-surrogate)/);
      }),
      { numRuns: 1000 },
    );
  });

  it('refuses what JSON.parse refuses, and never throws', () => {
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom(
            '{',
            '}',
            '[',
            ']',
            '"',
            ':',
            ',',
            '1',
            '-',
            '.',
            'e',
            't',
            'true',
            'null',
            ' ',
            '\\',
            'u',
            '\n',
            'é',
          ),
        }),
        (text) => {
          const result = parseJson(text);
          let oracle = true;
          try {
            JSON.parse(text);
          } catch {
            oracle = false;
          }
          if (result.ok) expect(oracle).toBe(true);
          else if (oracle) expect(result.finding.code).not.toBe('json-syntax');
        },
      ),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['a member twice', '{"a":{"b":1,"b":2}}', 'json-duplicate-member /a/b'],
    ['a member twice by an escape', '{"a":1,"\\u0061":2}', 'json-duplicate-member /a'],
    ['half a character', '{"a":"\\ud800"}', 'json-lone-surrogate /a'],
    ['a prototype', '[{"__proto__":{}}]', 'json-dangerous-name /0/__proto__'],
    ['a number without end', '[1e999]', 'json-number-too-large /0'],
    ['a cut text', '{"a":[1,', 'json-syntax /a/1'],
    ['something after the end', '{} x', 'json-syntax '],
    ['a control character', '"\u0001"', 'json-syntax '],
    ['a leading zero', '[01]', 'json-syntax /0'],
  ])('refuses %s', (_, text, expected) => expect(code(text)).toBe(expected));

  it('says the line and column', () => {
    expect(parseJson('{\n  "a": 1,\n  "a": 2\n}')).toMatchObject({
      ok: false,
      finding: { params: { name: 'a', line: 3, column: 3 } },
    });
  });

  it('bounds depth and size, and takes long texts without running out of stack', () => {
    expect(code('['.repeat(65) + ']'.repeat(65))).toMatch(/^json-too-deep/);
    expect(code('['.repeat(64) + ']'.repeat(64))).toBe('ok');
    expect(code('['.repeat(1_000_000))).toMatch(/^json-too-deep/);
    expect(code('"xxxx"', { maximumSize: 5 })).toBe('json-too-large ');
    expect(code(`{"a":"${'x'.repeat(5_000_000)}"}`)).toBe('ok');
    expect(code(`{"a":"${'\\n'.repeat(1_000_000)}"}`)).toBe('ok');
    expect(code(`[${'1,'.repeat(500_000)}1]`)).toBe('ok');
  });

  it('refuses bytes that are no UTF-8', () => {
    expect(code(Uint8Array.of(0x22, 0xff, 0x22))).toBe('json-not-utf8 ');
    expect(code(Uint8Array.of(0xef, 0xbb, 0xbf, 0x5b, 0x5d))).toBe('ok');
  });
});

describe('canonicalJson', () => {
  it('writes what another implementation writes', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        expect(canonicalJson(value as JsonValue)).toBe(canonicalize(value));
      }),
      { numRuns: 1000 },
    );
    const awkward = {
      '\u20ac': 1,
      '\r': 2,
      '\ufb33': 3,
      '1': 4,
      '\ud83d\ude00': 5,
      '\u0080': 6,
      ö: 7,
      numbers: [333333333.3333333, 1e30, 4.5, 2e-3, 1e-27, -0],
    };
    expect(canonicalJson(awkward)).toBe(canonicalize(awkward));
  });
});

describe('pointers', () => {
  it('go both ways', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (tokens) => {
        expect(fromPointer(toPointer(tokens))).toEqual(tokens);
      }),
    );
    expect(resolvePointer({ 'a/b': [{ '~': 1 }] }, '/a~1b/0/~0')).toBe(1);
    for (const pointer of ['/a', '/x/01', 'x', '/~2', '/x/-'])
      expect(resolvePointer({ x: [1] }, pointer)).toBeUndefined();
  });
});
