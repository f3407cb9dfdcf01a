import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../json/json.ts';
import { parseLearner, readMoment } from './learner.ts';
import { resultFromText } from './result-text.ts';
import { readRosterHeader, readRosterRow } from './roster.ts';

const achievement = JSON.parse(
  readFileSync(new URL('../../../fixtures/cli/achievement.json', import.meta.url), 'utf8'),
) as JsonObject;
const [examination, practical] = achievement.resultDescription as [JsonObject, JsonObject];

const header = (names: string[], options = {}) => {
  const read = readRosterHeader(names, achievement, options);
  return read.ok ? read.columns : read.faults.map(({ column, finding }) => [column, finding.code]);
};
const row = (names: string[], cells: string[]) => {
  const read = readRosterHeader(names, achievement);
  if (!read.ok) throw new Error(JSON.stringify(read.faults));
  const result = readRosterRow(read.columns, cells);
  return result.ok ? result.learner : result.faults.map(({ column, finding }) => [column, finding.code]);
};

describe('readRosterHeader', () => {
  it('knows columns without case, spaces and hyphens, scales by name or id', () => {
    const names = [
      'E-Mail',
      'NAME',
      'Credits earned',
      'identifier:systemId',
      'result:kitchen PRACTICAL',
      `status:${examination.id}`,
      'Evidence 2:name',
    ];
    expect(readRosterHeader(names, achievement).ok).toBe(true);
  });

  it('maps and leaves out columns', () => {
    const options = { rename: new Map([['Student', 'email']]), ignore: new Set(['Group']) };
    expect(readRosterHeader(['Student', 'Group'], achievement, options).ok).toBe(true);
  });

  it.each([
    [['email', 'grade'], [[2, 'roster-column-unknown']]],
    [['email', 'E-mail'], [[2, 'roster-column-twice']]],
    [['email', 'evidence', 'evidence:id'], [[3, 'roster-column-twice']]],
    [['email', 'result:Essay'], [[2, 'roster-scale-unknown']]],
    [['email', 'result'], [[2, 'roster-scale-unknown']]],
    [['role'], [[null, 'roster-no-learner-column']]],
    [[], [[null, 'roster-empty']]],
  ])('refuses %j', (names, faults) => {
    expect(header(names)).toEqual(faults);
  });

  it('refuses two scales of one name', () => {
    const twice = { ...achievement, resultDescription: [examination, { ...examination, id: 'urn:x:2' }] };
    const read = readRosterHeader(['email', 'result:Examination'], twice);
    expect(read.ok ? [] : read.faults.map(({ finding }) => finding.code)).toEqual(['roster-scale-ambiguous']);
  });
});

describe('readRosterRow', () => {
  it('makes a learner of a row; empty cells say nothing', () => {
    expect(
      row(
        [
          'name',
          'email',
          'result:Examination',
          'result:Kitchen practical',
          'evidence',
          'evidence:name',
          'evidence 2:narrative',
          'awardedDate',
          'term',
          'creditsEarned',
          'identifier:systemId',
        ],
        [
          ' Ana ',
          'ana@x.example',
          '43',
          'advanced',
          'https://x.example/e',
          'Log',
          'Text',
          '2026-05-18',
          '',
          '1.5',
          '007',
        ],
      ),
    ).toEqual({
      name: 'Ana',
      email: 'ana@x.example',
      creditsEarned: 1.5,
      awardedDate: '2026-05-18T00:00:00Z',
      identifiers: { systemId: '007' },
      result: [
        { type: ['Result'], resultDescription: examination.id, value: '43' },
        {
          type: ['Result'],
          resultDescription: practical.id,
          achievedLevel: 'urn:uuid:7c0e4b52-0a70-4a43-9b33-000000000203',
        },
      ],
      evidence: [
        { type: ['Evidence'], id: 'https://x.example/e', name: 'Log' },
        { type: ['Evidence'], narrative: 'Text' },
      ],
    });
  });

  it.each([
    ['email', 'ana at x', 'issue-email-wrong'],
    ['id', '4711', 'issue-id-wrong'],
    ['validUntil', '18.05.2026', 'issue-date-wrong'],
    ['validUntil', '2026-02-31T00:00', 'issue-date-wrong'],
    ['creditsEarned', '1,5', 'issue-number-wrong'],
    ['result:Examination', '43,5', 'issue-number-wrong'],
    ['result:Examination', '51', 'issue-value-out-of-range'],
    ['result:Kitchen practical', 'Expert', 'issue-level-unknown'],
    ['status:Examination', 'done', 'issue-status-unknown'],
    ['evidence', 'data:text/plain,x', 'issue-evidence-address-wrong'],
    ['narrative', 'Jos\uFFFD', 'issue-not-text'],
  ])('finds the fault in %s: %s', (column, cell, code) => {
    expect(row(['name', column], ['Ana', cell])).toEqual([[2, code]]);
  });

  it('finds every fault of a row, missing cells and a learner whom nothing names', () => {
    expect(row(['email', 'result:Examination'], ['x', 'y'])).toEqual([
      [1, 'issue-email-wrong'],
      [2, 'issue-number-wrong'],
    ]);
    expect(row(['name', 'email'], ['Ana'])).toEqual([[null, 'roster-cells-differ']]);
    expect(row(['name', 'role'], [' ', 'Lead'])).toEqual([[null, 'issue-learner-unidentified']]);
  });

  it('takes any cell without throwing', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 4, maxLength: 4 }), (cells) => {
        row(['name', 'email', 'result:Examination', 'result:Kitchen practical'], cells);
      }),
    );
  });
});

