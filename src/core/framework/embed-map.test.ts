import { existsSync, readFileSync } from 'node:fs';
import Ajv from 'ajv/dist/2019.js';
import { describe, expect, it } from 'vitest';
import { parseCredential } from '../credential/parse.ts';
import type { JsonObject } from '../json/json.ts';
import { analyseTerms } from '../json-ld/terms.ts';
import type { AuthoredAchievement, LearnerFields } from './authored-fields.ts';
import { buildCredentialFromFields } from './build-credential-from-fields.ts';
import { checkCredential } from './check-credential.ts';
import { buildAchievement } from './embed-map.ts';
import { defaultPack } from './packs.ts';

const model = JSON.parse(
  readFileSync(new URL('../../../fixtures/trusted/application.json', import.meta.url), 'utf8'),
) as JsonObject;
const schemaFile = new URL(
  '../../../../shared/data/schemas/json/ob_v3p0_achievementcredential_schema.json',
  import.meta.url,
);
if (!existsSync(schemaFile)) console.warn('Skipped: ../shared is not here, so the published schema is not asked.');
const skill = {
  targetName: 'Interpret water quality measurements',
  targetUrl: 'https://credentialengineregistry.org/resources/ce-6a1d5c3e-40f7-4b8a-8f0d-2b93c7e1a054',
  targetDescription: 'Compares readings with limits and explains what they mean.',
  targetFramework: 'Fictional Water Stewardship Competencies',
  targetType: 'ceasn:Competency',
};
const levels = ['Emerging', 'Developing', 'Proficient'].map((name, index) => ({
  id: `urn:uuid:5b8f0a3e-2c41-4f6d-9e70-00000000010${index + 1}`,
  name,
  description: `What ${name} looks like.`,
}));
const fields: AuthoredAchievement = {
  id: 'https://northfield.example.edu/achievements/water',
  name: 'Water Quality Sampling: Applied',
  description: 'Plans, takes and interprets river samples.',
  achievementType: 'MicroCredential',
  language: 'en-IE',
  code: 'ENV-214A',
  subject: 'Environmental science',
  tags: ['water'],
  image: { id: 'https://northfield.example.edu/water.png', caption: 'Blue drop' },
  issuer: {
    id: 'https://northfield.example.edu/issuers/main',
    name: 'Northfield Polytechnic (fictional)',
    url: 'https://northfield.example.edu',
    country: 'IE',
    accreditations: [
      {
        id: 'https://accreditor.example.edu/1',
        name: 'Fictional Council',
        contactInstructions: 'Register entry 41.',
        accreditationDate: '2023-09-01',
        educationalSector: 'Higher education',
      },
    ],
  },
  criteria: { narrative: '- visit three sites\n- hand in a report', id: 'https://northfield.example.edu/criteria' },
  alignments: [skill],
  effort: 'PT38H',
  credit: 1.5,
  scales: [
    {
      id: 'urn:uuid:5b8f0a3e-2c41-4f6d-9e70-000000000100',
      name: 'Field report',
      resultType: 'RubricCriterionLevel',
      description: 'An individual report.',
      assessment: {
        type: 'Artifact',
        output: 'report',
        evaluationMethod: 'Rubric, two assessors.',
        evaluation: 'https://northfield.example.edu/moderation',
      },
      levels,
      requiredLevel: levels[1]!.id,
      alignments: [skill],
    },
    {
      id: 'urn:uuid:5b8f0a3e-2c41-4f6d-9e70-000000000200',
      name: 'Practical',
      resultType: 'Percent',
      description: 'Two hours in the laboratory.',
      assessment: { type: 'Performance', output: 'log', evaluationMethod: 'Checklist.' },
      valueMin: 0,
      valueMax: 100,
      requiredValue: 70,
    },
  ],
};
const learner: LearnerFields = {
  credentialId: 'urn:uuid:0d9e6f64-53a1-4c0b-8e55-b1a7c4f0d301',
  id: 'did:example:learner',
  awardedDate: '2026-05-18T00:00:00Z',
  validFrom: '2026-05-20T09:00:00Z',
  activityEndDate: '2026-05-12T16:00:00Z',
  creditsEarned: 1.5,
  results: [
    { scale: fields.scales![0]!.id, achievedLevel: levels[2]!.id },
    { scale: fields.scales![1]!.id, value: 84.5 },
  ],
  evidence: [{ id: 'https://evidence.example.edu/1.pdf', name: 'Report', genre: 'Field report' }],
  assessor: { id: 'https://station.example.edu', name: 'Field Station' },
};

