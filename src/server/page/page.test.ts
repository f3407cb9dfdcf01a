import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { prefersHtml } from './accept.ts';
import { englishSpeech } from './language.ts';
import { link, testNote } from './parts.ts';
import { prose } from './prose.ts';

describe('prefersHtml', () => {
  it.each<[string | undefined, boolean]>([
    ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', true],
    ['application/json', false],
    ['application/ld+json, text/html;q=0.5', false],
    ['text/html;q=0.9, application/json;q=0.2', true],
    ['text/html;q=0', false],
    ['*/*', false],
    ['', false],
    [undefined, false],
  ])('%s', (accept, expected) => expect(prefersHtml(accept)).toBe(expected));
});

describe('prose', () => {
  it('makes paragraphs and lists, and nothing else', () => {
    expect(prose('# Title\none\ntwo\n\n- a\n  more\n- b\n\n1. x\n2) y\n\n[l](javascript:1) <b>').text).toBe(
      '<div class="prose"><p>Title one two</p><ul><li>a more</li><li>b</li></ul><ol><li>x</li><li>y</li></ol><p>[l](javascript:1) &lt;b&gt;</p></div>',
    );
  });

  it('keeps any text inert', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'-*1.) \n<>"&[]()#ab'.split('')) }), (text) => {
        expect(prose(text).text.replace(/<\/?(div( class="prose")?|p|ul|ol|li)>/g, '')).not.toMatch(/[<>"]/);
      }),
    );
  });
});

describe('link', () => {
  it('leads to the web alone', () => {
    expect(link('javascript:alert(1)').text).toBe('javascript:alert(1)');
    expect(link('https://x.example/"><script>', 'x').text).not.toContain('<script>');
    expect(link('https://x.example', 'x').text).toContain('href="https://x.example"');
  });
});

describe('testNote', () => {
  it('marks what is not for real use, and only that', () => {
    expect(testNote(true, englishSpeech).text).toContain('not for real use');
    expect(testNote(false, englishSpeech).text).toBe('');
  });
});
