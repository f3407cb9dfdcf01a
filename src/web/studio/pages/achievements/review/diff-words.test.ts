import { describe, expect, it } from 'vitest';
import { diffWords } from './diff-words.ts';

const text = (runs: ReturnType<typeof diffWords>, ...kinds: string[]) =>
  runs
    .filter(({ kind }) => kinds.includes(kind))
    .map((run) => run.text)
    .join('');

describe('words that were taken out and put in', () => {
  it.each([
    ['at least six sites and three visits', 'at least eight sites and three visits, one at night'],
    ['', 'all of it'],
    ['all of it', ''],
    ['a b c', 'c b a'],
    ['same', 'same'],
    ['line one\nline  two', 'line one\n\nline two'],
  ])('gives both texts back: %j and %j', (before, after) => {
    const runs = diffWords(before, after);
    expect(text(runs, 'same', 'out')).toBe(before);
    expect(text(runs, 'same', 'in')).toBe(after);
  });

  it('marks only what differs, and shows very long texts whole', () => {
    const runs = diffWords('at least six sites', 'at least eight sites');
    expect(text(runs, 'out')).toBe('six');
    expect(text(runs, 'in')).toBe('eight');
    const long = 'word '.repeat(2000);
    expect(diffWords(long, `${long}more`).map(({ kind }) => kind)).toEqual(['out', 'in']);
  });
});
