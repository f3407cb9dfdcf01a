import { describe, expect, it } from 'vitest';
import { sanitiseSvg } from '../../../../../server/image/sanitise-svg.ts';
import { contrastOf, readableInk } from './contrast.ts';
import { drawBadge, type Shape, shapes, symbolNames } from './draw-badge.ts';

const design = { ground: '#1F4E5F', ink: '#8FB7B0', word: 'A&B <i>' };

describe('the badge designer', () => {
  it('draws what the service takes in as it is, with its caption and without markup in its words', () => {
    for (const shape of Object.keys(shapes) as Shape[])
      for (const symbol of symbolNames) {
        const drawn = drawBadge({ ...design, shape, symbol }, 'Three "waves" <script>');
        const taken = sanitiseSvg(drawn);
        expect(taken.ok).toBe(true);
        if (!taken.ok) continue;
        const plain = (text: string) => text.replace(/ xmlns:xlink="[^"]*"/, '').trim();
        expect(plain(taken.text)).toBe(plain(drawn));
        expect(drawn).toContain('<title>Three &quot;waves&quot; &lt;script&gt;</title>');
        expect(drawn).toContain('>A&amp;B &lt;i&gt;</text>');
      }
  });

  it('leaves the word out where there is none', () => {
    const drawn = drawBadge({ ...design, word: '', shape: 'tablet', symbol: 'drop' }, 'A drop');
    expect(drawn).not.toContain('<text');
    expect(drawn).not.toContain('<style');
  });

  it('measures contrast as WCAG does, and finds the nearest colour that can be read', () => {
    expect(contrastOf('#000000', '#FFFFFF')).toBeCloseTo(21, 5);
    expect(contrastOf('#777777', '#FFFFFF')).toBeCloseTo(4.48, 2);
    expect(contrastOf('#8FB7B0', '#1F4E5F')).toBeGreaterThan(4);
    const better = readableInk('#8FB7B0', '#1F4E5F', 4.5) as string;
    expect(contrastOf(better, '#1F4E5F')).toBeGreaterThanOrEqual(4.5);
    expect(readableInk('#FFFFFF', '#15201D', 4.5)).toBe('#FFFFFF');
    expect(readableInk('#888888', '#767676', 21)).toBeNull();
  });
});
