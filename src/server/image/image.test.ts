import { readFileSync } from 'node:fs';
import { deflateSync } from 'node:zlib';
import { Resvg } from '@resvg/resvg-js';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { crc32 } from '../../core/baking/crc32.ts';
import { write } from '../problem.ts';
import { startDatabases, type TestDatabase } from '../test-databases.ts';
import { type Service, startService } from '../test-issuing.ts';
import { checkImage } from './check-image.ts';
import { sanitiseSvg } from './sanitise-svg.ts';

const fixture = (name: string) => readFileSync(new URL(`../../../fixtures/cli/${name}`, import.meta.url));
const svg = (inner: string, attributes = '') =>
  `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9" ${attributes}>${inner}</svg>`;
const clean = (inner: string, attributes = '') => {
  const result = sanitiseSvg(svg(inner, attributes));
  return result.ok ? result.text : write(result.fault);
};

/** A PNG with this header, one grey byte for each pixel unless told otherwise. */
function png(width: number, height: number, pixels = Buffer.alloc(height * (width + 1)), more: Buffer[] = []): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const frame = Buffer.alloc(8);
    frame.writeUInt32BE(data.length);
    frame.writeUInt32BE(crc32(body), 4);
    return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width);
  header.writeUInt32BE(height, 4);
  header[8] = 8;
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const parts = [chunk('IHDR', header), chunk('IDAT', deflateSync(pixels)), ...more, chunk('IEND', Buffer.alloc(0))];
  return Buffer.concat([signature, ...parts]);
}

/** The segments of a JPEG of one frame and one scan; not a picture of anything. */
const jpeg = (width = 4, height = 4) =>
  Buffer.from([
    ...[0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2],
    ...[0xff, 0xc0, 0, 11, 8, height >> 8, height & 255, width >> 8, width & 255, 1, 1, 0x11, 0],
    ...[0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0, 0x12, 0xff, 0, 0xff, 0xd0, 0x34, 0xff, 0xd9],
  ]);
const kind = (bytes: Uint8Array) => {
  const result = checkImage(bytes);
  return result.ok ? result.image.suffix : write(result.fault);
};

