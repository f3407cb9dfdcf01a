import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { JsonObject, JsonValue } from '../json/json.ts';
import { acceptsOf } from './accepts.ts';
import { toCanonicalForm } from './canonical-form.ts';
import { achievementCredential, clrCredential, endorsementCredential } from './open-badges.ts';
import { verifiableCredential, verifiableCredential1, verifiablePresentation } from './vcdm.ts';

const trusted = resolve(import.meta.dirname, '../../../fixtures/trusted');
const files = readdirSync(trusted).filter((name) => name.endsWith('.json'));
const read = (name: string) => toCanonicalForm(JSON.parse(readFileSync(join(trusted, name), 'utf8')) as JsonObject);

type Path = (string | number)[];
function pathsIn(value: JsonValue, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [
    path,
    ...Object.entries(value).flatMap(([key, inner]) =>
      pathsIn(inner as JsonValue, [...path, Array.isArray(value) ? Number(key) : key]),
    ),
  ];
}

function mutate(document: JsonObject, path: Path, value: JsonValue | undefined): JsonValue {
  if (path.length === 0) return value ?? null;
  const copy = structuredClone(document);
  const parent = path
    .slice(0, -1)
    .reduce((inner, token) => (inner as unknown as Record<string, JsonObject>)[token] as JsonObject, copy);
  const last = path.at(-1) as string;
  if (value === undefined) delete parent[last];
  else parent[last] = value;
  return copy;
}

describe('acceptsOf', () => {
  it.each([
    ['an achievement credential', achievementCredential],
    ['an endorsement', endorsementCredential],
    ['a CLR', clrCredential],
    ['a verifiable credential', verifiableCredential],
    ['a verifiable credential of 1.1', verifiableCredential1],
    ['a presentation', verifiablePresentation],
  ])('says of %s what the schema says, on mutated documents', (_, schema) => {
    const documents = files.map(read).map((document) => [document, pathsIn(document)] as const);
    const values = [null, 5, -1, true, 'x', '', 'https://example.org/x', '2026-01-01T00:00:00Z', [], ['x'], [{}], {}];
    fc.assert(
      fc.property(
        fc.constantFrom(...documents),
        fc.nat(),
        fc.oneof(
          fc.constant(undefined),
          fc.constantFrom<JsonValue>(...values),
          fc.jsonValue() as fc.Arbitrary<JsonValue>,
        ),
        ([document, paths], index, value) => {
          const mutated = mutate(document, paths[index % paths.length] as Path, value);
          expect(acceptsOf(schema)(mutated)).toBe(schema.safeParse(mutated).success);
        },
      ),
      { numRuns: 1500 },
    );
  });

  it('makes nothing up about schemas that it does not know', () => {
    expect(() => acceptsOf(z.date())).toThrow(TypeError);
    expect(() => acceptsOf(z.string().max(3))).toThrow(TypeError);
  });
});
