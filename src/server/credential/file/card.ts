import { renderAsync } from '@resvg/resvg-js';
import { html } from '../../page/html.ts';
import type { Speech } from '../../page/language.ts';
import { symbolMarkup } from '../../page/symbols.ts';
import type { CredentialPage } from '../page.ts';
import { fontFiles } from './fonts.ts';
import { clean, wrap } from './picture.ts';

const outlines = ['authentic', 'current', 'issuer', 'class', 'level'];

/**
 * The picture that goes with a link to a credential, 1200 by 630. Others keep it for weeks, so it says what the credential is called
 * and who signed it, names no learner, and leaves the answer to the page.
 */
export async function drawCard({ description }: CredentialPage, { page: { texts } }: Speech): Promise<Buffer> {
  const { title, signer, callsItself } = description;
  const lines = wrap(title, 30, 3);
  const first = 230 - (lines.length - 1) * 20;
  const svg = html`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1200 630" width="1200" height="630">
${outlines.map((outline) => symbolMarkup(`s-${outline}`))}
<rect width="1200" height="630" fill="#f1f3f2"/><rect x="40" y="40" width="1120" height="550" rx="8" fill="#ffffff" stroke="#d2d9d6" stroke-width="2"/>
<g font-family="Source Serif 4 Variable" fill="#15201d">
${lines.map((line, index) => html`<text x="96" y="${first + index * 80}" font-size="68">${line}</text>`)}
${[signer, callsItself].filter((text) => text !== null).map((text, index) => html`<text x="96" y="${first + lines.length * 80 + index * 46}" font-size="34" fill="#44514d">${wrap(text, 56, 1)[0]}</text>`)}
<text x="96" y="546" font-size="28" fill="#44514d">Assay · ${clean(texts.cardNote)}</text></g>
<g fill="#15201d">${outlines.map((outline, index) => html`<use href="#s-${outline}" x="${880 + index * 48}" y="516" width="40" height="40"/>`)}</g></svg>`
    .text;
  const image = await renderAsync(svg, {
    font: { loadSystemFonts: false, fontFiles: fontFiles(), defaultFontFamily: 'Source Serif 4 Variable' },
    fitTo: { mode: 'width', value: 1200 },
  });
  return image.asPng();
}
