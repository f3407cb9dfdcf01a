import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openInput } from '../open-input.ts';
import { bakeCredential, unbakeCredential } from './bake.ts';
import { crc32 } from './crc32.ts';
import { bakeSvg, isSvg, unbakeSvg } from './svg.ts';

const text = (value: string) => new TextEncoder().encode(value);
const string = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

function chunk(type: string, data: Uint8Array): Uint8Array {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, checksum]);
}
const header = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const ihdr = chunk('IHDR', Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]));
const idat = chunk('IDAT', deflateSync(Buffer.from([0, 0])));
const iend = chunk('IEND', Buffer.alloc(0));
const itxt = (keyword: string, value: string) =>
  chunk('iTXt', Buffer.concat([Buffer.from(`${keyword}\0\0\0\0\0`, 'latin1'), Buffer.from(value)]));
const png = (...extra: Uint8Array[]) =>
  new Uint8Array(Buffer.concat([header, ihdr, chunk('tEXt', Buffer.from('Title\0x')), ...extra, idat, iend]));
const svg =
  '<?xml version="1.0"?>\n<!DOCTYPE svg [<!ENTITY x "y">]>\n<!-- c --><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1">\n<title>a &amp; b &x;</title><path d="M0 0"/></svg>\n';
const json = '{"type":["VerifiableCredential"],"name":"]]> & < \\"é\\" 日本"}';
const jwt = 'eyJh.eyJi.c2ln';

describe('PNG', () => {
  it.each(['openbadgecredential', 'clrcredential'] as const)(
    'carries %s, with every other byte as it was',
    async (kind) => {
      for (const value of [json, jwt]) {
        const baked = bakeCredential(png(), value, kind);
        if (!baked.ok) throw new Error(baked.finding.code);
        expect(await unbakeCredential(baked.bytes)).toEqual({ ok: true, text: value, kind, findings: [] });
        const own = itxt(kind, value);
        const at = Buffer.from(baked.bytes).indexOf(own);
        expect(Buffer.concat([baked.bytes.subarray(0, at), baked.bytes.subarray(at + own.length)])).toEqual(
          Buffer.from(png()),
        );
        expect(at).toBeLessThan(Buffer.from(baked.bytes).indexOf('IDAT'));
        const again = bakeCredential(baked.bytes, jwt, kind);
        expect(again.ok && Buffer.from(again.bytes).toString('latin1').split(`${kind}\0`).length).toBe(2);
        expect(again.ok && (await unbakeCredential(again.bytes))).toMatchObject({ text: jwt });
      }
    },
  );

  it('agrees with a known checksum', () => {
    expect(crc32(text('123456789'))).toBe(0xcbf43926);
  });

  it('reads the newest generation first, older ones too, and compressed text of other tools', async () => {
    const old = itxt('openbadges', '{"old":1}');
    expect(await unbakeCredential(png(old, itxt('openbadgecredential', json)))).toMatchObject({
      kind: 'openbadgecredential',
    });
    expect(await unbakeCredential(png(old))).toMatchObject({ kind: 'openbadges', text: '{"old":1}' });
    expect(await unbakeCredential(png(chunk('tEXt', Buffer.from('openbadges\0https://example.org/a'))))).toMatchObject({
      text: 'https://example.org/a',
    });
    const packed = chunk(
      'iTXt',
      Buffer.concat([Buffer.from('openbadgecredential\0\x01\0\0\0', 'latin1'), deflateSync(json)]),
    );
    expect(await unbakeCredential(png(packed))).toMatchObject({ text: json });
  });

  it('does not unpack a bomb', async () => {
    const bomb = chunk(
      'iTXt',
      Buffer.concat([Buffer.from('openbadgecredential\0\x01\0\0\0', 'latin1'), deflateSync(Buffer.alloc(60_000_000))]),
    );
    expect(await unbakeCredential(png(bomb))).toMatchObject({ ok: false, finding: { code: 'png-text-malformed' } });
  });

  it('warns of two, and refuses damage without throwing', async () => {
    expect(
      await unbakeCredential(png(itxt('openbadgecredential', json), itxt('openbadgecredential', jwt))),
    ).toMatchObject({ ok: true, text: json, findings: [{ code: 'baked-twice' }] });
    const whole = png(itxt('openbadgecredential', json));
    for (let length = 0; length < whole.length; length++)
      expect((await unbakeCredential(whole.subarray(0, length))).ok).toBe(false);
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), async (at, change) => {
        const copy = whole.slice();
        copy[at] = (copy[at] as number) ^ change;
        const result = await unbakeCredential(copy);
        // Each chunk has a checksum: whatever still reads is the same text.
        if (result.ok) expect(result.text).toBe(json);
      }),
      { numRuns: 300 },
    );
  });
});

