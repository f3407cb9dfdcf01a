import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Finding, FindingCode } from '../finding.ts';
import { english } from './en/index.ts';
import { spanish } from './es/index.ts';
import { fillIn } from './fill-in.ts';
import { chooseLanguage, formatDate, readAcceptLanguage } from './language.ts';
import { renderFinding } from './render.ts';
import type { Words } from './words.ts';

/** Every text of a catalogue with where it stands. */
function textsOf(value: unknown, at = ''): [at: string, text: string][] {
  if (typeof value === 'string') return [[at, value]];
  return Object.entries(value as object).flatMap(([key, member]) => textsOf(member, `${at}/${key}`));
}

/** Names in braces; what stands after a colon is the forms that go with a number. */
const parametersOf = (text: string) => [...new Set([...text.matchAll(/\{(\w+)[:}]/g)].map(([, name]) => name))].sort();

const inEnglish = textsOf({ ...english, language: '' });
const inSpanish = new Map(textsOf({ ...spanish, language: '' }));

describe('the Spanish sentences', () => {
  it('are those of the English catalogue, with the same parameters', () => {
    expect([...inSpanish.keys()].sort()).toEqual(inEnglish.map(([at]) => at).sort());
    for (const [at, text] of inEnglish)
      expect([at, parametersOf(inSpanish.get(at) ?? '')]).toEqual([at, parametersOf(text)]);
  });

  it('are Spanish', () => {
    const names =
      /^\/(kindNames|durationUnits)\/|^\/(ruleSentences|masterySentences|answers|hallmarkReasons|classSentences)\//;
    const same = inEnglish.filter(
      ([at, text]) => !names.test(at) && inSpanish.get(at) === text && /[a-z]{4}/.test(text),
    );
    // The same words in both languages.
    expect(same.map(([, text]) => text)).toEqual([
      'Use https.',
      'Use {rewrite}.',
      'Use {rewrite}.',
      'Use {expected}.',
      'provisional',
    ]);
  });
});

const values = fc.oneof(fc.integer(), fc.double(), fc.stringMatching(/^[^{}]*$/));

/** A finding of any code with a value for each parameter of its sentence. */
const findings = fc.constantFrom(...(Object.keys(english.findings) as FindingCode[])).chain((code) => {
  const names = parametersOf(Object.values(english.findings[code]).join(' '));
  return fc
    .record(Object.fromEntries(names.map((name) => [name ?? '', values])))
    .map((params): Finding => ({ code, severity: 'error', params }));
});

describe('rendering a finding', () => {
  it.each<Words>([english, spanish])('fills in every name, whatever the values are: $language', (words) => {
    fc.assert(
      fc.property(findings, (finding) => {
        const { say, todo = '' } = renderFinding(finding, words);
        expect(`${say} ${todo}`).not.toMatch(/\{\w/);
        expect(`${say} ${todo}`).not.toContain('undefined');
      }),
    );
  });

  it('leaves braces in values alone', () => {
    expect(fillIn('{name}: {count}', { name: '{count}', count: 1 })).toBe('{count}: 1');
  });

  it('says why an address did not answer', () => {
    const finding: Finding = {
      code: 'input-not-fetched',
      severity: 'error',
      params: { url: 'https://x.example/', reason: 'http-status 404' },
    };
    expect(renderFinding(finding).say).toContain('HTTP status 404');
    expect(renderFinding(finding, spanish).say).toContain('estado HTTP 404');
  });
});

describe('numbers and dates', () => {
  it('choose the form that goes with the number', () => {
    const cells = (found: number, words: Words) =>
      renderFinding({ code: 'roster-cells-differ', severity: 'error', params: { found, expected: 3 } }, words).say;
    expect([0, 1, 2].map((found) => cells(found, english))).toEqual([
      'The row has 0 cells, the header has 3.',
      'The row has 1 cell, the header has 3.',
      'The row has 2 cells, the header has 3.',
    ]);
    expect([0, 1, 2].map((found) => cells(found, spanish))).toEqual([
      'La fila tiene 0 celdas; el encabezado, 3.',
      'La fila tiene 1 celda; el encabezado, 3.',
      'La fila tiene 2 celdas; el encabezado, 3.',
    ]);
  });

  it('write numbers as the language does', () => {
    expect(fillIn('{n}', { n: 20_000_000.5 }, 'en')).toBe('20,000,000.5');
    expect(fillIn('{n}', { n: 20_000_000.5 }, 'es')).toBe('20.000.000,5');
  });

  it('write dates as the language does, and leave what is no date', () => {
    expect(formatDate('2026-05-18T00:00:00Z', 'en')).toBe('18 May 2026');
    expect(formatDate('2026-05-18T00:00:00Z', 'es')).toBe('18 de mayo de 2026');
    expect(formatDate('2026-05-18T09:30:00Z', 'es')).toMatch(/^18 de mayo de 2026.*9:30.* UTC$/);
    expect(formatDate('soon', 'es')).toBe('soon');
  });
});

describe('choosing a language', () => {
  it.each([
    [['es'], 'es'],
    [['fr', 'es-MX', 'en'], 'es'],
    [['es_MX.UTF-8'], 'es'],
    [[undefined, null, 'ES'], 'es'],
    [['C', 'est'], 'en'],
    [[], 'en'],
  ] as const)('%j is %s', (wanted, language) => {
    expect(chooseLanguage(wanted)).toBe(language);
  });

  it('reads Accept-Language by weight, and what is no header', () => {
    expect(readAcceptLanguage('en;q=0.5, es-MX, fr;q=0')).toEqual(['es-MX', 'en']);
    expect(readAcceptLanguage(undefined)).toEqual([]);
    fc.assert(fc.property(fc.string(), (text) => Array.isArray(readAcceptLanguage(text))));
  });
});
