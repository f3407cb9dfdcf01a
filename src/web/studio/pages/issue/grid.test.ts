import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../../core/json/json.ts';
import { emptyRow, faultsOf, findTwice, gridColumns, isDecision, pasteBlock } from './grid.ts';

const achievement = JSON.parse(
  readFileSync(new URL('../../../../../fixtures/cli/achievement.json', import.meta.url), 'utf8'),
) as JsonObject;
const columns = gridColumns(achievement);
const rules = { achievement, columns, timeZone: 'UTC', evidence: undefined, allowBelowPassMark: false };
const row = (cells: Record<string, string>) => columns.map(({ target }) => cells[target] ?? '');
const codes = (cells: Record<string, string>, more = {}) =>
  faultsOf(row(cells), { ...rules, ...more }).map(({ column, finding }) => [
    column === null ? null : columns[column - 1]?.target,
    finding.code,
  ]);

describe('the award grid', () => {
  it('has a column for each scale, with its levels', () => {
    expect(columns.map(({ target }) => target).slice(0, 5)).toEqual([
      'name',
      'email',
      'identifier:systemId',
      'result:Examination',
      'result:Kitchen practical',
    ]);
    expect(columns[4]?.scale?.levels).toEqual(['Beginning', 'Competent', 'Advanced']);
  });

  it('says of a row what the service will say of it', () => {
    expect(codes({})).toEqual([]);
    expect(codes({ name: 'Ana', 'result:Examination': '43' })).toEqual([]);
    expect(codes({ name: 'Ana', email: 'ana@', 'result:Kitchen practical': 'Expert' })).toEqual([
      ['email', 'issue-email-wrong'],
      ['result:Kitchen practical', 'issue-level-unknown'],
    ]);
    expect(codes({ name: 'Ana' }, { evidence: { minimum: 1 } })).toEqual([['evidence', 'issue-evidence-too-few']]);
  });

  it('leaves what is under the pass mark to whoever decides', () => {
    const below = { name: 'Ana', 'result:Examination': '20' };
    expect(codes(below)).toEqual([['result:Examination', 'issue-result-below-pass-mark']]);
    expect(faultsOf(row(below), rules).every(isDecision)).toBe(true);
    expect(codes(below, { allowBelowPassMark: true })).toEqual([]);
  });

  it('finds a learner who stands in it twice', () => {
    const rows = [row({ email: 'ana@x.edu' }), row({ email: 'bo@x.edu' }), row({ email: 'Ana@x.edu ' }), row({})];
    expect([...findTwice(rows, columns)]).toEqual([[2, 0]]);
  });

  it('takes a block from a spreadsheet, within its columns, with rows for all of it', () => {
    const pasted = pasteBlock(
      [emptyRow(3)],
      [
        ['a', 'b', 'too far'],
        ['c\nd', 'e'],
      ],
      [0, 1],
      3,
    );
    expect(pasted).toEqual([
      ['', 'a', 'b'],
      ['', 'c d', 'e'],
    ]);
  });
});
