import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type MadeEntry, makeZip } from './testing/make-zip.ts';
import { isZip, listZip } from './zip.ts';

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

/** What each file of an archive reads as: its text, or the code of what is wrong with it. */
async function readAll(archive: Uint8Array): Promise<string | Record<string, string>> {
  const listed = listZip(archive);
  if (!listed.ok) return listed.finding.code;
  const read = listed.entries.map(async ({ name, read }) => {
    const result = await read();
    return [name, result.ok ? text(result.bytes) : result.finding.code] as const;
  });
  return Object.fromEntries(await Promise.all(read));
}
const only = async (entry: Partial<MadeEntry>) => readAll(await makeZip([{ name: 'a', content: 'hello', ...entry }]));

describe('listZip', () => {
  it('reads packed and stored files, and leaves out folders and what systems put there', async () => {
    const archive = await makeZip([
      { name: 'folder/', content: '' },
      { name: 'folder/a.json', content: '{"a":1}'.repeat(50) },
      { name: 'b.jwt', content: 'a.b.c', stored: true },
      { name: '__MACOSX/._a.json', content: 'x' },
      { name: 'folder/.DS_Store', content: 'x' },
    ]);
    expect(isZip(archive)).toBe(true);
    expect(await readAll(archive)).toEqual({ 'folder/a.json': '{"a":1}'.repeat(50), 'b.jwt': 'a.b.c' });
  });

  it('finds the directory in front of a comment, and an empty archive', async () => {
    const archive = await makeZip([{ name: 'a', content: 'x' }]);
    const comment = new TextEncoder().encode('PK said hello');
    const commented = Uint8Array.from([...archive, ...comment]);
    commented[archive.length - 2] = comment.length;
    expect(await readAll(commented)).toEqual({ a: 'x' });
    const empty = await makeZip([]);
    expect(isZip(empty)).toBe(true);
    expect(await readAll(empty)).toEqual({});
  });

  it('says what is wrong with one file and reads the others', async () => {
    const archive = await makeZip([
      { name: 'locked', content: 'x', flags: 1 },
      { name: 'method', content: 'x', method: 12 },
      { name: 'checksum', content: 'x', checksum: 1 },
      { name: 'longer', content: 'x', size: 5 },
      { name: 'shorter', content: 'xyz', size: 1 },
      { name: 'good', content: 'x' },
    ]);
    expect(await readAll(archive)).toEqual({
      locked: 'zip-entry-locked',
      method: 'zip-entry-method',
      checksum: 'zip-entry-damaged',
      longer: 'zip-entry-damaged',
      shorter: 'zip-entry-damaged',
      good: 'x',
    });
  });

  it('does not unpack a bomb, whether it says its size or hides it', async () => {
    const zeros = new Uint8Array(10_000_000);
    expect(await only({ content: zeros })).toEqual({ a: 'zip-entry-bomb' });
    expect(await only({ content: zeros, size: 5 })).toEqual({ a: 'zip-entry-damaged' });
    expect(await only({ size: 4_000_000_000 })).toBe('zip-too-large');
    expect(await only({ size: 30_000_000 })).toEqual({ a: 'input-too-large' });
  });

  it('counts files that overlap as often as they are listed', async () => {
    const many = Array.from({ length: 30 }, (_, index) => ({ name: `${index}`, content: 'x', size: 19_000_000 }));
    expect(await readAll(await makeZip(many))).toBe('zip-too-large');
  });

  it('lists a thousand files and says how many more there are', async () => {
    const many = Array.from({ length: 1005 }, (_, index) => ({ name: `${index}`, content: 'x', stored: true }));
    expect(listZip(await makeZip(many))).toMatchObject({ ok: true, entries: { length: 1000 }, leftOut: 5 });
  });

  it('never throws, whatever is cut or changed', async () => {
    const archive = await makeZip([
      { name: 'a', content: 'hello' },
      { name: 'b', content: 'world', stored: true },
    ]);
    for (let length = 0; length < archive.length; length += 1) await readAll(archive.subarray(0, length));
    expect(await readAll(archive.subarray(0, archive.length - 1))).toBe('zip-damaged');
    const change = fc.tuple(fc.nat(archive.length - 1), fc.nat(255));
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 8 }), async (changes) => {
        const broken = archive.slice();
        for (const [at, byte] of changes) broken[at] = byte;
        await readAll(broken);
      }),
    );
  });
});
