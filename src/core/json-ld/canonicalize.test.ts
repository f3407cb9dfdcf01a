import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { nodeCryptography } from '../../node/cryptography.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../json/json.ts';
import { canonicalize } from './canonicalize.ts';
import { compileQuads } from './compiled-quads.ts';
import { canonicalizeWithOracle } from './oracle.ts';

const root = resolve(import.meta.dirname, '../../..');
const shared = join(root, '../shared/data');

/** Every JSON-LD document in a JSON file, those inside wrappers and lists too. */
function documentsIn(value: JsonValue): JsonObject[] {
  if (Array.isArray(value)) return value.flatMap(documentsIn);
  if (!isJsonObject(value)) return [];
  const inner = Object.values(value).flatMap(documentsIn);
  return value['@context'] === undefined ? inner : [value, ...inner];
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.json(ld)?$/.test(name))
    .map((name) => join(folder, name));
}

describe('canonicalize', () => {
  const folders = [join(root, 'fixtures'), ...(existsSync(shared) ? [shared] : [])];
  it.each(folders)(
    'says the same as the field’s own packages for every document of %s',
    async (folder) => {
      let compared = 0;
      for (const file of filesIn(folder)) {
        let value: JsonValue;
        try {
          value = JSON.parse(readFileSync(file, 'utf8'));
        } catch {
          continue;
        }
        for (const [index, document] of documentsIn(value).entries()) {
          const expected = await canonicalizeWithOracle(document);
          const result = await canonicalize(document, { cryptography: nodeCryptography });
          expect([file, index, result.ok ? result.nquads : null]).toEqual([file, index, expected]);
          compared += 1;
          // What is no mistake is covered by the compiled contexts: the way through the full processor is for strangers.
          if (expected !== null)
            expect([file, index, compileQuads(document) !== undefined]).toEqual([file, index, true]);
        }
      }
      expect(compared).toBeGreaterThan(5);
    },
    120_000,
  );
});
