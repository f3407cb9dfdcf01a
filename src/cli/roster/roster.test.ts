import { Readable } from 'node:stream';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvLine } from '../../node/csv/csv-line.ts';
import { readCsv } from '../../node/csv/read-csv.ts';
import { credentialFileName } from './credential-file-name.ts';

async function rows(...chunks: (string | Buffer)[]) {
  const list: [number, string[] | null][] = [];
  for await (const { line, cells } of readCsv(Readable.from(chunks.map((chunk) => Buffer.from(chunk as string)))))
    list.push([line, cells]);
  return list;
}

describe('readCsv', () => {
  it('counts lines through quoted line ends, empty lines, a byte order mark and every kind of line end', async () => {
    expect(await rows('\ufeffname;email\r\nAna;"a\r\nb"\r\n\r\nBen;c\rCy;d')).toEqual([
      [1, ['name', 'email']],
      [2, ['Ana', 'a\nb']],
      [5, ['Ben', 'c']],
      [6, ['Cy', 'd']],
    ]);
  });

  it('loses only the line with the fault', async () => {
    expect(await rows('name,email\nA,"x"y\nB,b\nC,"open\nD,d\nE,"z\nF,f\n')).toEqual([
      [1, ['name', 'email']],
      [2, null],
      [3, ['B', 'b']],
      [4, null],
      [5, ['D', 'd']],
      [6, null],
      [7, ['F', 'f']],
    ]);
  });

  it('bounds a row, and marks bytes that are no UTF-8', async () => {
    expect(await rows(`name,email\n"${'x'.repeat(400_000)}",y\n`, Buffer.from([0x4a, 0xe9]), ',b\nK,k')).toEqual([
      [1, ['name', 'email']],
      [2, null],
      [3, ['J\uFFFD', 'b']],
      [4, ['K', 'k']],
    ]);
  });

  it('does not care where chunks end', async () => {
    const text = 'name,émail\r\n"A ""q""",漢\r\nB,"x\r\ny"\r\n';
    const bytes = Buffer.from(text);
    const whole = await rows(bytes);
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: bytes.length }),
        fc.integer({ min: 0, max: bytes.length }),
        async (a, b) => {
          const [first, second] = [Math.min(a, b), Math.max(a, b)];
          expect(await rows(bytes.subarray(0, first), bytes.subarray(first, second), bytes.subarray(second))).toEqual(
            whole,
          );
        },
      ),
    );
  });
});

describe('result file', () => {
  it('neutralises formulas and quotes what it writes', () => {
    expect(csvLine(['=1+1', '+x', '-x', '@x', ' =x', '\t=x', '＝x', 'a"b', 'a,b', 7])).toBe(
      '"\'=1+1","\'+x","\'-x","\'@x","\' =x","\'\t=x","\'＝x","a""b","a,b","7"\r\n',
    );
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 1 }), (cells) => {
        const [read = []] = parse(csvLine(cells), { record_delimiter: '\r\n' }) as string[][];
        expect(read.map((cell, index) => cell === cells[index] || cell === `'${cells[index]}`)).not.toContain(false);
        for (const cell of read) expect(cell).not.toMatch(/^\s*[=+\-@]/);
      }),
    );
  });

  it('makes file names of letters, digits and hyphens only', () => {
    expect(credentialFileName(7, 'Ana Ruíz-Öhman', 'png')).toBe('00007-ana-ruiz-ohman.png');
    expect(credentialFileName(8, '../../etc/passwd\0', 'json')).toBe('00008-etc-passwd.json');
    expect(credentialFileName(9, '漢字', 'jwt')).toBe('00009.jwt');
    fc.assert(
      fc.property(fc.string(), (name) => {
        expect(credentialFileName(1, name, 'svg')).toMatch(/^00001(-[a-z0-9-]{1,40})?\.svg$/);
      }),
    );
  });
});
