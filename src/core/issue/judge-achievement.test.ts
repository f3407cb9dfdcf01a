import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { nodeCryptography } from '../../node/cryptography.ts';
import { aimedClass, countRequired, listForAuthor } from '../framework/author-list.ts';
import { defaultPack } from '../framework/default-pack.ts';
import type { JsonObject } from '../json/json.ts';
import { judgeDraft } from './judge-achievement.ts';

const fixture = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../../fixtures/trusted/${name}.json`, import.meta.url), 'utf8')) as JsonObject & {
    issuer: JsonObject;
    credentialSubject: { achievement: JsonObject };
  };
const { issuer, credentialSubject } = fixture('application');
const { achievement } = credentialSubject;
const judge = (achievement: JsonObject, evidence: { minimum: number } | null = { minimum: 1 }) =>
  judgeDraft({ achievement, issuer, evidence }, { cryptography: nodeCryptography, now: new Date() });

describe('judging what an author writes', () => {
  it('judges for somebody who did all that is asked, and counts what the class requires', async () => {
    const { findings, report } = await judge(achievement);
    expect(findings).toEqual([]);
    expect(report?.classes.headline).toBe('application');
    if (report === null) return;
    expect(aimedClass(report, defaultPack)).toBe('application');
    const count = countRequired(listForAuthor(report, defaultPack, 'application'));
    expect(count).toMatchObject({ missing: 0 });
    const without = (await judge(achievement, null)).report;
    expect(without?.rules.find(({ id }) => id === 'evidence')?.outcome).toBe('missing');
    if (without === null) return;
    expect(aimedClass(without, defaultPack)).toBe('application');
    expect(countRequired(listForAuthor(without, defaultPack, 'application')).missing).toBeGreaterThan(0);
  });

  it('judges a draft that is hardly begun, and tells what keeps credentials from being built', async () => {
    const { id, type } = achievement;
    const begun = await judge({ id, type, name: 'Food safety' } as JsonObject, null);
    expect(begun.findings.map(({ pointer }) => pointer)).toContain('/credentialSubject/achievement/criteria');
    expect(begun.report?.rules.find((rule) => rule.id === 'name')?.outcome).toBe('met');
    if (begun.report !== null) expect(aimedClass(begun.report, defaultPack)).toBe('recognition');
    const scaled = await judge({
      ...(begun.report && { id, type, name: 'x', description: 'y', criteria: { narrative: 'z' } }),
      resultDescription: [
        {
          id: 'urn:uuid:11111111-1111-4111-8111-111111111111',
          type: ['ResultDescription', 'AssessmentResultDescription'],
          name: 'Examination',
          resultType: 'Percent',
          assessmentType: 'Exam',
          hasGroupParticipation: false,
          hasGroupEvaluation: false,
        },
      ],
    } as JsonObject);
    expect(scaled.findings).toEqual([]);
    if (scaled.report !== null) expect(aimedClass(scaled.report, defaultPack)).toBe('knowledge');
  });
});
