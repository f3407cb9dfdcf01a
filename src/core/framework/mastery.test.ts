import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../json/json.ts';
import { readMastery } from './mastery.ts';
import { renderMastery } from './mastery-sentence.ts';

interface Case {
  id: string;
  /** The result's link to `d1`, the first description, is understood. */
  descriptions: JsonObject[];
  results: JsonObject[];
  listOrderProtected?: boolean;
  expected: { verdict: string; basis?: string; rank?: [number, number]; fraction?: number; problems?: string[] }[];
}

/** `table`: framework.md §6, M01 to M32. `further`: what the table leaves to the text of §6. */
const { table, further } = JSON.parse(
  readFileSync(new URL('../../../fixtures/trusted/cases/mastery.json', import.meta.url), 'utf8'),
) as { table: Case[]; further: Case[] };

function credentialOf({ descriptions, results }: Case): JsonObject {
  return {
    credentialSubject: {
      result: results.map((result) => ({ resultDescription: 'd1', ...result })),
      achievement: {
        resultDescription: descriptions.map((one, index) => ({
          id: `d${index + 1}`,
          name: `Scale ${index + 1}`,
          ...one,
        })),
      },
    },
  };
}

describe('mastery, framework.md §6', () => {
  for (const one of [...table, ...further])
    it(`${one.id} ${JSON.stringify(one.results)}${one.listOrderProtected ? ' protected' : ''}`, () => {
      const statements = readMastery(credentialOf(one), one.listOrderProtected ?? false);
      expect(
        statements.map(({ verdict, basis, position, problems }) => ({ verdict, basis, position, problems })),
      ).toEqual(
        one.expected.map(({ verdict, basis, rank, fraction, problems }) => ({
          verdict,
          basis: basis ?? null,
          position: rank ? { rank: rank[0], of: rank[1] } : fraction === undefined ? undefined : { fraction },
          problems: problems ?? [],
        })),
      );
      for (const statement of statements) expect(renderMastery(statement)).not.toMatch(/[{}]|undefined/);
    });

  it('has every case of the table', () => {
    expect([...new Set(table.map(({ id }) => id))]).toEqual(
      Array.from({ length: 32 }, (_, index) => `M${String(index + 1).padStart(2, '0')}`),
    );
  });
});

describe('mastery of the fixtures', () => {
  const read = (name: string) =>
    JSON.parse(readFileSync(new URL(`../../../fixtures/trusted/${name}.json`, import.meta.url), 'utf8')) as JsonObject;
  const said = (name: string) => readMastery(read(name), false).map((statement) => renderMastery(statement));

  it('says the sentences of the oracle', () => {
    expect(said('application')).toEqual([
      "Field report: Exemplary, level 4 of 4. Reaches the issuer's pass mark, Proficient.",
      "Laboratory practical: 84.5, 84.5 % of the range. Reaches the issuer's pass mark, 70.",
    ]);
    expect(said('knowledge')[1]).toBe(
      "Performance band: Advanced, level 3 of 3. Reaches the issuer's pass mark, Competent.",
    );
  });

  it('gives each statement its own skills', () => {
    const skills = (name: string) =>
      readMastery(read(name), false).map((statement) => statement.skills.map(({ targetName }) => targetName));
    expect(skills('application')).toEqual([
      ['Interpret water quality measurements'],
      ['Collect and preserve representative water samples'],
    ]);
    expect(skills('knowledge')).toEqual([['Explain food safety hazards', 'apply HACCP'], []]);
  });
});
