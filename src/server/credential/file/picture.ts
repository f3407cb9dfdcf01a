import { renderAsync } from '@resvg/resvg-js';
import { bakeCredential, bakingKindOf } from '../../../core/baking/bake.ts';
import { isJsonObject, type JsonObject, toList } from '../../../core/json/json.ts';
import type { Executor } from '../../database.ts';
import { findImage } from '../../image/store.ts';
import { html } from '../../page/html.ts';
import { ApiError } from '../../problem.ts';
import { fontFiles } from './fonts.ts';

/** The picture of a credential with the credential inside (Open Badges 3.0 §5.3). `signed` is what was signed. */
export async function bakePicture(
  db: Executor,
  publicUrl: string,
  form: 'png' | 'svg',
  { document, signed, title, issuer }: { document: JsonObject; signed: string; title: string; issuer: string },
): Promise<Buffer> {
  const own = await findPicture(db, publicUrl, document, form === 'png' ? 'image/png' : 'image/svg+xml');
  const picture = own ?? (await drawPicture(title, issuer, form));
  const baked = bakeCredential(picture, signed, bakingKindOf(document));
  if (baked.ok) return Buffer.from(baked.bytes);
  // A picture that was taken in and cannot carry it: ours can.
  const plain = bakeCredential(await drawPicture(title, issuer, form), signed, bakingKindOf(document));
  if (!plain.ok) throw new ApiError('not-found', 'This credential has no such form.');
  return Buffer.from(plain.bytes);
}

/** The picture of the achievement, when it is kept here and of the kind that is wanted; nothing is fetched. */
async function findPicture(
  db: Executor,
  publicUrl: string,
  document: JsonObject,
  mediaType: string,
): Promise<Uint8Array | null> {
  const [subject] = toList(document.credentialSubject);
  const achievement = isJsonObject(subject) && isJsonObject(subject.achievement) ? subject.achievement : {};
  const { image } = achievement;
  const address = isJsonObject(image) ? image.id : image;
  if (typeof address !== 'string' || !address.startsWith(`${publicUrl}/images/`)) return null;
  const [, id] = /^([0-9a-f]{64})\.(png|svg)$/.exec(address.slice(`${publicUrl}/images/`.length)) ?? [];
  const found = id === undefined ? undefined : await findImage(db, id);
  return found?.media_type === mediaType ? found.content : null;
}

/** A plain badge for achievements without a picture of their own: whose it is and what it is called. */
async function drawPicture(title: string, issuer: string, form: 'png' | 'svg'): Promise<Uint8Array> {
  const lines = wrap(title, 20, 4);
  const first = 216 - (lines.length - 1) * 21;
  const svg =
    html`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400" width="400" height="400" role="img" aria-label="${clean(title)}">
<rect width="400" height="400" fill="#ffffff"/><rect x="14" y="14" width="372" height="372" rx="10" fill="none" stroke="#15201d" stroke-width="4"/>
<rect x="26" y="26" width="348" height="348" rx="5" fill="none" stroke="#75827e" stroke-width="1.500"/>
<g text-anchor="middle" font-family="Source Serif 4 Variable, Source Serif 4, serif" fill="#15201d">
${lines.map((line, index) => html`<text x="200" y="${first + index * 42}" font-size="34">${line}</text>`)}
${wrap(issuer, 38, 2).map((line, index) => html`<text x="200" y="${326 + index * 22}" font-size="17" fill="#44514d">${line}</text>`)}
</g></svg>`.text;
  if (form === 'svg') return Buffer.from(svg);
  const image = await renderAsync(svg, {
    font: { loadSystemFonts: false, fontFiles: fontFiles(), defaultFontFamily: 'Source Serif 4 Variable' },
    fitTo: { mode: 'width', value: 800 },
  });
  return image.asPng();
}

/** Characters that XML cannot carry are left out. */
export const clean = (text: string) => text.replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '');

/** Lines of at most so many characters; what is too long ends in an ellipsis. */
export function wrap(text: string, width: number, maximum: number): string[] {
  const lines: string[] = [];
  for (const word of clean(text)
    .slice(0, 1000)
    .split(/\s+/)
    .filter((word) => word !== '')) {
    const last = lines.at(-1);
    if (last !== undefined && [...last].length + 1 + [...word].length <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  const shown = lines.map((line) => ([...line].length > width ? `${[...line].slice(0, width - 1).join('')}…` : line));
  return shown.length <= maximum ? shown : [...shown.slice(0, maximum - 1), '…'];
}