const codes = (change: Partial<AuthoredAchievement>) =>
  buildAchievement({ ...fields, ...change }).findings.map(({ code, pointer }) => [code, pointer]);
const learnerCodes = (change: Partial<LearnerFields>) =>
  buildCredentialFromFields(fields, { ...learner, ...change }).learnerFindings.map(({ code, pointer }) => [
    code,
    pointer,
  ]);

describe('embed map, framework.md §7', () => {
  const built = buildCredentialFromFields(fields, learner);

  it('writes a credential that supports Application fully, with every term defined', () => {
    expect([...built.achievementFindings, ...built.learnerFindings]).toEqual([]);
    expect(analyseTerms(built.credential)).toEqual({ undefinedTerms: [], unknownContexts: [] });
    const { classes, mastery } = checkCredential(built.credential, { pack: defaultPack });
    expect(classes).toMatchObject({
      outcome: 'supported',
      headline: 'application',
      supported: [{ class: 'application', basis: 'full' }],
    });
    expect(mastery.statements.map(({ verdict, basis }) => [verdict, basis])).toEqual([
      ['met', 'points'],
      ['met', 'number'],
    ]);
  });

  it('writes what the data model accepts', () => {
    const parsed = parseCredential(built.credential);
    expect(parsed).toMatchObject({ ok: true, parsed: { kind: 'OpenBadgeCredential', findings: [] } });
  });

  it.skipIf(!existsSync(schemaFile))('writes what the published schema accepts', () => {
    const ajv = new Ajv.default({ strict: false, validateFormats: false });
    expect(ajv.validate(JSON.parse(readFileSync(schemaFile, 'utf8')), built.credential), ajv.errorsText()).toBe(true);
  });

  it('lists V, O and then what is used', () => {
    expect(built.credential['@context']).toEqual(model['@context']);
    const plain = buildCredentialFromFields(
      { ...fields, effort: undefined, scales: [], issuer: { ...fields.issuer, accreditations: [] } },
      { ...learner, results: [] },
      { listSchema: false },
    );
    expect(plain.credential['@context']).toEqual((model['@context'] as string[]).slice(0, 2));
    expect(plain.credential.credentialSchema).toBeUndefined();
  });

  it('writes marks as strings and gives levels rising points', () => {
    const descriptions = ((built.credential.credentialSubject as JsonObject).achievement as JsonObject)
      .resultDescription;
    expect(descriptions).toMatchObject([
      { rubricCriterionLevel: [{ points: '1' }, { points: '2' }, { points: '3' }] },
      { valueMin: '0', valueMax: '100', requiredValue: '70' },
    ]);
    expect(built.credential.credentialSubject).toMatchObject({ result: [{}, { value: '84.5' }] });
  });

  it('keeps results and evidence off the achievement', () => {
    const { achievement } = buildAchievement({ ...fields, evidence: [{ id: 'x' }] } as AuthoredAchievement);
    expect(Object.keys(achievement)).not.toContain('evidence');
    expect(Object.keys(achievement)).not.toContain('result');
    expect(codes({ evidence: [] } as Partial<AuthoredAchievement>)).toEqual([['field-evidence-repeated', '/evidence']]);
    expect(built.credential.evidence).toHaveLength(1);
    expect(Object.keys(built.credential.credentialSubject as JsonObject)).not.toContain('evidence');
  });

  it('writes the class token only when asked', () => {
    expect(JSON.stringify(built.credential)).not.toContain('1EdTechTrustEd');
    const claimed = buildCredentialFromFields(fields, learner, { classToken: 'Application' }).credential;
    expect(claimed.type).toContain('1EdTechTrustEdApplicationCredential');
    expect(analyseTerms(claimed).undefinedTerms).toEqual([]);
    expect(checkCredential(claimed, { pack: defaultPack }).classes.declared).toEqual(['application']);
  });

  it.each<[string, Partial<AuthoredAchievement>, string, string]>([
    ['N/A as type', { achievementType: 'N/A' }, 'field-achievement-type', '/achievementType'],
    ['a blank name', { name: ' ' }, 'field-not-text', '/name'],
    ['no name', { name: '' }, 'field-required', '/name'],
    ['HTML', { description: 'Very <b>good</b>' }, 'field-html', '/description'],
    ['weeks with hours', { effort: 'P1WT2H' }, 'field-duration', '/effort'],
    ['credit as text', { credit: '3 ECTS' as unknown as number }, 'field-number', '/credit'],
    [
      'criteria as a link',
      { criteria: { id: 'https://a.example/c' } as AuthoredAchievement['criteria'] },
      'field-criteria-link-only',
      '/criteria/narrative',
    ],
    [
      'a bare issuer',
      { issuer: 'https://a.example' as unknown as AuthoredAchievement['issuer'] },
      'field-issuer-uri-only',
      '/issuer',
    ],
    ['a country name', { issuer: { ...fields.issuer, country: 'Ireland' } }, 'field-country', '/issuer/country'],
    ['the word English', { language: 'English' }, 'field-language', '/language'],
    [
      'an image without caption',
      { image: { id: 'https://a.example/i.png', caption: '' } },
      'field-image-caption',
      '/image/caption',
    ],
    [
      'a home page as skill',
      { alignments: [{ ...skill, targetUrl: 'https://esco.example/' }] },
      'alignment-site-root',
      '/alignments/0',
    ],
    [
      'two scales in one',
      { scales: [{ ...fields.scales![1]!, allowedValue: ['70'] }] },
      'field-scale-mixed',
      '/scales/0',
    ],
    [
      'equal points',
      { scales: [{ ...fields.scales![0]!, levels: levels.map((level) => ({ ...level, points: 1 })) }] },
      'field-points-not-rising',
      '/scales/0/levels',
    ],
    [
      'a missing point',
      {
        scales: [
          {
            ...fields.scales![0]!,
            levels: levels.map((level, index) => (index === 1 ? level : { ...level, points: index })),
          },
        ],
      },
      'field-points-not-rising',
      '/scales/0/levels',
    ],
    [
      'no evaluation method',
      { scales: [{ ...fields.scales![1]!, assessment: { type: 'Exam', output: 'x', evaluationMethod: '' } }] },
      'field-assessment-method',
      '/scales/0/assessment/evaluationMethod',
    ],
    [
      'a pass mark out of bounds',
      { scales: [{ ...fields.scales![1]!, requiredValue: 120 }] },
      'field-bounds',
      '/scales/0',
    ],
    [
      'an unknown required level',
      { scales: [{ ...fields.scales![0]!, requiredLevel: 'urn:x:9' }] },
      'field-level-unknown',
      '/scales/0/requiredLevel',
    ],
  ])('refuses %s', (_, change, code, pointer) => {
    expect(codes(change)).toContainEqual([code, pointer]);
  });

  it.each<[string, Partial<LearnerFields>, string, string]>([
    [
      'plain e-mail',
      { identifiers: [{ identityType: 'emailAddress', identityHash: 'a@b.example', hashed: false }] },
      'field-email-plain',
      '/identifiers/0',
    ],
    ['e-mail as id', { id: 'mailto:a@b.example' }, 'field-email-plain', '/id'],
    ['nobody', { id: undefined }, 'field-required', '/id'],
    ['a day without a time', { awardedDate: '2026-05-18' }, 'field-date', '/awardedDate'],
    ['a date that does not exist', { validUntil: '2026-02-30T00:00:00Z' }, 'field-date', '/validUntil'],
    [
      'a result on no scale',
      { results: [{ scale: 'urn:x:1', value: '1' }] },
      'field-scale-unknown',
      '/results/0/scale',
    ],
    [
      'a value out of bounds',
      { results: [{ scale: fields.scales![1]!.id, value: '101' }] },
      'field-bounds',
      '/results/0/value',
    ],
    [
      'a value in words',
      { results: [{ scale: fields.scales![1]!.id, value: 'good' }] },
      'field-not-decimal',
      '/results/0/value',
    ],
    ['data: as evidence', { evidence: [{ id: 'data:text/plain,x' }] }, 'field-evidence-data', '/evidence/0/id'],
    [
      'a shared drive',
      { evidence: [{ id: 'https://drive.google.com/x' }] },
      'field-evidence-not-durable',
      '/evidence/0/id',
    ],
    [
      'an endorsement stub',
      { endorsements: [{ type: 'Endorsement', id: 'x', name: 'Council' }] },
      'field-endorsement-stub',
      '/endorsements/0',
    ],
  ])('refuses %s', (_, change, code, pointer) => {
    expect(learnerCodes(change)).toContainEqual([code, pointer]);
  });
});
