import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { nodeCryptography } from '../node/cryptography.ts';
import { assessDocument } from './assess.ts';
import { toDidKey } from './did/did-key.ts';
import type { JsonObject, JsonValue } from './json/json.ts';
import { addProof } from './proof/add-proof.ts';

/** JSON that breaks code which prints, compares or measures what it was given. */
const hostile: JsonValue[] = [{ toString: '' }, [{ toString: '', valueOf: 1 }], { length: -1 }, null, [[]], 1e308];

const folder = resolve(import.meta.dirname, '../../fixtures/trusted');
const fixtures = readdirSync(folder)
  .filter((name) => /^(application|clr|recognition)\.json$/.test(name))
  .map((name) => [name, JSON.parse(readFileSync(join(folder, name), 'utf8')) as JsonObject] as const);

function pathsIn(value: JsonValue, path: (string | number)[] = []): (string | number)[][] {
  if (typeof value !== 'object' || value === null) return [path];
  const inner = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return [path, ...inner.flatMap(([key, member]) => pathsIn(member, [...path, key]))];
}

/** One path for each place: what stands beside it in a list is read by the same code. */
function placesIn(document: JsonObject): (string | number)[][] {
  const places = new Map<string, (string | number)[]>();
  for (const path of pathsIn(document)) {
    const place = path.map((token) => (typeof token === 'number' ? '*' : token)).join('/');
    if (!places.has(place)) places.set(place, path);
  }
  return [...places.values()];
}

function replaced(document: JsonObject, path: readonly (string | number)[], value: JsonValue): JsonValue {
  const copy = structuredClone(document);
  const last = path.at(-1);
  if (last === undefined) return value;
  let parent = copy as Record<string | number, JsonValue>;
  for (const token of path.slice(0, -1)) parent = parent[token] as Record<string | number, JsonValue>;
  parent[last] = value;
  return copy;
}

describe('a credential with hostile values', () => {
  it.each(fixtures)(
    '%s is answered, whatever stands where',
    async (_, unsigned) => {
      const key = await nodeCryptography.generateKey('Ed25519');
      const did = toDidKey(key.publicKey);
      const document = { ...unsigned, issuer: { ...(unsigned.issuer as JsonObject), id: did } };
      const made = await addProof(
        document,
        { cryptosuite: 'eddsa-rdfc-2022', key, verificationMethod: `${did}#${did.slice('did:key:'.length)}` },
        { cryptography: nodeCryptography },
      );
      if (!made.ok) throw new Error(JSON.stringify(made.finding));
      const options = { cryptography: nodeCryptography, now: new Date('2026-06-01T00:00:00Z') };
      const paths = placesIn(made.document);
      for (const [index, path] of paths.entries())
        for (const value of paths.length > 100 ? [hostile[index % hostile.length] as JsonValue] : hostile) {
          const assessment = await assessDocument(replaced(made.document, path, value), options);
          expect(assessment.verification.verdict, JSON.stringify([path, value])).toMatch(/verified|cannot-tell/);
        }
    },
    300_000,
  );
});
