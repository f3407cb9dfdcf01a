import { describe, expect, it } from 'vitest';
import { Misuse, worstExitCode } from './exit-code.ts';
import { type OptionSpecs, parseOptions } from './options.ts';
import { suggest } from './suggest.ts';

const specs = {
  json: { type: 'boolean', say: '' },
  out: { type: 'string', short: 'o', value: 'file', say: '' },
  trust: { type: 'string', multiple: true, say: '' },
  format: { type: 'string', choices: ['json', 'sarif'], say: '' },
} as const satisfies OptionSpecs;

const misuse = (args: string[]) => {
  try {
    parseOptions(args, specs);
  } catch (error) {
    if (error instanceof Misuse) return error;
    throw error;
  }
  throw new Error('accepted');
};

describe('parseOptions', () => {
  it('reads options anywhere, several values, and - as an input', () => {
    expect(parseOptions(['a.json', '--json', '-o', '-', '--trust=x', '--trust', 'y', '-', '--', '--b'], specs)).toEqual(
      {
        values: { json: true, out: '-', trust: ['x', 'y'], format: undefined },
        positionals: ['a.json', '-', '--b'],
      },
    );
  });

  it.each([
    [['--jsn'], '--json'],
    [['--tust', 'x'], '--trust'],
    [['--format', 'sarf'], '"sarif"'],
  ])('suggests what was meant: %s', (args, near) => {
    expect(misuse(args).message).toContain(`Did you mean ${near}?`);
  });

  it.each([
    [['--nonsense-of-all-kinds']],
    [['-x']],
    [['--out']],
    [['--out', '--json']],
    [['--out=']],
    [['--json=yes']],
    [['--out', 'a', '--out', 'b']],
    [['--constructor']],
    [['--__proto__', 'x']],
  ])('refuses %s', (args) => {
    expect(misuse(args).message).not.toBe('');
  });
});

describe('suggest', () => {
  it('is silent when nothing is near', () => {
    expect(suggest('verfy', ['verify', 'issue'])).toBe('verify');
    expect(suggest('xyz', ['verify', 'issue'])).toBeUndefined();
    expect(suggest('', ['verify'])).toBeUndefined();
  });
});

describe('worstExitCode', () => {
  it('puts failed before cannot tell, and misuse before both', () => {
    expect(worstExitCode([])).toBe(0);
    expect(worstExitCode([0, 2])).toBe(2);
    expect(worstExitCode([2, 1, 0])).toBe(1);
    expect(worstExitCode([1, 3, 2])).toBe(3);
  });
});