describe('resultFromText', () => {
  const scale = (members: JsonObject) => ({ id: 'urn:x:1', name: 'Scale', ...members });
  it.each([
    [{ resultType: 'Percent' }, '85 %', { value: '85' }],
    [{ resultType: 'Percent' }, '0.85', 'issue-value-fraction-or-percent'],
    [{ resultType: 'Percent' }, '101', 'issue-value-out-of-range'],
    [{ resultType: 'LetterGrade', allowedValue: ['F', 'C', 'A'] }, 'a', { value: 'A' }],
    [{ resultType: 'LetterGrade', allowedValue: ['F', 'C', 'A'] }, 'B', 'issue-value-not-allowed'],
    [{ resultType: 'LetterGrade' }, 'B', { value: 'B' }],
    [{ resultType: 'Status' }, 'in progress', { status: 'InProgress' }],
    [{ resultType: 'RubricScore', rubricCriterionLevel: [{ id: 'urn:l', name: 'Good' }] }, '3', { value: '3' }],
    [
      { resultType: 'PerformanceLevel', rubricCriterionLevel: [{ id: 'urn:l', name: 'Good' }] },
      'good',
      { achievedLevel: 'urn:l' },
    ],
    [
      {
        resultType: 'PerformanceLevel',
        rubricCriterionLevel: [
          { id: 'urn:l', name: 'Good' },
          { id: 'urn:m', name: 'good' },
        ],
      },
      'GOOD',
      'issue-level-unknown',
    ],
    [{ resultType: 'RawScore' }, '1e3', 'issue-number-wrong'],
  ])('%j %s', (members, text, expected) => {
    const read = resultFromText(scale(members as JsonObject), text);
    if (typeof expected === 'string') expect(read.ok ? null : read.code).toBe(expected);
    else expect(read.ok && read.result).toEqual({ type: ['Result'], resultDescription: 'urn:x:1', ...expected });
  });
});

describe('parseLearner', () => {
  const faults = (value: unknown) => {
    const read = parseLearner(value);
    return read.ok ? [] : read.findings.map(({ code, pointer }) => [code, pointer]);
  };
  it.each([
    [[], [['issue-file-not-object', '']]],
    [{ mail: 'x' }, [['issue-learner-member-unknown', '/mail']]],
    [{ email: 'x' }, [['issue-email-wrong', '/email']]],
    [{ id: 'x' }, [['issue-id-wrong', '/id']]],
    [{ validUntil: 'soon' }, [['issue-date-wrong', '/validUntil']]],
    [{ result: {} }, [['issue-learner-member-wrong', '/result']]],
    [{ name: 7 }, [['issue-learner-member-wrong', '/name']]],
  ])('refuses %j', (value, expected) => {
    expect(faults(value)).toEqual(expected);
  });

  it('reads days and moments', () => {
    expect(readMoment('2026-05-18')).toBe('2026-05-18T00:00:00Z');
    expect(readMoment(' 2026-05-18T09:00:00+02:00 ')).toBe('2026-05-18T09:00:00+02:00');
    for (const wrong of ['2026-13-01', '2026-02-31', '2026-02-30T10:00:00Z']) expect(readMoment(wrong)).toBeUndefined();
    expect(readMoment('18 May 2026')).toBeUndefined();
  });
});
