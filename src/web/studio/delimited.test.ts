import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { delimiterOf, guessEncoding, parseDelimited, readTableHead, toUtf8, writeCsv } from './delimited.ts';

describe('tables as text', () => {
  it('reads quotes, doubled quotes and line ends inside of cells', () => {
    expect(parseDelimited('name;note\r\n"Ek; Ada";"says ""hi""\nand goes"\n', ';')).toEqual([
      ['name', 'note'],
      ['Ek; Ada', 'says "hi"\nand goes'],
    ]);
  });

  it('writes what csv-parse, and itself, read back as it was', () => {
    const cell = fc.string().map((text) => text.replaceAll('\r', ''));
    const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 2 }), { minLength: 1 });
    fc.assert(
      fc.property(table, (rows) => {
        const text = writeCsv(rows);
        expect(parseDelimited(text, ',')).toEqual(rows);
        expect(parse(text)).toEqual(rows);
      }),
    );
  });

  it('finds the delimiter outside of quotes', () => {
    expect(['a,b', 'a;b', 'a\tb', '"a,b,c";d'].map(delimiterOf)).toEqual([',', ';', '\t', ';']);
  });

  it('knows encodings by their bytes, and sends UTF-8', async () => {
    const latin = new Uint8Array([
      ...new TextEncoder().encode('name\nJoaqu'),
      0xed,
      ...new TextEncoder().encode('n\n'),
    ]);
    expect(guessEncoding(latin)).toBe('windows-1252');
    const utf16 = new Uint8Array([
      0xff,
      0xfe,
      ...new Uint8Array(new Uint16Array([...'name\nÉva\n'].map((c) => c.charCodeAt(0))).buffer),
    ]);
    expect((await readTableHead(new Blob([utf16]))).samples).toEqual([['Éva']]);
    const head = await readTableHead(new Blob([latin]));
    expect([head.header, head.samples]).toEqual([['name'], [['Joaquín']]]);
    expect(await (await toUtf8(new Blob([latin]), head.encoding)).text()).toBe('name\nJoaquín\n');
  });
});
