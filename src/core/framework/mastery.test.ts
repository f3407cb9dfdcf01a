import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../json/json.ts';
import { readMastery } from './mastery.ts';
import { renderMastery } from './mastery-sentence.ts';

type Description = Partial<
  Record<'resultType' | 'valueMin' | 'valueMax' | 'requiredValue' | 'requiredLevel' | 'name' | 'id', string>
> & {
  allowedValue?: string[];
  rubricCriterionLevel?: JsonObject[];
};
type Result = Partial<Record<'achievedLevel' | 'status' | 'resultDescription', string>> & { value?: string | number };

interface Case {
  id: string;
  descriptions: Description[];
  results: Result[];
  listOrderProtected?: boolean;
  expected: { verdict: string; basis?: string; rank?: [number, number]; fraction?: number; problems?: string[] }[];
}

const level = (number: number, points?: string): JsonObject => ({
  id: `L${number}`,
  name: `Level ${number}`,
  ...(points === undefined ? {} : { points }),
});
const levels = (...numbers: number[]) => numbers.map((number) => level(number, String(number)));
const up: Description = {
  resultType: 'RubricCriterionLevel',
  requiredLevel: 'L3',
  rubricCriterionLevel: levels(1, 2, 3, 4),
};
const doubtful: Description = { ...up, rubricCriterionLevel: [level(1, '4'), level(2, '4')] };
const unnumbered: Description = { ...up, requiredLevel: 'L2', rubricCriterionLevel: [level(1), level(2), level(3)] };
const percent = (more: Description = {}): Description => ({ resultType: 'Percent', requiredValue: '70', ...more });
const bounded = percent({ valueMin: '0', valueMax: '100' });
const letters = (...allowedValue: string[]): Description => ({
  resultType: 'LetterGrade',
  allowedValue,
  requiredValue: 'C',
});
const bands: Description = {
  resultType: 'PerformanceLevel',
  allowedValue: ['Basic', 'Competent', 'Advanced'],
  requiredValue: 'Competent',
};
const without = (description: Description, name: keyof Description) => ({ ...description, [name]: undefined });

