// WCAG 2.2, relative luminance and contrast ratio.

const channels = (hex: string) => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));

/** Is it a colour as the designer writes them, #RRGGBB? */
export const isColour = (text: string): boolean => /^#[0-9A-Fa-f]{6}$/.test(text);

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = channels(hex).map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** The contrast of two colours, from 1 to 21. */
export function contrastOf(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/** The colour nearest to `ink` that is told apart from `ground` by at least so much; null when white and black are not. */
export function readableInk(ink: string, ground: string, needed: number): string | null {
  const found = ['#FFFFFF', '#000000']
    .map((end) => nearest(ink, end, ground, needed))
    .filter((entry) => entry !== null)
    .sort((a, b) => a.steps - b.steps);
  return found[0]?.colour ?? null;
}

const finest = 50;

function nearest(ink: string, end: string, ground: string, needed: number): { colour: string; steps: number } | null {
  const [from, to] = [channels(ink), channels(end)];
  for (let steps = 0; steps <= finest; steps++) {
    const mixed = from.map((value, index) => Math.round(value + (((to[index] ?? 0) - value) * steps) / finest));
    const colour = `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`.toUpperCase();
    if (contrastOf(colour, ground) >= needed) return { colour, steps };
  }
  return null;
}
