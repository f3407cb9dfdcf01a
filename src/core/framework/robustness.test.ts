import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isJsonObject, type JsonObject, type JsonValue } from '../json/json.ts';
import { resolvePointer, toPointer } from '../json/pointer.ts';
import { checkCredential } from './check-credential.ts';
import { bundledPacks, defaultPack } from './packs.ts';
import type { FrameworkReport } from './report.ts';

const read = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../../fixtures/trusted/${name}.json`, import.meta.url), 'utf8')) as JsonObject;
const names = ['application', 'knowledge', 'recognition', 'application-missing-terms', 'clr'];
const documents = new Map(names.map((name) => [name, read(name)]));

function pathsOf(value: JsonValue, tokens: (string | number)[] = []): (string | number)[][] {
  const members = Array.isArray(value) ? value.entries() : isJsonObject(value) ? Object.entries(value) : [];
  return [...members].flatMap(([key, member]) => [[...tokens, key], ...pathsOf(member, [...tokens, key])]);
}

const paths = new Map(names.map((name) => [name, pathsOf(documents.get(name)!)]));

const mutations = fc.array(
  fc.record({ at: fc.nat(), value: fc.option(fc.jsonValue({ maxDepth: 3 }), { nil: undefined }) }),
  { minLength: 1, maxLength: 6 },
);

function mutate(name: string, changes: { at: number; value: unknown }[]): JsonObject {
  const copy = structuredClone(documents.get(name)!);
  const all = paths.get(name)!;
  for (const { at, value } of changes) {
    const tokens = all[at % all.length]!;
    const parent = resolvePointer(copy, toPointer(tokens.slice(0, -1)));
    const last = tokens.at(-1)!;
    if (Array.isArray(parent)) parent[Number(last)] = (value ?? null) as JsonValue;
    else if (isJsonObject(parent))
      if (value === undefined) delete parent[last];
      else parent[last] = value as JsonValue;
  }
  return copy;
}

function expectSound(report: FrameworkReport, document: JsonObject): void {
  expect(() => JSON.stringify(report)).not.toThrow();
  for (const rule of report.rules) {
    expect(['met', 'weak', 'missing', 'inapplicable', 'cannot-tell']).toContain(rule.outcome);
    for (const pointer of rule.found)
      expect(resolvePointer(document, pointer), `${rule.id} ${pointer}`).not.toBeUndefined();
  }
  for (const { result } of report.mastery.statements) expect(resolvePointer(document, result)).not.toBeUndefined();
}

describe('checkCredential', () => {
  it('never throws, and its pointers lead somewhere', () => {
    fc.assert(
      fc.property(fc.constantFrom(...names), mutations, fc.nat(2), (name, changes, pack) => {
        const document = mutate(name, changes);
        expectSound(checkCredential(document, { pack: bundledPacks[pack]! }), document);
      }),
      { numRuns: 400 },
    );
  });

  it('takes any JSON object', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (document) => {
        checkCredential(document as JsonObject, { pack: defaultPack });
      }),
      { numRuns: 200 },
    );
  });

  it('is not raised by anything undefined: what no context defines can never raise a class', () => {
    const document = read('recognition');
    const plain = checkCredential(document, { pack: defaultPack }).classes;
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.jsonValue(), (name, value) => {
        const extended = { ...document, [`zz-${name}`]: value as JsonValue };
        expect(checkCredential(extended, { pack: defaultPack }).classes).toEqual(plain);
      }),
      { numRuns: 50 },
    );
  });

  it('bounds what a huge document can cost', () => {
    const document = read('application');
    const subject = document.credentialSubject as JsonObject;
    const achievement = subject.achievement as JsonObject;
    const [alignment] = achievement.alignment as JsonObject[];
    achievement.alignment = Array.from({ length: 20_000 }, () => alignment!);
    const report = checkCredential(document, { pack: defaultPack });
    expect(report.rules.find(({ id }) => id === 'skills')).toMatchObject({ outcome: 'cannot-tell', reason: 'limit' });
  });

  it('bounds what many results on many scales can cost', () => {
    const document = read('application');
    const subject = document.credentialSubject as JsonObject;
    const achievement = subject.achievement as JsonObject;
    const [description] = achievement.resultDescription as JsonObject[];
    const [result] = subject.result as JsonObject[];
    achievement.resultDescription = Array.from({ length: 5000 }, (_, index) => ({
      ...description!,
      id: `urn:x:${index}`,
    }));
    subject.result = Array.from({ length: 5000 }, (_, index) => ({ ...result!, resultDescription: `urn:x:${index}` }));
    const { mastery, facts, classes } = checkCredential(document, { pack: defaultPack });
    expect(mastery.statements).toHaveLength(5000);
    expect(mastery.statements[0]).toMatchObject({ verdict: 'cannot-tell', problems: ['limit'] });
    expect(facts['mastery.every-result-interpretable']).toBe('unknown');
    expect(classes.outcome).toBe('cannot-tell');
  });
});
