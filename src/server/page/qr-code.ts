import { create } from 'qrcode';
import { type Html, html } from './html.ts';

/** Modules of light around the code, which readers need (ISO/IEC 18004). */
const quiet = 4;

/** A text as a QR code that a phone's camera reads: dark on light, also where the page is dark. */
export function drawQrCode(text: string, label: string): Html {
  const { modules } = create(text, { errorCorrectionLevel: 'M' });
  const { size } = modules;
  let path = '';
  for (let row = 0; row < size; row++)
    for (let column = 0; column < size; column++) {
      if (!modules.get(row, column)) continue;
      let end = column + 1;
      while (end < size && modules.get(row, end)) end++;
      path += `M${column} ${row}h${end - column}v1H${column}z`;
      column = end;
    }
  const side = size + 2 * quiet;
  return html`<svg class="qr" viewBox="${-quiet} ${-quiet} ${side} ${side}" role="img" aria-label="${label}" shape-rendering="crispEdges"><rect x="${-quiet}" y="${-quiet}" width="${side}" height="${side}" fill="#fff"/><path d="${path}" fill="#000"/></svg>`;
}
