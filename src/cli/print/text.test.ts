import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { locateInJson } from './json-regions.ts';
import { drivesTerminal, safeJson, safeLine } from './safe-text.ts';
import { Terminal } from './terminal.ts';
import { displayWidth, wrap } from './wrap.ts';

const hostile = fc.string({
  unit: fc.constantFrom(
    'a',
    ' ',
    '\u001b',
    '[',
    '2',
    'J',
    '\u009b',
    '\u0007',
    '\r',
    '\n',
    '\u202e',
    '\u2028',
    '漢',
    '👩‍🏫',
    '\ud800',
  ),
});

describe('safe text', () => {
  it('never lets a control, an override or a line end through', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(safeLine(text)).not.toMatch(/[\p{Cc}\u2028-\u202e\u2066-\u2069]/u);
      }),
    );
    expect(safeLine('\u001b[2J\u001b]0;x\u0007Ana\nRuiz')).toBe('\\u001B[2J\\u001B]0;x\\u0007Ana Ruiz');
  });

  it('escapes JSON without changing the data', () => {
    fc.assert(
      fc.property(fc.jsonValue(), hostile, (value, text) => {
        const json = safeJson({ value, text });
        expect(drivesTerminal(json)).toBe(false);
        expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify({ value, text })));
      }),
    );
  });
});

describe('terminal', () => {
  const written = (env: Record<string, string>, columns: number, isTTY = true) => {
    let text = '';
    const terminal = new Terminal({ isTTY, columns, write: (chunk) => (text += String(chunk)) }, env);
    return { terminal, text: () => text };
  };

  it('keeps every line inside the width and loses nothing', () => {
    fc.assert(
      fc.property(hostile, fc.integer({ min: 32, max: 120 }), (text, columns) => {
        const { terminal, text: output } = written({}, columns);
        terminal.text(text, '  → ', '    ');
        for (const line of output().split('\n')) expect(displayWidth(line)).toBeLessThanOrEqual(Math.min(columns, 100));
        expect(output()).not.toContain('\u001b');
      }),
    );
  });

  it('colours only a terminal that wants it', () => {
    const colours = (env: Record<string, string>, isTTY: boolean) => {
      const { terminal, text } = written(env, 80, isTTY);
      terminal.text('x', '', '', 'failed');
      return text().includes('\u001b');
    };
    expect(colours({}, true)).toBe(true);
    expect(colours({}, false)).toBe(false);
    expect(colours({ NO_COLOR: '1' }, true)).toBe(false);
    expect(colours({ TERM: 'dumb' }, true)).toBe(false);
  });

  it('breaks words that are wider than the line', () => {
    expect(wrap('did:key:z6Mkabcdefghij', 8)).toEqual(['did:key:', 'z6Mkabcd', 'efghij']);
    expect(wrap('', 8)).toEqual(['']);
    expect(displayWidth('漢字')).toBe(4);
  });
});

describe('locateInJson', () => {
  const text = '{\n  "a/b": [1, {"é": "x"}],\n  "c": {}\n}';
  it('finds values by pointer, and the nearest around what is missing', () => {
    const locate = locateInJson(text);
    const cut = (pointer: string) => {
      const { startLine, startColumn, endLine, endColumn } = locate(pointer);
      const lines = text.split('\n');
      if (startLine !== endLine) return null;
      return lines[startLine - 1]?.slice(startColumn - 1, endColumn - 1);
    };
    expect(cut('/a~1b/0')).toBe('1');
    expect(cut('/a~1b/1/é')).toBe('"x"');
    expect(cut('/c')).toBe('{}');
    expect(cut('/c/d/e')).toBe('{}');
    expect(locate('/a~1b').startLine).toBe(2);
    expect(locate('')).toEqual({ startLine: 1, startColumn: 1, endLine: 4, endColumn: 2 });
  });

  it('agrees with JSON.parse for any JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.boolean(), (value, pretty) => {
        const json = JSON.stringify(value, null, pretty ? 2 : 0);
        const locate = locateInJson(json);
        const walk = (part: unknown, pointer: string): void => {
          const { startLine, startColumn, endLine, endColumn } = locate(pointer);
          const lines = json.split('\n');
          const found = lines.slice(startLine - 1, endLine);
          found[found.length - 1] = found[found.length - 1]?.slice(0, endColumn - 1) ?? '';
          found[0] = found[0]?.slice(startColumn - 1) ?? '';
          expect(JSON.parse(found.join('\n'))).toEqual(part);
          if (typeof part === 'object' && part !== null)
            for (const [key, member] of Object.entries(part))
              walk(member, `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`);
        };
        walk(JSON.parse(json), '');
      }),
    );
  });
});
