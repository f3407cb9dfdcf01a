import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JsonBroken, type JsonMember, readMembers } from './read-members.ts';

/** The members of a text that comes in pieces. */
async function members(text: string, size: number, wanted: string[]): Promise<JsonMember[]> {
  const bytes = new TextEncoder().encode(text);
  async function* pieces() {
    for (let at = 0; at < bytes.length; at += size) yield bytes.slice(at, at + size);
  }
  const found: JsonMember[] = [];
  for await (const member of readMembers(pieces(), wanted)) found.push(member);
  return found;
}

const values = fc.jsonValue({ maxDepth: 4 });
const objects = fc.record({
  one: values,
  list: fc.array(values),
  two: fc.array(fc.record({ text: fc.string() })),
  other: values,
});

describe('readMembers', () => {
  it('gives the wanted members as JSON.parse does, however the text is cut', async () => {
    await fc.assert(
      fc.asyncProperty(objects, fc.integer({ min: 1, max: 40 }), fc.nat({ max: 3 }), async (object, size, space) => {
        const found = await members(JSON.stringify(object, null, space), size, ['one', 'list', 'two']);
        const expected = Object.entries({ one: object.one, list: object.list, two: object.two }).flatMap(
          ([key, value]) =>
            Array.isArray(value) ? value.map((entry, index) => [key, index, entry]) : [[key, null, value]],
        );
        expect(found.map(({ key, index, text }) => [key, index, JSON.parse(text)])).toEqual(
          JSON.parse(JSON.stringify(expected)),
        );
      }),
      { numRuns: 300 },
    );
  });

  it.each(['', '[]', '1', '"x"', '{', '{"one":[1', '{"one":1}]', '{]', '{"one":[1]}{}', '{one:1}', '{"one":"x'])(
    'refuses %s',
    async (text) => {
      await expect(members(text, 3, ['one'])).rejects.toThrow(JsonBroken);
    },
  );

  it('ends or throws JsonBroken for any text, and keeps no part that is too large', async () => {
    const texts = fc.stringMatching(/^\{["{}[\],:\\ a1]{0,40}$/);
    await fc.assert(
      fc.asyncProperty(texts, fc.integer({ min: 1, max: 5 }), async (text, size) => {
        await members(text, size, ['a', '']).catch((error: unknown) => expect(error).toBeInstanceOf(JsonBroken));
      }),
      { numRuns: 1000 },
    );
    await expect(members(`{"one":["${'x'.repeat(300_000)}"]}`, 60_000, ['one'])).rejects.toThrow(JsonBroken);
    expect(await members(`{"other":["${'x'.repeat(300_000)}"],"one":1}`, 60_000, ['one'])).toHaveLength(1);
  });
});
