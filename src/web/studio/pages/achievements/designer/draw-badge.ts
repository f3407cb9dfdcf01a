// Paths are on a square of 200. None of the shapes is an outline of the hallmark.

export const shapes = {
  tablet: 'M28 14H172Q186 14 186 28V172Q186 186 172 186H28Q14 186 14 172V28Q14 14 28 14Z',
  lozenge: 'M100 6L190 100L100 194L10 100Z',
  pennant: 'M22 12H178V188L100 158L22 188Z',
  leaf: 'M14 14H118C160 14 186 44 186 84V186H82C42 186 14 158 14 116Z',
  rosette:
    'M100 6L121.2 20.8L147 18.6L158 42L181.4 53L179.2 78.8L194 100L179.2 121.2L181.4 147L158 158L147 181.4L121.2 179.2L100 194L78.8 179.2L53 181.4L42 158L18.6 147L20.8 121.2L6 100L20.8 78.8L18.6 53L42 42L53 18.6L78.8 20.8Z',
  book: 'M8 30C40 18 76 20 100 36C124 20 160 18 192 30V176C160 166 124 168 100 184C76 168 40 166 8 176Z',
} as const;
export type Shape = keyof typeof shapes;

/** `line`: how thick it is drawn; without it the path is filled. */
export const symbols: Record<string, { path: string; line?: number }> = {
  drop: { path: 'M100 46C118 72 130 86 130 104A30 30 0 0 1 70 104C70 86 82 72 100 46Z' },
  reed: { path: 'M100 136V52M100 84Q124 76 128 54M100 104Q76 96 72 74M100 124Q122 116 130 96', line: 7 },
  waves: {
    path: 'M58 68Q72 54 86 68T114 68T142 68M58 94Q72 80 86 94T114 94T142 94M58 120Q72 106 86 120T114 120T142 120',
    line: 8,
  },
  chart: { path: 'M56 110H72V134H56ZM80 92H96V134H80ZM104 72H120V134H104ZM128 52H144V134H128Z' },
  compass: { path: 'M100 50A42 42 0 1 1 100 134A42 42 0 1 1 100 50M100 68L110 92L100 116L90 92Z', line: 6 },
  steps: { path: 'M58 134V114H84V94H110V74H136V54H150V134Z' },
};
export const symbolNames = ['drop', 'reed', 'waves', 'chart', 'compass', 'steps'] as const;
export type SymbolName = (typeof symbolNames)[number];

export const grounds = ['#1F4E5F', '#2F4A34', '#7A2E1D', '#20364A', '#F1E7D3', '#15201D'] as const;
export const inks = ['#8FB7B0', '#FFFFFF', '#F0D9A8', '#15201D'] as const;

export interface BadgeDesign {
  shape: Shape;
  symbol: SymbolName;
  /** #RRGGBB */
  ground: string;
  ink: string;
  /** On the badge; '' for none. */
  word: string;
}

export const maximumWord = 14;

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string) => text.replace(/[&<>"]/g, (character) => escapes[character] as string);

/** The badge as a file of its own: one shape, one symbol, a word; its title is the caption. Below 40 px the word is left out. */
export function drawBadge({ shape, symbol, ground, ink, word }: BadgeDesign, caption: string): string {
  const path = shapes[shape];
  const { path: drawn, line } = symbols[symbol] as { path: string; line?: number };
  const rim = `<path d="${path}" fill="none" stroke="${ink}" stroke-width="3" transform="translate(10 10) scale(.9)"/>`;
  const sign =
    line === undefined
      ? `<path d="${drawn}" fill="${ink}"/>`
      : `<path d="${drawn}" fill="none" stroke="${ink}" stroke-width="${line}" stroke-linecap="round" stroke-linejoin="round"/>`;
  // Without a word the symbol stands in the middle.
  const placed =
    word === '' ? `<g transform="translate(0 7)">${sign}</g>` : `<g transform="translate(0 -8)">${sign}</g>`;
  const text =
    word === ''
      ? ''
      : `<style>@media (max-width: 39.9px) { text { display: none } }</style><text x="100" y="${wordLine[shape]}" fill="${ink}" font-family="sans-serif" font-weight="600" font-size="${sizeOf(word)}" text-anchor="middle" letter-spacing=".3">${escaped(word)}</text>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 200" role="img"><title>${escaped(caption)}</title><path d="${path}" fill="${ground}"/>${rim}${placed}${text}</svg>`;
}

/** Where the word stands: shapes that narrow leave it less room below. */
const wordLine: Record<Shape, number> = { tablet: 158, lozenge: 142, pennant: 146, leaf: 158, rosette: 152, book: 154 };

const sizeOf = (word: string) => (word.length > 10 ? 13 : 16);