describe('checkImage', () => {
  it('takes pictures for what they are', () => {
    expect(kind(fixture('badge.png'))).toBe('png');
    expect(kind(fixture('badge.svg'))).toBe('svg');
    expect(kind(png(3, 2))).toBe('png');
    expect(kind(jpeg())).toBe('jpg');
  });

  it.each<[string, Buffer]>([
    ['nothing', Buffer.alloc(0)],
    ['a page', Buffer.from('<!doctype html><script>alert(1)</script>')],
    ['a GIF', Buffer.from('GIF89a')],
    ['bytes', Buffer.from([0xff, 0xfe, 0x00])],
    ['a PNG with something behind it', Buffer.concat([png(2, 2), Buffer.from('<script>')])],
    ['a PNG that is cut off', png(2, 2).subarray(0, -4)],
    ['a PNG with a wrong checksum', Buffer.from(png(2, 2)).fill(7, 40, 41)],
    ['a PNG larger than anybody needs', png(60_000, 60_000, Buffer.alloc(9))],
    ['a PNG with fewer pixels than it says', png(2000, 2000, Buffer.alloc(9))],
    ['a PNG that unpacks to more than it says', png(2, 2, Buffer.alloc(50_000_000))],
    ['a PNG without pixels', png(0, 4, Buffer.alloc(4))],
    ['a JPEG with something behind it', Buffer.concat([jpeg(), Buffer.from('PK')])],
    ['a JPEG that is cut off', jpeg().subarray(0, -2)],
    ['a JPEG larger than anybody needs', jpeg(65_000, 65_000)],
    ['a JPEG without a frame', Buffer.from([0xff, 0xd8, 0xff, 0xd9])],
  ])('refuses %s', (_, bytes) => {
    expect(kind(bytes)).toMatch(/\.$/);
  });

  it('refuses or takes any bytes without throwing', () => {
    const starts = [png(2, 2), jpeg(), Buffer.from(svg('<path d="M0 0"/>'))];
    fc.assert(
      fc.property(fc.constantFrom(...starts), fc.nat(), fc.uint8Array({ maxLength: 8 }), (start, at, bytes) => {
        const broken = Buffer.from(start);
        broken.set(bytes.subarray(0, broken.length), at % Math.max(1, broken.length - bytes.length));
        kind(broken);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('sanitiseSvg', () => {
  const hostile: [string, string][] = [
    ['a script', '<script>alert(1)</script>'],
    ['a script in another namespace', '<h:script xmlns:h="http://www.w3.org/1999/xhtml">alert(1)</h:script>'],
    ['a script by a prefix', '<s:script xmlns:s="http://www.w3.org/2000/svg">alert(1)</s:script>'],
    ['foreign content', '<foreignObject><iframe src="https://evil.example"/></foreignObject>'],
    ['an event handler', '<rect onload="alert(1)" OnClick="alert(1)" width="1"/>'],
    ['a link', '<a href="javascript:alert(1)"><rect/></a>'],
    ['an animation that sets a link', '<set attributeName="href" to="javascript:alert(1)"/>'],
    ['a use of another file', '<use href="https://evil.example/x.svg#a"/>'],
    ['a use of data', '<use xlink:href="data:image/svg+xml;base64,PHN2Zy8+#a"/>'],
    ['a picture from elsewhere', '<image href="https://evil.example/pixel.png"/>'],
    ['a picture that is a drawing', '<image href="data:image/svg+xml,alert"/>'],
    ['a picture that is none', '<image href="data:image/png;base64,evil"/>'],
    ['a fill from elsewhere', '<rect fill="url(https://evil.example/#a)"/>'],
    ['a style that fetches', '<style>@import "https://evil.example/x.css";</style>'],
    ['a style that fetches in disguise', '<style>rect{fill:\\75rl(https://evil.example)}</style>'],
    ['a style between comments', '<style>rect{fill:u/**/rl(https://evil.example)}</style>'],
    ['a style attribute', '<rect style="background:url(//evil.example)"/>'],
    ['a style as entities', '<rect style="fill:&#117;rl(https://evil.example)"/>'],
    ['a style in CDATA', '<style><![CDATA[rect{fill:url(https://evil.example)}]]></style>'],
    ['markup in CDATA', '<text><![CDATA[<script>alert(1)</script>]]></text>'],
    ['markup as entities', '<text>&lt;script&gt;alert(1)&lt;/script&gt;</text>'],
    ['a stylesheet by instruction', '<?xml-stylesheet href="https://evil.example/x.css"?>'],
    ['a base', '<rect xml:base="https://evil.example/"/>'],
  ];
  it.each(hostile)('leaves out %s', (_, inner) => {
    const text = clean(inner);
    expect(text).toMatch(/^<svg [^<]*>/);
    expect(text).not.toMatch(
      /<\/?(\w+:)?(script|iframe|foreignObject|a|set)\b|on\w+=|evil\.example|javascript:|base64|<\?|<!/i,
    );
  });

  it('keeps what draws, as it was', () => {
    const inner = [
      '<title>A &amp; B</title>',
      '<defs><linearGradient id="g"><stop offset="0" stop-color="#fff"/></linearGradient></defs>',
      '<style>.a{fill:url(#g)}</style>',
      '<g class="a" transform="scale(2)"><path d="M0 0h9v9z" fill="url(#g)"/><use href="#g" x="1"/></g>',
      '<text x="1">one <tspan>two</tspan> three</text>',
    ].join('');
    expect(clean(inner)).toContain(inner);
    const drawn = sanitiseSvg(fixture('badge.svg').toString());
    const pixels = (source: string) => new Resvg(source).render().asPng();
    if (!drawn.ok) throw new Error(write(drawn.fault));
    expect(pixels(drawn.text).equals(pixels(fixture('badge.svg').toString()))).toBe(true);
  });

  it('keeps a picture inside only when it is one', () => {
    const data = `data:image/png;base64,${png(2, 2).toString('base64')}`;
    expect(clean(`<image href="${data}"/>`)).toContain(data);
    const bomb = `data:image/png;base64,${png(60_000, 60_000, Buffer.alloc(9)).toString('base64')}`;
    expect(clean(`<image href="${bomb}"/>`)).not.toContain('base64');
  });

  it('unpacks no more of all pictures inside than one picture may have', () => {
    const data = `data:image/png;base64,${png(3000, 3000).toString('base64')}`;
    const drawn = clean(`<image href="${data}"/>`.repeat(20));
    expect(drawn.match(/base64/g)).toHaveLength(1);
  });

  it('refuses drawings that would never be drawn, and DOCTYPEs that unpack', () => {
    const bomb = Array.from(
      { length: 20 },
      (_, index) => `<g id="n${index + 1}">${`<use href="#n${index}"/>`.repeat(10)}</g>`,
    ).join('');
    expect(clean(`<g id="n0"/>${bomb}`)).toMatch(/so often/);
    expect(clean('<g id="a"><use href="#a"/></g>')).toMatch(/so often/);
    const chain = Array.from({ length: 15_000 }, (_, i) => `<use id="c${i}" href="#c${i + 1}"/>`).join('');
    expect(clean(chain)).toMatch(/so often/);
    const laughs = `<!DOCTYPE svg [<!ENTITY a "lol">]>${svg('<text>&a;</text>')}`;
    const result = sanitiseSvg(laughs);
    expect(result.ok && result.text).not.toMatch(/ENTITY|lol/);
    expect(sanitiseSvg('<svg/>').ok).toBe(false);
    expect(sanitiseSvg('<svg').ok).toBe(false);
  });

  it('gives the same when it is cleaned again', () => {
    for (const [, inner] of hostile) {
      const once = clean(inner);
      expect(sanitiseSvg(once)).toEqual({ ok: true, text: once });
    }
  });
});

let databases: TestDatabase[];
beforeAll(async () => {
  databases = await startDatabases();
});
afterAll(async () => {
  for (const database of databases) await database.stop();
});

describe.each(['embedded', 'PostgreSQL'])('pictures on %s', (name) => {
  let service: Service;
  beforeAll(async () => {
    service = await startService(databases.find((database) => database.name === name) as TestDatabase);
  });
  afterAll(() => service.close());
  const send = (body: Buffer | string, type: string) =>
    service.call('POST', '/api/issuers/northfield/images', {
      key: service.key,
      body,
      headers: { 'content-type': type },
    });

  it('keeps a picture at an address that is its digest, cleaned and in a sandbox', async () => {
    const sent = await send(svg('<script>alert(1)</script><path d="M0 0"/>'), 'image/svg+xml');
    expect(sent.status, sent.text).toBe(201);
    const again = await send(svg('<script>alert(2)</script><path d="M0 0"/>'), 'image/svg+xml');
    expect(again.body.id).toBe(sent.body.id);
    const path = new URL(sent.body.id as string).pathname;
    const got = await service.call('GET', path);
    expect(got.text).not.toContain('alert');
    expect(got.headers).toMatchObject({
      'content-type': 'image/svg+xml',
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringMatching(/^default-src 'none';.*sandbox$/),
      'cache-control': expect.stringContaining('immutable'),
    });
    expect((await service.call('GET', path, { headers: { 'if-none-match': got.headers.etag as string } })).status).toBe(
      304,
    );
    expect((await service.call('GET', path.replace('.svg', '.png'))).status).toBe(404);
    const entries = await service.db
      .selectFrom('audit_entry')
      .select('action')
      .where('action', '=', 'image.add')
      .execute();
    expect(entries).toHaveLength(1);
  });

  it('goes by what a picture is, and says what is wrong', async () => {
    expect((await send(png(2, 2), 'image/jpeg')).body.mediaType).toBe('image/png');
    expect((await send(Buffer.from('<html/>'), 'image/png')).status).toBe(422);
    expect((await send(Buffer.alloc(1_000_001), 'image/png')).status).toBe(413);
    expect((await send('x', 'text/plain')).status).toBe(415);
    expect((await service.call('GET', '/images/x')).status).toBe(404);
  });
});
