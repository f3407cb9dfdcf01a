import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../finding.ts';
import type { JsonObject } from '../json/json.ts';
import { checkContextsInto } from './context-rules.ts';
import { hasOnlyPlainTerms } from './plain-terms.ts';
import { analyseInto, type TermAnalysis, walkTerms } from './terms.ts';
import { mutateDocument, randomDocument, randomFrom } from './testing/random-document.ts';

const folder = resolve(import.meta.dirname, '../../../fixtures/trusted');
const fixtures = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as JsonObject);

function findingsOf(document: JsonObject): number {
  const analysis: TermAnalysis = { undefinedTerms: [], unknownContexts: [] };
  const rules: Finding[] = [];
  walkTerms(document, [analyseInto(analysis), checkContextsInto(rules)]);
  return analysis.undefinedTerms.length + analysis.unknownContexts.length + rules.length;
}

describe('a document of plain terms', () => {
  it('has nothing that a walk would find, whatever the document', () => {
    let plain = 0;
    for (let seed = 0; seed < 6000; seed++) {
      const random = randomFrom(seed);
      const document =
        seed % 2 ? randomDocument(random) : mutateDocument(fixtures[seed % fixtures.length] as JsonObject, random);
      if (!hasOnlyPlainTerms(document)) continue;
      plain += 1;
      expect(findingsOf(document), JSON.stringify(document)).toBe(0);
    }
    expect(plain).toBeGreaterThan(1000);
  });

  it('is what ordinary credentials are, and no other', () => {
    // The others write a context of their own.
    const document = fixtures.find((one) => hasOnlyPlainTerms(one)) as JsonObject;
    const contexts = document['@context'] as string[];
    for (const changed of [
      { ...document, unknown: 1 },
      { ...document, 'https://example.org/x': 'y' },
      { ...document, '@id': 'urn:x' },
      { ...document, type: ['VerifiableCredential', 'Unknown'] },
      { ...document, '@context': [...contexts, 'https://example.org/context'] },
      { ...document, '@context': [...contexts, { extra: 'https://example.org/extra' }] },
      { ...document, '@context': undefined as never },
      { ...document, name: { '@value': 'x' } },
    ])
      expect(hasOnlyPlainTerms(changed), JSON.stringify(changed).slice(0, 300)).toBe(false);
  });
});
