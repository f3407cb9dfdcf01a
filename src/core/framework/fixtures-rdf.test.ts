import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { nodeCryptography } from '../../node/cryptography.ts';
import type { JsonObject, JsonValue } from '../json/json.ts';
import { canonicalize } from '../json-ld/canonicalize.ts';

const folder = new URL('../../../fixtures/trusted/', import.meta.url);
const read = (name: string) => JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8')) as JsonObject;
const names = readdirSync(folder).flatMap((file) => (file.endsWith('.json') ? [file.slice(0, -'.json'.length)] : []));

async function linesOf(document: JsonObject): Promise<string[]> {
  const canonical = await canonicalize(document, { cryptography: nodeCryptography });
  if (!canonical.ok) throw new Error(JSON.stringify(canonical.finding));
  return canonical.nquads.split('\n').filter((line) => line !== '');
}

const achievementOf = (document: JsonObject) => (document.credentialSubject as JsonObject).achievement as JsonObject;
const descriptionsOf = (document: JsonObject) => achievementOf(document).resultDescription as JsonObject[];

describe('RDF form of fixtures/trusted', () => {
  it.each([
    ['application', 205],
    ['knowledge', 119],
    ['recognition', 26],
    ['clr', 420],
  ])('%s has %i lines', async (name, count) => {
    expect(await linesOf(read(name))).toHaveLength(count);
  });

  it.each(names)('%s canonicalises, unless its terms are undefined', async (name) => {
    expect((await canonicalize(read(name), { cryptography: nodeCryptography })).ok).toBe(
      name !== 'application-missing-terms',
    );
  });

  it('of a record does not bind a result or an achievement to its credential', async () => {
    for (const member of ['result', 'achievement']) {
      const document = read('clr');
      const before = await linesOf(document);
      const credentials = (document.credentialSubject as JsonObject).verifiableCredential as JsonObject[];
      const [one, two] = [credentials[1], credentials[2]].map(
        (credential) => credential?.credentialSubject as JsonObject,
      );
      [one![member], two![member]] = [two![member] as JsonValue, one![member] as JsonValue];
      expect(await linesOf(document)).toEqual(before);
    }
  });

  it('does not protect the order of rubric levels, and protects that of allowed values', async () => {
    const application = read('application');
    const rubric = await linesOf(application);
    (descriptionsOf(application)[0]!.rubricCriterionLevel as JsonValue[]).reverse();
    expect(await linesOf(application)).toEqual(rubric);
    const knowledge = read('knowledge');
    const allowed = await linesOf(knowledge);
    (descriptionsOf(knowledge)[1]!.allowedValue as JsonValue[]).reverse();
    expect(await linesOf(knowledge)).not.toEqual(allowed);
  });
});
