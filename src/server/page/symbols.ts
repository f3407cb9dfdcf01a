import { readOwnFile } from '../own-file.ts';
import { Html, html } from './html.ts';

const drawing = readOwnFile(new URL('./symbols.svg', import.meta.url));
const symbols = new Map(
  [...drawing.matchAll(/<symbol id="([^"]+)"[\s\S]*?<\/symbol>/g)].map(([markup, id = '']) => [id, markup]),
);
const [cut = ''] = /<defs>[\s\S]*?<\/defs>/.exec(drawing) ?? [];

/** The stamps and icons that a page uses, and no others: once in the page, since nothing is fetched for them. */
export function symbolsFor(page: Html): Html {
  const used = new Set([...page.text.matchAll(/<use href="#([\w-]+)"/g)].map(([, id = '']) => id));
  const markup = [...used].map((id) => symbols.get(id) ?? missing(id)).join('');
  if (markup === '') return html``;
  const mask = page.text.includes('url(#cut)') ? cut : '';
  return new Html(`<svg class="sprite" aria-hidden="true" focusable="false">${mask}${markup}</svg>`);
}

/** One symbol by itself, for drawings that are no pages. */
export const symbolMarkup = (id: string): Html => new Html(symbols.get(id) ?? missing(id));

function missing(id: string): never {
  throw new Error(`there is no symbol ${id}`);
}

/** One icon; words always stand beside it. */
export function icon(name: string, className = 'ico'): Html {
  return html`<svg class="${className}" viewBox="0 0 24 24" aria-hidden="true"><use href="#i-${name}"/></svg>`;
}