/** framework.md §6, M01 to M32; the link to `d1` is understood. */
const cases: Case[] = [
  {
    id: 'M01',
    descriptions: [up],
    results: [{ achievedLevel: 'L4' }],
    expected: [{ verdict: 'met', basis: 'points', rank: [4, 4] }],
  },
  {
    id: 'M02',
    descriptions: [up],
    results: [{ achievedLevel: 'L2' }],
    expected: [{ verdict: 'not-met', basis: 'points', rank: [2, 4] }],
  },
  {
    id: 'M03',
    descriptions: [{ ...up, rubricCriterionLevel: levels(4, 3, 2, 1) }],
    results: [{ achievedLevel: 'L4' }],
    expected: [{ verdict: 'met', basis: 'points', rank: [4, 4], problems: ['order-descending'] }],
  },
  {
    id: 'M04',
    descriptions: [{ ...doubtful, requiredLevel: 'L2' }],
    results: [{ achievedLevel: 'L1' }],
    expected: [{ verdict: 'cannot-tell', problems: ['points-doubtful'] }],
  },
  {
    id: 'M05',
    descriptions: [{ ...doubtful, requiredLevel: 'L1' }],
    results: [{ achievedLevel: 'L1' }],
    expected: [{ verdict: 'met', basis: 'identity', problems: ['points-doubtful'] }],
  },
  {
    id: 'M06',
    descriptions: [unnumbered],
    results: [{ achievedLevel: 'L3' }],
    expected: [{ verdict: 'cannot-tell', problems: ['order-not-protected'] }],
  },
  {
    id: 'M06',
    descriptions: [unnumbered],
    results: [{ achievedLevel: 'L3' }],
    listOrderProtected: true,
    expected: [{ verdict: 'met', basis: 'list', rank: [3, 3], problems: ['order-by-list-only'] }],
  },
  {
    id: 'M07',
    descriptions: [without(up, 'requiredLevel')],
    results: [{ achievedLevel: 'L3' }],
    expected: [{ verdict: 'no-pass-mark', basis: 'points', rank: [3, 4] }],
  },
  {
    id: 'M08',
    descriptions: [letters('F', 'D', 'C', 'B', 'A'), up],
    results: [{ achievedLevel: 'L4' }],
    expected: [{ verdict: 'met', basis: 'points', rank: [4, 4], problems: ['level-in-other-description'] }],
  },
  {
    id: 'M09',
    descriptions: [up],
    results: [{ achievedLevel: 'L9' }],
    expected: [{ verdict: 'cannot-tell', problems: ['level-unknown'] }],
  },
  {
    id: 'M10',
    descriptions: [{ resultType: 'RawScore', valueMin: '0', valueMax: '100', requiredValue: '10' }],
    results: [{ value: '9' }],
    expected: [{ verdict: 'not-met', basis: 'number', fraction: 0.09 }],
  },
  {
    id: 'M11',
    descriptions: [percent()],
    results: [{ value: '70.0' }],
    expected: [{ verdict: 'met', basis: 'number', fraction: 0.7, problems: ['bounds-assumed'] }],
  },
  {
    id: 'M12',
    descriptions: [bounded],
    results: [{ value: '85%' }],
    expected: [{ verdict: 'met', basis: 'number', fraction: 0.85, problems: ['percent-sign'] }],
  },
  {
    id: 'M12',
    descriptions: [bounded],
    results: [{ value: '0.85' }],
    expected: [{ verdict: 'cannot-tell', problems: ['fraction-or-percent'] }],
  },
  {
    id: 'M13',
    descriptions: [{ resultType: 'RawScore', valueMax: '100' }],
    results: [{ value: '85,5' }],
    expected: [{ verdict: 'cannot-tell', problems: ['not-a-number'] }],
  },
  {
    id: 'M13',
    descriptions: [{ resultType: 'RawScore', valueMax: '100' }],
    results: [{ value: '120' }],
    expected: [{ verdict: 'cannot-tell', problems: ['out-of-range'] }],
  },
  {
    id: 'M14',
    descriptions: [letters('F', 'D', 'C', 'B', 'A')],
    results: [{ value: 'B' }],
    expected: [{ verdict: 'met', basis: 'allowed-value', rank: [4, 5] }],
  },
  {
    id: 'M15',
    descriptions: [letters('A', 'B', 'C', 'D', 'F')],
    results: [{ value: 'B' }],
    expected: [{ verdict: 'cannot-tell', problems: ['order-suspect'] }],
  },
  {
    id: 'M16',
    descriptions: [{ resultType: 'LetterGrade', requiredValue: 'C' }],
    results: [{ value: 'B' }],
    expected: [{ verdict: 'cannot-tell', problems: ['scale-missing'] }],
  },
  {
    id: 'M16',
    descriptions: [{ resultType: 'LetterGrade', requiredValue: 'C' }],
    results: [{ value: 'C' }],
    expected: [{ verdict: 'met', basis: 'identity', problems: ['scale-missing'] }],
  },
  {
    id: 'M17',
    descriptions: [percent()],
    results: [{ value: '91', status: 'InProgress' }],
    expected: [
      { verdict: 'not-completed', basis: 'number', fraction: 0.91, problems: ['bounds-assumed', 'status-InProgress'] },
    ],
  },
  {
    id: 'M18',
    descriptions: [{ resultType: 'Status' }],
    results: [{ status: 'Completed' }],
    expected: [{ verdict: 'completed', basis: 'status' }],
  },
  {
    id: 'M18',
    descriptions: [{ resultType: 'Status' }],
    results: [{ value: 'yes' }],
    expected: [{ verdict: 'cannot-tell', problems: ['status-missing'] }],
  },
  {
    id: 'M19',
    descriptions: [percent()],
    results: [{ resultDescription: 'none', value: '91' }],
    expected: [{ verdict: 'cannot-tell', problems: ['link-unresolved'] }],
  },
  {
    id: 'M20',
    descriptions: [up],
    results: [{ resultDescription: '', achievedLevel: 'L3' }],
    expected: [{ verdict: 'met', basis: 'identity', rank: [3, 4], problems: ['link-missing'] }],
  },
  { id: 'M21', descriptions: [up], results: [], expected: [] },
  {
    id: 'M22',
    descriptions: [{ resultType: 'PredictedScore', valueMin: '0', valueMax: '45', requiredValue: '24' }],
    results: [{ value: '38' }],
    expected: [{ verdict: 'cannot-tell', problems: ['predicted'] }],
  },
  {
    id: 'M23',
    descriptions: [{ resultType: 'RawScore', valueMin: '0', valueMax: '50', requiredValue: '35' }],
    results: [{ value: 43 }],
    expected: [{ verdict: 'met', basis: 'number', fraction: 0.86, problems: ['number-not-string'] }],
  },
  {
    id: 'M24',
    descriptions: [{ ...up, requiredLevel: 'L1', rubricCriterionLevel: [level(1, '1'), level(2), level(3, '3')] }],
    results: [{ achievedLevel: 'L3' }],
    expected: [{ verdict: 'met', basis: 'points', problems: ['points-doubtful'] }],
  },
  {
    id: 'M25',
    descriptions: [{ ...without(up, 'requiredLevel'), resultType: 'RubricScore', requiredValue: '3' }],
    results: [{ achievedLevel: 'L2' }],
    expected: [{ verdict: 'not-met', basis: 'number', rank: [2, 4] }],
  },
  {
    id: 'M26',
    descriptions: [bands],
    results: [{ value: 'Expert' }],
    expected: [{ verdict: 'cannot-tell', problems: ['value-not-allowed'] }],
  },
  {
    id: 'M26',
    descriptions: [bands],
    results: [{ value: 'competent' }],
    expected: [{ verdict: 'met', basis: 'identity', rank: [2, 3], problems: ['case-differs'] }],
  },
  {
    id: 'M27',
    descriptions: [
      { ...up, requiredLevel: 'X1' },
      { ...up, rubricCriterionLevel: [{ id: 'X1', name: 'X', points: '1' }] },
    ],
    results: [{ achievedLevel: 'L4' }],
    expected: [{ verdict: 'cannot-tell', rank: [4, 4], problems: ['required-level-unknown'] }],
  },
  {
    id: 'M28',
    descriptions: [percent({ requiredValue: 'seventy' })],
    results: [{ value: '80' }],
    expected: [{ verdict: 'cannot-tell', fraction: 0.8, problems: ['bounds-assumed', 'pass-mark-not-a-number'] }],
  },
  {
    id: 'M28',
    descriptions: [percent({ requiredValue: 'seventy' })],
    results: [{ status: 'Completed' }],
    expected: [{ verdict: 'completed', basis: 'status' }],
  },
  {
    id: 'M29',
    descriptions: [up],
    results: [{ achievedLevel: 'L4', value: '2' }],
    expected: [{ verdict: 'met', basis: 'points', rank: [4, 4], problems: ['value-points-disagree'] }],
  },
  {
    id: 'M30',
    descriptions: [bounded, { resultType: 'Status' }],
    results: [{ value: '91' }, { resultDescription: 'd2', status: 'Failed' }],
    expected: [
      { verdict: 'not-completed', basis: 'number', fraction: 0.91, problems: ['status-Failed'] },
      { verdict: 'not-completed', basis: 'status', problems: ['status-Failed'] },
    ],
  },
  {
    id: 'M31',
    descriptions: [{ ...up, rubricCriterionLevel: levels(3, 1, 4, 2) }],
    results: [{ achievedLevel: 'L2' }],
    expected: [{ verdict: 'not-met', basis: 'points', rank: [2, 4], problems: ['order-mixed'] }],
  },
  {
    id: 'M32',
    descriptions: [
      { ...up, id: 'd1' },
      { ...bounded, id: 'd1' },
    ],
    results: [{ value: '91' }],
    expected: [{ verdict: 'cannot-tell', problems: ['link-ambiguous'] }],
  },
];

