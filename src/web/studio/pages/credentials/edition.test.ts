import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../../core/json/json.ts';
import { changesOf, readEdition } from './edition.ts';

const achievement = JSON.parse(
  readFileSync(new URL('../../../../../fixtures/cli/achievement.json', import.meta.url), 'utf8'),
) as JsonObject;
const [examination = '', practical = ''] = (achievement.resultDescription as { id: string }[]).map(({ id }) => id);
const beginning = 'urn:uuid:7c0e4b52-0a70-4a43-9b33-000000000201';
const other = { type: ['Result'], value: 'kept' };
const credential: JsonObject = {
  validUntil: '2029-06-30T00:00:00Z',
  credentialSubject: {
    result: [
      { type: ['Result'], resultDescription: examination, value: '43' },
      { type: ['Result'], resultDescription: practical, achievedLevel: beginning },
      other,
    ],
  },
};
const before = readEdition(credential, { name: 'Ana Tores' }, achievement);

describe('a corrected edition', () => {
  it('begins with what stands in the credential, levels by their names', () => {
    expect(before).toMatchObject({
      name: 'Ana Tores',
      email: '',
      validUntil: '2029-06-30',
      results: { [examination]: '43', [practical]: 'Beginning' },
    });
  });

  it('asks for what differs, and for nothing else', () => {
    const ask = (after: object) => changesOf(before, { ...before, ...after }, credential, achievement);
    expect(ask({})).toEqual({ ok: true, learner: {} });
    expect(ask({ name: 'Ana Torres', validUntil: '' })).toEqual({
      ok: true,
      learner: { name: 'Ana Torres', validUntil: null },
    });
    const better = ask({ results: { [examination]: '45', [practical]: 'Beginning' } });
    expect(better.ok && better.learner.result).toEqual([
      { type: ['Result'], resultDescription: practical, achievedLevel: beginning },
      other,
      { type: ['Result'], resultDescription: examination, value: '45' },
    ]);
  });

  it('says which result its scale does not hold', () => {
    const wrong = changesOf(
      before,
      { ...before, results: { ...before.results, [practical]: 'Expert' } },
      credential,
      achievement,
    );
    expect(wrong.ok ? [] : wrong.faults.map(({ scale, finding }) => [scale, finding.code])).toEqual([
      [practical, 'issue-level-unknown'],
    ]);
  });
});
