import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../../core/json/json.ts';
import { columnQuery, guessColumns } from './columns.ts';

const achievement = JSON.parse(
  readFileSync(new URL('../../../../../fixtures/cli/achievement.json', import.meta.url), 'utf8'),
) as JsonObject;
const guess = (header: string[], samples: string[][] = []) => guessColumns(header, samples, achievement);

describe('columns of a list', () => {
  it('are guessed by the names that the service knows, by usual ones, and by the scales', () => {
    expect(
      guess(['Student', 'E-mail address', 'Student ID', 'kitchen practical', 'status:Examination', 'Group']),
    ).toEqual(['name', 'email', 'identifier:systemId', 'result:Kitchen practical', 'status:Examination', '']);
    expect(guess(['Correo electrónico', 'Matrícula', 'Créditos'])).toEqual([
      'email',
      'identifier:systemId',
      'creditsEarned',
    ]);
  });

  it('are told apart by what stands in them: a number is no identifier', () => {
    expect(guess(['ID'], [['4711']])).toEqual(['identifier:systemId']);
    expect(guess(['ID'], [['did:key:z6Mk']])).toEqual(['id']);
  });

  it('mean one thing once', () => {
    expect(guess(['name', 'Student'])).toEqual(['name', '']);
  });

  it('are asked for by name; what is left out is named', () => {
    expect(columnQuery(['Student', 'email', 'Group', ''], ['name', 'email', '', ''])).toEqual([
      ['column', 'Student=name'],
      ['ignore', 'Group'],
      ['ignore', ''],
    ]);
  });
});
