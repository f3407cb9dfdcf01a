import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../json/json.ts';
import { type Change, changed } from './changed-fixture.ts';
import { checkCredential } from './check-credential.ts';
import { bundledPacks } from './packs.ts';

const read = (path: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../../fixtures/trusted/${path}.json`, import.meta.url), 'utf8'));

interface Fixture {
  from: string;
  change?: Change;
}

const fixtures = read('cases/rules') as Record<string, Record<string, { pass: Fixture; fail: Fixture }>>;

describe.each(bundledPacks.map((pack) => [pack.id, pack] as const))('rules of %s', (id, pack) => {
  const outcome = (rule: string, { from, change = {} }: Fixture) => {
    const report = checkCredential(changed(read(from) as JsonObject, change), { pack });
    return report.rules.find((result) => result.id === rule)?.outcome;
  };

  it('have one passing and one failing fixture each, and no others', () => {
    expect(Object.keys(fixtures[id] ?? {}).sort()).toEqual(pack.rules.map((rule) => rule.id).sort());
  });

  it.each(pack.rules.map((rule) => rule.id))('%s', (rule) => {
    const pair = fixtures[id]?.[rule];
    if (pair === undefined) throw new Error(`No fixtures for ${id}/${rule}`);
    expect(outcome(rule, pair.pass)).toBe('met');
    expect(outcome(rule, pair.fail)).toBe('missing');
  });
});
