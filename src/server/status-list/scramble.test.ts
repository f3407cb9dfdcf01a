import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { placeOf } from './scramble.ts';

describe('places in a status list', () => {
  it.each([2, 3, 1000, 131_072])('gives each of %i places once', (size) => {
    const secret = randomBytes(16);
    const places = new Set(Array.from({ length: size }, (_, count) => placeOf(count, size, secret)));
    expect(places.size).toBe(size);
    expect([...places].every((place) => place < size)).toBe(true);
  });

  it('keeps neighbours in time apart, and differs by secret', () => {
    const size = 131_072;
    const secret = Buffer.alloc(16, 1);
    const places = Array.from({ length: 2000 }, (_, count) => placeOf(count, size, secret));
    const near = places.filter((place, index) => index > 0 && Math.abs(place - (places[index - 1] as number)) < 100);
    expect(near.length).toBeLessThan(20);
    expect(placeOf(5, size, Buffer.alloc(16, 2))).not.toBe(places[5]);
    expect(placeOf(5, size, secret)).toBe(places[5]);
  });

  it('refuses a count outside the list', () => {
    expect(() => placeOf(10, 10, Buffer.alloc(16))).toThrow(RangeError);
    expect(() => placeOf(-1, 10, Buffer.alloc(16))).toThrow(RangeError);
  });
});
