import { deflateSync } from 'node:zlib';
import PDFDocument from 'pdfkit';
import { describe, expect, it } from 'vitest';
import { bakeCredential } from '../baking/bake.ts';
import { openInput, readPdfCredentials } from '../open-input.ts';
import { readPdfFiles } from './pdf.ts';

const latin1 = (text: string) => Buffer.from(text, 'latin1');
const texts = async (pdf: Uint8Array) => (await readPdfFiles(pdf)).files.map((file) => Buffer.from(file).toString());
const credential = JSON.stringify({ '@context': ['https://www.w3.org/ns/credentials/v2'], type: 'Any', id: 'urn:a:1' });

/** As pdfkit, which the product uses too, attaches files. */
async function attach(
  files: Record<string, string | Buffer>,
  options: PDFKit.PDFDocumentOptions = {},
): Promise<Buffer> {
  const document = new PDFDocument(options);
  const parts: Buffer[] = [];
  document.on('data', (part: Buffer) => parts.push(part));
  const ended = new Promise((done) => document.on('end', done));
  document.text('A certificate');
  for (const [name, content] of Object.entries(files)) document.file(Buffer.from(content), { name });
  document.end();
  await ended;
  return Buffer.concat(parts);
}

/** A PDF by hand: its objects, one after another, from number 1. */
const pdfOf = (...objects: string[]) =>
  latin1(`%PDF-1.7\n${objects.map((object, index) => `${index + 1} 0 obj\n${object}\nendobj\n`).join('')}%%EOF`);
const streamOf = (content: string, entries = '') =>
  `<<${entries}/Length ${content.length}>>\nstream\n${content}\nendstream`;
const filespec = (number: number) => `<</Type/Filespec/F(a\\)b.json)/EF<</F ${number} 0 R>>>>`;

describe('readPdfFiles', () => {
  it('reads what pdfkit attaches, compressed and not', async () => {
    for (const compress of [true, false]) {
      const pdf = await attach({ 'credential.json': credential, 'notes.txt': 'Well done' }, { compress });
      expect((await texts(pdf)).sort()).toEqual(['Well done', credential]);
    }
  });

  it('reads plain streams, whatever their length says, and lengths that stand elsewhere', async () => {
    expect(await texts(pdfOf(filespec(2), streamOf('{"a":1}')))).toEqual(['{"a":1}']);
    expect(await texts(pdfOf(filespec(2), '<</Length 3>>stream\n{"a":1}endstream'))).toEqual(['{"a":1}']);
    expect(await texts(pdfOf('7', filespec(3), '<</Length 1 0 R>>stream\r\n{"a":1}\nendstream'))).toEqual(['{"a":1}']);
  });

  it('reads compressed streams with a line end behind them that is not part of them', async () => {
    const packed = deflateSync('{"a":1}').toString('latin1');
    const pdf = pdfOf(filespec(2), `<</Length 1/Filter[/FlateDecode]>>stream\n${packed}\r\nendstream`);
    expect(await texts(pdf)).toEqual(['{"a":1}']);
  });

  it('reads specifications inside compressed object streams', async () => {
    const inside = `3 0 4 ${filespec(2).length + 1} ${filespec(2)} <</F 2 0 R>>`;
    const first = inside.indexOf('<<');
    const packed = deflateSync(latin1(inside)).toString('latin1');
    const pdf = pdfOf(streamOf(packed, `/Type/ObjStm/N 2/First ${first}/Filter/FlateDecode`), streamOf('{"a":1}'));
    expect(await texts(pdf)).toEqual(['{"a":1}']);
  });

  it('takes the later of two objects with one number, and nothing out of the middle of a stream', async () => {
    const again = Buffer.concat([pdfOf(filespec(2), streamOf('old')), latin1(`2 0 obj\n${streamOf('new')}\nendobj`)]);
    expect(await texts(again)).toEqual(['new']);
    const hidden = streamOf(`2 0 obj\n${streamOf('hidden')}\nendobj`);
    expect(await texts(pdfOf(filespec(2), streamOf('shown'), hidden))).toEqual(['shown']);
  });

  it('gives up on what is hostile, quickly', async () => {
    const deep = `%PDF-1.7 1 0 obj${'['.repeat(1_000_000)}`;
    const again = `%PDF-1.7 ${'1 0 obj('.repeat(500_000)}`;
    const open = `%PDF-1.7 ${'1 0 obj<<>>stream '.repeat(500_000)}`;
    const digits = `%PDF-1.7 ${'1'.repeat(5_000_000)} ${'1 '.repeat(2_000_000)}`;
    const loop = '%PDF-1.7 1 0 obj<</EF 1 0 R/Length 1 0 R/F 1 0 R>>endobj 2 0 obj<</EF<</F 2 0 R>>>>endobj';
    for (const hostile of [deep, again, open, digits, loop]) expect(await texts(latin1(hostile))).toEqual([]);
  });

  it('does not unpack a bomb', async () => {
    const bomb = deflateSync(Buffer.alloc(60_000_000)).toString('latin1');
    const many = [filespec(3), filespec(4), streamOf(bomb, '/Filter/FlateDecode'), streamOf('{"a":1}')];
    expect(await texts(pdfOf(...many))).toEqual(['{"a":1}']);
    const objects = streamOf(bomb, '/Type/ObjStm/N 9/First 9/Filter/FlateDecode');
    expect(await texts(pdfOf(objects, objects, objects))).toEqual([]);
  });

  it('never throws, wherever the file is cut', async () => {
    const pdf = await attach({ 'credential.json': credential });
    for (let length = 4; length < pdf.length; length += 7) await readPdfFiles(pdf.subarray(0, length));
  });
});

describe('openInput, given a PDF', () => {
  it('finds the attached JSON, token or picture among other files', async () => {
    const token = 'eyJhbGciOiJFZERTQSJ9.eyJhIjoxfQ.c2ln';
    const picture = bakeCredential(
      new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg"></svg>'),
      credential,
      'openbadgecredential',
    );
    if (!picture.ok) throw new Error('does not bake');
    for (const [content, text] of [
      [credential, credential],
      [token, token],
      [Buffer.from(picture.bytes), credential],
    ] as const) {
      const opened = await openInput(await attach({ 'readme.txt': 'Hello', 'data.json': '{"a":1}', given: content }));
      expect(opened).toMatchObject({ ok: true, input: { form: 'pdf', text } });
    }
  });

  it('gives every credential to whoever asks for all', async () => {
    const other = credential.replace('urn:a:1', 'urn:a:2');
    const { credentials } = await readPdfCredentials(await attach({ a: credential, b: other }));
    expect(credentials.map((file) => Buffer.from(file).toString()).sort()).toEqual([credential, other]);
  });

  it('says when nothing is attached, when it is protected, and follows no address', async () => {
    const code = async (pdf: Uint8Array) => {
      const opened = await openInput(pdf);
      return opened.ok ? opened.input.form : opened.finding.code;
    };
    expect(await code(await attach({}))).toBe('input-is-pdf');
    expect(await code(await attach({ a: 'https://example.org/credential.json' }))).toBe('input-is-pdf');
    const inner = await attach({ a: credential });
    expect(await code(await attach({ 'inner.pdf': inner }))).toBe('input-is-pdf');
    expect(await code(await attach({ a: credential }, { userPassword: 'x', ownerPassword: 'y' }))).toBe(
      'pdf-encrypted',
    );
  });
});