/** What the table leaves to the text of §6. */
const further: Case[] = [
  {
    id: 'level numerals order a rubric without points',
    descriptions: [
      {
        ...up,
        rubricCriterionLevel: [2, 1, 3].map((number) => ({ id: `L${number}`, name: 'x', level: String(number) })),
      },
    ],
    results: [{ achievedLevel: 'L1' }],
    expected: [{ verdict: 'not-met', basis: 'level', rank: [1, 3], problems: ['order-mixed'] }],
  },
  {
    id: 'a level that stands twice',
    descriptions: [{ ...up, rubricCriterionLevel: [level(3, '1'), level(3, '2')] }],
    results: [{ achievedLevel: 'L3' }],
    expected: [{ verdict: 'cannot-tell', problems: ['level-ambiguous'] }],
  },
  {
    id: 'a level that two other scales have',
    descriptions: [bounded, up, up],
    results: [{ achievedLevel: 'L3' }],
    expected: [{ verdict: 'cannot-tell', problems: ['level-unknown'] }],
  },
  {
    id: 'a status word as value',
    descriptions: [{ resultType: 'Status' }],
    results: [{ value: 'Completed' }],
    expected: [{ verdict: 'completed', basis: 'status', problems: ['status-in-value'] }],
  },
  {
    id: 'a failed status word as value prevails',
    descriptions: [{ resultType: 'Status' }],
    results: [{ value: 'Failed' }],
    expected: [{ verdict: 'not-completed', basis: 'status', problems: ['status-in-value', 'status-Failed'] }],
  },
  {
    id: 'an empty result',
    descriptions: [bounded],
    results: [{}],
    expected: [{ verdict: 'cannot-tell', problems: ['empty-result'] }],
  },
  {
    id: 'completed without a link',
    descriptions: [bounded],
    results: [{ resultDescription: '', status: 'Completed' }],
    expected: [{ verdict: 'completed', basis: 'status', problems: ['link-missing'] }],
  },
  {
    id: 'Completed beside Failed',
    descriptions: [bounded],
    results: [
      { value: '91', status: 'Completed' },
      { value: '80', status: 'Failed' },
    ],
    expected: [
      {
        verdict: 'not-completed',
        basis: 'number',
        fraction: 0.91,
        problems: ['status-Failed', 'status-contradictory'],
      },
      { verdict: 'not-completed', basis: 'number', fraction: 0.8, problems: ['status-Failed', 'status-contradictory'] },
    ],
  },
  {
    id: 'a pass mark in words for a level',
    descriptions: [{ ...without(up, 'requiredLevel'), requiredValue: 'good' }],
    results: [{ achievedLevel: 'L2' }],
    expected: [{ verdict: 'cannot-tell', rank: [2, 4], problems: ['pass-mark-not-comparable'] }],
  },
  {
    id: 'a value that stands twice',
    descriptions: [{ ...bands, allowedValue: ['Basic', 'Basic', 'Competent'] }],
    results: [{ value: 'Basic' }],
    expected: [{ verdict: 'cannot-tell', problems: ['allowed-value-duplicate'] }],
  },
  {
    id: 'a pass mark outside the list',
    descriptions: [{ ...bands, requiredValue: 'Great' }],
    results: [{ value: 'Basic' }],
    expected: [{ verdict: 'cannot-tell', problems: ['pass-mark-not-allowed'] }],
  },
  {
    id: 'decimals listed high to low',
    descriptions: [{ resultType: 'Result', allowedValue: ['3', '2', '1'], requiredValue: '2' }],
    results: [{ value: '3' }],
    expected: [{ verdict: 'cannot-tell', problems: ['order-suspect'] }],
  },
  {
    id: 'a list without a pass mark',
    descriptions: [without(bands, 'requiredValue')],
    results: [{ value: 'Basic' }],
    expected: [{ verdict: 'no-pass-mark', basis: 'allowed-value', rank: [1, 3] }],
  },
  {
    id: 'bounds that contradict themselves',
    descriptions: [percent({ valueMin: '100', valueMax: '0' })],
    results: [{ value: '85' }],
    expected: [{ verdict: 'met', basis: 'number', problems: ['bounds-invalid'] }],
  },
  {
    id: 'a pass mark out of range',
    descriptions: [percent({ valueMin: '0', valueMax: '100', requiredValue: '700' })],
    results: [{ value: '85' }],
    expected: [{ verdict: 'cannot-tell', fraction: 0.85, problems: ['pass-mark-out-of-range'] }],
  },
  {
    id: 'a number without a pass mark',
    descriptions: [without(bounded, 'requiredValue')],
    results: [{ value: '85' }],
    expected: [{ verdict: 'no-pass-mark', basis: 'number', fraction: 0.85 }],
  },
  {
    id: 'exact decimals, no floats',
    descriptions: [{ resultType: 'RawScore', requiredValue: '0.30000000000000000001' }],
    results: [{ value: '0.3' }],
    expected: [{ verdict: 'not-met', basis: 'number' }],
  },
  {
    id: 'an exponent is not a number',
    descriptions: [{ resultType: 'RawScore', requiredValue: '1' }],
    results: [{ value: '1e3' }],
    expected: [{ verdict: 'cannot-tell', problems: ['not-a-number'] }],
  },
];

function credentialOf({ descriptions, results }: Case): JsonObject {
  const clean = (value: object) => JSON.parse(JSON.stringify(value)) as JsonObject;
  return {
    credentialSubject: {
      result: results.map((result) => clean({ resultDescription: 'd1', ...result })),
      achievement: {
        resultDescription: descriptions.map((one, index) =>
          clean({ id: `d${index + 1}`, name: `Scale ${index + 1}`, ...one }),
        ),
      },
    },
  };
}

describe('mastery, framework.md §6', () => {
  for (const one of [...cases, ...further])
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
    expect([...new Set(cases.map(({ id }) => id))]).toEqual(
      Array.from({ length: 32 }, (_, index) => `M${String(index + 1).padStart(2, '0')}`),
    );
  });
});

describe('mastery of the fixtures', () => {
  const read = (name: string) =>
    JSON.parse(readFileSync(new URL(`../../../fixtures/trusted/${name}.json`, import.meta.url), 'utf8')) as JsonObject;
  const said = (name: string) => readMastery(read(name), false).map(renderMastery);

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
