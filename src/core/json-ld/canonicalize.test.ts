import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { nodeCryptography } from '../../node/cryptography.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../json/json.ts';
import { compareWithOracle, shrink } from './testing/compare-with-oracle.ts';
import { mutateDocument, randomDocument, randomFrom } from './testing/random-document.ts';

const root = resolve(import.meta.dirname, '../../..');
const shared = resolve(root, '../shared/data');
const folders = [join(root, 'fixtures'), ...(existsSync(shared) ? [shared] : [])];
if (folders.length === 1) console.warn('skipped: published documents are not beside this checkout');

/** Every JSON-LD document in a JSON file, those inside wrappers and lists too. */
function documentsIn(value: JsonValue): JsonObject[] {
  if (Array.isArray(value)) return value.flatMap(documentsIn);
  if (!isJsonObject(value)) return [];
  const inner = Object.values(value).flatMap(documentsIn);
  return value['@context'] === undefined ? inner : [value, ...inner];
}

function documentsOf(folder: string): JsonObject[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.json(ld)?$/.test(name))
    .flatMap((name) => {
      const text = readFileSync(join(folder, name), 'utf8');
      try {
        return documentsIn(JSON.parse(text) as JsonValue);
      } catch {
        return [];
      }
    });
}

const documents = folders.flatMap(documentsOf);

/** FUZZ_MINUTES and FUZZ_SEED: see scripts/fuzz-canonicalize.mjs. */
const minutes = Number(process.env.FUZZ_MINUTES ?? 0);
const seed = Number(process.env.FUZZ_SEED ?? 20260101);
/** `npm run fuzz:canonicalize` compares as many as there is time for. */
const enough = { generated: 700, mutated: 500 };

async function compareMany(make: (random: () => number) => JsonObject, count: number) {
  const seen = { compared: 0, compiled: 0, refused: 0 };
  const end = Date.now() + minutes * 60_000;
  for (let index = 0; minutes > 0 ? Date.now() < end : index < count; index++) {
    const document = make(randomFrom(seed + index));
    const { same, compiled, refused } = await compareWithOracle(document, nodeCryptography);
    if (!same) {
      const smallest = JSON.stringify(await shrink(document, nodeCryptography));
      expect.fail(`differs from the field’s own packages (seed ${seed + index}): ${smallest}`);
    }
    seen.compared += 1;
    if (compiled) seen.compiled += 1;
    if (refused) seen.refused += 1;
  }
  if (minutes > 0) console.log(JSON.stringify(seen));
  return seen;
}

describe('canonicalize says byte for byte what the field’s own packages say', () => {
  it('of every document at hand, and by the compiled contexts wherever these accept it', async () => {
    for (const document of documents) {
      const { same, compiled, refused } = await compareWithOracle(document, nodeCryptography);
      if (!same || compiled === refused) expect.fail(JSON.stringify(document).slice(0, 2000));
    }
    expect(documents.length).toBeGreaterThan(15);
  }, 120_000);

  it.each<JsonObject>([{ proof: [] }, { proof: [null] }, { type: [] }, { id: 'urn:x' }, { id: 'urn:x', type: [] }])(
    'of an inner credential that says nothing: %j',
    async (verifiableCredential) => {
      for (const context of ['https://www.w3.org/2018/credentials/v1', 'https://www.w3.org/ns/credentials/v2'])
        for (const given of [verifiableCredential, [verifiableCredential, verifiableCredential]]) {
          const document = { '@context': [context], type: ['VerifiablePresentation'], verifiableCredential: given };
          expect(await compareWithOracle(document, nodeCryptography)).toMatchObject({ same: true });
        }
    },
  );

  it('of generated documents, ordinary and odd', { timeout: minutes * 60_000 + 120_000 }, async () => {
    const { compared, compiled, refused } = await compareMany(randomDocument, enough.generated);
    // Both ways must be walked for the comparison to mean anything.
    expect(compiled / compared).toBeGreaterThan(0.3);
    expect(refused / compared).toBeGreaterThan(0.05);
  });

  it('of real documents with one thing changed', { timeout: minutes * 60_000 + 120_000 }, async () => {
    const change = (random: () => number) =>
      mutateDocument(documents[Math.floor(random() * documents.length)] as JsonObject, random);
    const { compared, compiled } = await compareMany(change, enough.mutated);
    expect(compiled / compared).toBeGreaterThan(0.1);
  });
});
