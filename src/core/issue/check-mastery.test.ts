import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { nodeCryptography } from '../../node/cryptography.ts';
import type { JsonObject } from '../json/json.ts';
import type { MasteryConditions } from './check-mastery.ts';
import { buildChecked } from './issue-credential.ts';
import type { Learner } from './learner.ts';

const achievement = JSON.parse(
  readFileSync(new URL('../../../fixtures/cli/achievement.json', import.meta.url), 'utf8'),
) as JsonObject;
const [examination, practical] = achievement.resultDescription as [JsonObject, JsonObject];
const levels = (practical.rubricCriterionLevel as JsonObject[]).map(({ id }) => String(id));
const issuer = { id: 'https://northfield.example.edu/issuers/main', name: 'Northfield' };

const faults = async (learner: Learner, conditions: MasteryConditions = {}, what = achievement) => {
  const options = { cryptography: nodeCryptography, now: new Date(), ...conditions };
  const built = await buildChecked({ achievement: what, issuer, learner: { name: 'Ana', ...learner } }, options);
  return built.ok ? [] : built.findings.map(({ code, pointer }) => `${code} ${pointer}`);
};
const score = (value: string, status?: string) => ({
  resultDescription: String(examination.id),
  value,
  ...(status === undefined ? {} : { status }),
});
const level = (index: number) => ({ resultDescription: String(practical.id), achievedLevel: levels[index] as string });

describe('checkMastery', () => {
  it.each<[string, Learner['result'], string[]]>([
    ['at the pass mark', [score('35'), level(1)], []],
    [
      'under it, each by itself',
      [score('34.9'), level(0)],
      ['0', '1'].map((at) => `issue-result-below-pass-mark /result/${at}`),
    ],
    ['one of two under it', [score('35'), level(0)], ['issue-result-below-pass-mark /result/1']],
    ['compared as numbers, not as text', [score('9')], ['issue-result-below-pass-mark /result/0']],
    ['completed', [score('40', 'Completed')], []],
    ['not completed', [score('40', 'InProgress'), level(2)], ['issue-result-not-completed /result/0']],
    ['without a result', undefined, []],
  ])('%s', async (_, result, expected) => {
    const learner = result === undefined ? {} : { result };
    expect(await faults(learner)).toEqual(expected);
    expect(await faults(learner, { allowBelowPassMark: true })).toEqual([]);
  });

  it('asks nothing of a scale without a pass mark', async () => {
    const { requiredValue: _, ...open } = examination;
    const what = { ...achievement, resultDescription: [open, practical] };
    expect(await faults({ result: [score('1'), level(1)] }, {}, what)).toEqual([]);
  });

  it.each<[string, Learner['evidence'], string[]]>([
    ['none', undefined, ['issue-evidence-too-few /evidence', 'issue-evidence-kind-missing /evidence']],
    ['too few', [{ narrative: 'x', genre: ' log' }], ['issue-evidence-too-few /evidence']],
    [
      'of another kind',
      [{ narrative: 'x' }, { narrative: 'y', genre: 'Film' }],
      ['issue-evidence-kind-missing /evidence'],
    ],
    ['enough', [{ narrative: 'x' }, { narrative: 'y', genre: 'LOG' }], []],
  ])('asks for evidence: %s', async (_, evidence, expected) => {
    const conditions = { evidence: { minimum: 2, kinds: ['Log'] } };
    expect(await faults(evidence === undefined ? {} : { evidence }, conditions)).toEqual(expected);
  });
});