describe('SVG', () => {
  it.each(['openbadgecredential', 'clrcredential'] as const)('carries %s, with the rest as it was', async (kind) => {
    for (const value of [json, jwt]) {
      const baked = bakeCredential(text(svg), value, kind);
      if (!baked.ok) throw new Error(baked.finding.code);
      const unbaked = await unbakeCredential(baked.bytes);
      expect(unbaked).toMatchObject({ ok: true, kind });
      if (unbaked.ok)
        expect(value === jwt ? unbaked.text : JSON.parse(unbaked.text)).toEqual(value === jwt ? jwt : JSON.parse(json));
      expect(string(baked.bytes).replace(/<(\w+):credential[\s\S]*<\/\1:credential>/, '')).toBe(svg);
      const again = bakeCredential(baked.bytes, jwt, kind);
      expect(again.ok && string(again.bytes).split(':credential ').length).toBe(2);
    }
  });

  it('goes by namespace, whatever the prefix, and never expands entities', async () => {
    const other =
      '<svg xmlns="http://www.w3.org/2000/svg" xmlns:b="https://purl.imsglobal.org/ob/v3p0"><b:credential verify="eyJh.eyJi.c2ln"/></svg>';
    expect(await unbakeCredential(text(other))).toMatchObject({ ok: true, text: jwt });
    const foreign =
      '<svg xmlns="http://www.w3.org/2000/svg" xmlns:openbadges="https://evil.example/"><openbadges:credential verify="x"/></svg>';
    expect(await unbakeCredential(text(foreign))).toMatchObject({
      ok: false,
      finding: { code: 'image-without-credential' },
    });
    const old =
      '<svg xmlns="http://www.w3.org/2000/svg" xmlns:openbadges="http://openbadges.org"><openbadges:assertion verify="https://example.org/a"></openbadges:assertion></svg>';
    expect(await unbakeCredential(text(old))).toMatchObject({
      ok: true,
      kind: 'openbadges',
      text: 'https://example.org/a',
    });
    const entity =
      '<!DOCTYPE svg [<!ENTITY c "{}">]><svg xmlns="http://www.w3.org/2000/svg" xmlns:o="https://purl.imsglobal.org/ob/v3p0"><o:credential>&c;</o:credential></svg>';
    expect(await unbakeCredential(text(entity))).toMatchObject({ ok: true, text: '&c;' });
  });

  it('removes an old credential once, also with another inside it', () => {
    const ours = 'xmlns:o="https://purl.imsglobal.org/ob/v3p0"';
    const picture = '<rect width="1"/><circle r="2"/></svg>';
    const nested = `<o:credential ${ours}>x<o:credential>y</o:credential></o:credential>`;
    const image = new TextEncoder().encode(`<svg xmlns="http://www.w3.org/2000/svg">${nested}${picture}`);
    const baked = bakeSvg(image, '{"a":1}', 'openbadgecredential');
    expect(baked.ok && new TextDecoder().decode(baked.bytes).endsWith(`</openbadges:credential>${picture}`)).toBe(true);
  });

  it('is recognised and scanned in linear time', () => {
    const encode = (text: string) => new TextEncoder().encode(text);
    expect(isSvg(encode(`${'<!---->'.repeat(5000)}<html>`))).toBe(false);
    expect(isSvg(encode(`${'<!---->'.repeat(5000)} <!DOCTYPE svg [<!ENTITY a "b">]>\n<svg>`))).toBe(true);
    expect(isSvg(encode(`${' '.repeat(60_000)}x`))).toBe(false);
    const declarations = Array.from({ length: 5000 }, (_, index) => `xmlns:a${index}=""`).join(' ');
    expect(unbakeSvg(encode(`<svg ${declarations}>${'<b/>'.repeat(50_000)}</svg>`)).ok).toBe(false);
  });

  it('is freed of many old credentials in linear time', () => {
    const old = '<o:credential>x</o:credential>'.repeat(100_000);
    const start = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:o="https://purl.imsglobal.org/ob/v3p0">';
    const baked = bakeSvg(new TextEncoder().encode(`${start}${old}<g/></svg>`), '{}', 'openbadgecredential');
    expect(baked.ok && new TextDecoder().decode(baked.bytes)).toBe(
      `${start}<openbadges:credential xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0"><![CDATA[{}]]></openbadges:credential><g/></svg>`,
    );
  });

  it('never throws on damage', async () => {
    const baked = bakeCredential(text(svg), json, 'openbadgecredential');
    if (!baked.ok) throw new Error(baked.finding.code);
    for (let length = 0; length < baked.bytes.length; length++) await unbakeCredential(baked.bytes.subarray(0, length));
    await fc.assert(
      fc.asyncProperty(
        fc.string({
          unit: fc.constantFrom(
            '<',
            '>',
            '/',
            '"',
            "'",
            '!',
            '[',
            ']',
            '-',
            '?',
            'svg',
            ' ',
            'a',
            '=',
            '&',
            'xmlns',
            ':',
            'CDATA',
          ),
        }),
        async (noise) => {
          await unbakeCredential(text(`<svg ${noise}`));
          await unbakeCredential(text(`<svg xmlns="http://www.w3.org/2000/svg">${noise}</svg>`));
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('an image that is used again', () => {
  it.each([
    ['PNG', png()],
    ['SVG', text(svg)],
  ])('%s carries the new credential only, of whichever kind', async (_, image) => {
    const first = bakeCredential(image, json, 'openbadgecredential');
    const second = first.ok ? bakeCredential(first.bytes, jwt, 'clrcredential') : first;
    expect(second.ok && (await unbakeCredential(second.bytes))).toEqual({
      ok: true,
      text: jwt,
      kind: 'clrcredential',
      findings: [],
    });
  });

  it('reads the token of an older SVG rather than its copy in clear', async () => {
    const old = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:o="http://openbadges.org"><o:assertion verify="${jwt}"><![CDATA[{"a":1}]]></o:assertion></svg>`;
    expect(await unbakeCredential(text(old))).toMatchObject({ text: jwt });
    expect(await unbakeCredential(text(old.replace(jwt, 'https://example.org/a')))).toMatchObject({ text: '{"a":1}' });
  });
});

describe('openInput', () => {
  it.each([
    ['JSON', '{"a":1}', 'json'],
    ['JSON with a byte order mark and space', '\uFEFF \n{"a":1}', 'json'],
    ['a token', `  ${jwt}\n`, 'jwt'],
    ['a quoted token', `"${jwt}"`, 'jwt'],
    ['an address', 'https://example.org/badge.png', 'url'],
  ])('recognises %s', async (_, given, form) => {
    expect(await openInput(given)).toMatchObject({ ok: true, input: { form } });
    expect(await openInput(text(given))).toMatchObject({ ok: true, input: { form } });
  });

  it('opens pictures, and what is in them only once', async () => {
    const baked = bakeCredential(png(), '{"a":1}', 'openbadgecredential');
    expect(baked.ok && (await openInput(baked.bytes))).toMatchObject({
      ok: true,
      input: { form: 'png', json: { a: 1 }, baked: 'openbadgecredential' },
    });
    const nested = bakeCredential(png(), svg, 'openbadgecredential');
    expect(nested.ok && (await openInput(nested.bytes))).toMatchObject({ ok: false });
  });

  it.each([
    ['nothing', '', 'input-empty'],
    ['a PDF', '%PDF-1.7 …', 'input-is-pdf'],
    ['a ZIP', 'PK\u0003\u0004', 'input-is-zip'],
    ['a page', '<!DOCTYPE html><html></html>', 'input-is-html'],
    ['prose', 'Hello there', 'input-unknown'],
    ['broken JSON', '{"a":', 'json-syntax'],
    ['a picture without a credential', svg, 'image-without-credential'],
  ])('says what %s is', async (_, given, code) => {
    expect(await openInput(given)).toMatchObject({ ok: false, finding: { code } });
  });
});
