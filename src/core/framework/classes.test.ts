import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../json/json.ts';
import { type Change, changed } from './changed-fixture.ts';
import { type CheckOptions, checkCredential } from './check-credential.ts';
import { defaultPack } from './packs.ts';
import type { ClassReport } from './report.ts';

const read = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../../fixtures/trusted/${name}.json`, import.meta.url), 'utf8')) as JsonObject;

const subject = '/credentialSubject';
const achievement = `${subject}/achievement`;
const draftContext = 'https://purl.imsglobal.org/spec/ob/v3p0/obv3p0_tcv1p0_context_v1p0.json';
const withToken = (name: string, ...classes: string[]): Record<string, JsonObject[string]> => {
  const document = read(name);
  return {
    '/@context': [
      ...(document['@context'] as string[]).slice(0, 2),
      draftContext,
      ...(document['@context'] as string[]).slice(2),
    ],
    '/type': [...(document.type as string[]), ...classes.map((id) => `1EdTechTrustEd${id}Credential`)],
  };
};
const artifact = {
  id: 'urn:uuid:c4e1d7b2-9a35-4e80-8b1f-000000000300',
  type: ['ResultDescription', 'AssessmentResultDescription'],
  name: 'Kitchen plan',
  resultType: 'Status',
  description: 'A written plan for one kitchen.',
  assessmentType: 'Artifact',
  assessmentOutput: 'plan',
};
const evidence = { id: 'https://evidence.example.edu/1', type: ['Evidence'], name: 'Plan' };
const applied: Change['set'] = {
  [`${achievement}/resultDescription/1`]: artifact,
  [`${subject}/result/1`]: {
    type: ['Result'],
    resultDescription: artifact.id,
    status: 'Completed',
  },
  '/evidence': [evidence],
};

interface Case {
  id: string;
  from: string;
  change?: Change;
  options?: Partial<CheckOptions>;
  outcome: ClassReport['outcome'];
  headline?: string;
  supported?: Record<string, string[]>;
  candidates?: Record<string, string[]>;
  declared?: string[];
  contradictions?: string[];
  attested?: string[];
}

/** framework.md §5, C01 to C26. `supported` gives the weak rules of each class; none is a full basis. */
const cases: Case[] = [
  { id: 'C01', from: 'application', outcome: 'supported', headline: 'application', supported: { application: [] } },
  { id: 'C02', from: 'knowledge', outcome: 'supported', headline: 'knowledge', supported: { knowledge: [] } },
  { id: 'C03', from: 'recognition', outcome: 'fallback', headline: 'recognition' },
  {
    id: 'C04',
    from: 'application',
    change: { remove: ['/evidence'] },
    outcome: 'fallback',
    headline: 'recognition',
    candidates: { application: ['evidence'] },
  },
  {
    id: 'C05',
    from: 'application',
    change: { remove: [`${achievement}/resultDescription`, `${subject}/result`] },
    outcome: 'fallback',
    headline: 'recognition',
    candidates: { application: ['assessment-description', 'assessment-type-applied', 'result'] },
  },
  {
    id: 'C06',
    from: 'application',
    change: {
      set: {
        [`${subject}/result/0/resultDescription`]: 'urn:uuid:none',
        [`${subject}/result/1/resultDescription`]: 'urn:uuid:none',
      },
    },
    outcome: 'fallback',
    headline: 'recognition',
    candidates: { application: ['result-scale'] },
  },
  {
    id: 'C07',
    from: 'knowledge',
    change: { set: withToken('knowledge', 'Application') },
    outcome: 'supported',
    headline: 'knowledge',
    supported: { knowledge: [] },
    declared: ['application'],
    candidates: { application: ['assessment-type-applied', 'evidence'] },
    contradictions: ['declared-not-supported'],
  },
  {
    id: 'C08',
    from: 'application-missing-terms',
    outcome: 'fallback',
    headline: 'recognition',
    candidates: { application: ['issuer-authority'], knowledge: ['issuer-authority'] },
  },
  {
    id: 'C09',
    from: 'knowledge',
    change: { set: applied },
    outcome: 'supported',
    headline: 'application',
    supported: { application: [], knowledge: [] },
  },
  {
    id: 'C10',
    from: 'knowledge',
    change: { set: { ...applied, ...withToken('knowledge', 'Knowledge') } },
    outcome: 'supported',
    headline: 'knowledge',
    supported: { application: [], knowledge: [] },
    declared: ['knowledge'],
  },
  {
    id: 'C11',
    from: 'application',
    change: { set: { [`${subject}/result/1/status`]: 'InProgress' } },
    outcome: 'blocked',
  },
  {
    id: 'C12',
    from: 'application',
    change: { set: { [`${subject}/result/1/value`]: '61' } },
    outcome: 'supported',
    headline: 'application',
    supported: { application: [] },
    contradictions: ['result-below-pass-mark'],
  },
  {
    id: 'C13',
    from: 'application',
    change: { set: { [`${achievement}/achievementType`]: 'BachelorDegree' } },
    outcome: 'inapplicable',
  },
  {
    id: 'C14',
    from: 'application',
    change: {
      remove: [`${achievement}/resultDescription/0/requiredLevel`, `${achievement}/resultDescription/1/requiredValue`],
    },
    outcome: 'supported',
    headline: 'application',
    supported: { application: ['result-scale'] },
  },
  {
    id: 'C15',
    from: 'application',
    change: {
      remove: [0, 1].flatMap((index) =>
        [
          'assessmentType',
          'assessmentOutput',
          'hasGroupParticipation',
          'hasGroupEvaluation',
          'evaluationMethod',
          'assessmentEvaluation',
        ].map((name) => `${achievement}/resultDescription/${index}/${name}`),
      ),
      set: {
        [`${achievement}/resultDescription/0/type`]: ['ResultDescription'],
        [`${achievement}/resultDescription/1/type`]: ['ResultDescription'],
      },
    },
    outcome: 'supported',
    headline: 'application',
    supported: {
      application: ['assessment-description', 'assessment-type-applied'],
      knowledge: ['assessment-description', 'assessment-type-scored'],
    },
  },
  {
    id: 'C16',
    from: 'application',
    change: { set: { [`${subject}/evidence`]: [evidence] }, remove: ['/evidence'] },
    outcome: 'fallback',
    headline: 'recognition',
    candidates: { application: ['evidence'] },
  },
  {
    id: 'C17',
    from: 'knowledge',
    change: { remove: [`${achievement}/alignment`, `${achievement}/resultDescription/0/alignment`] },
    outcome: 'fallback',
    headline: 'recognition',
    candidates: { knowledge: ['learning-outcomes', 'skills', 'framework-alignment'] },
  },
  {
    id: 'C18',
    from: 'recognition',
    change: { set: { '/evidence': [evidence] } },
    outcome: 'fallback',
    headline: 'recognition',
  },
  {
    id: 'C19',
    from: 'application',
    change: { set: withToken('application', 'Application', 'Knowledge') },
    outcome: 'supported',
    headline: 'application',
    supported: { application: [] },
    declared: ['application', 'knowledge'],
    candidates: { knowledge: ['assessment-type-scored'] },
    contradictions: ['declared-two', 'declared-not-supported'],
  },
  {
    id: 'C20',
    from: 'application',
    change: { set: { '/@context/3': 'https://unknown.example/context' } },
    outcome: 'cannot-tell',
    candidates: { application: ['issuer-authority'] },
  },
  { id: 'C21', from: 'recognition', change: { set: { [`${achievement}/criteria`]: {} } }, outcome: 'none' },
  {
    id: 'C22',
    from: 'knowledge',
    change: { remove: ['/awardedDate'] },
    outcome: 'supported',
    headline: 'knowledge',
    supported: { knowledge: ['award-date'] },
  },
  {
    id: 'C23',
    from: 'application',
    change: { set: { [`${subject}/result/0/status`]: 'Completed', [`${subject}/result/1/status`]: 'Failed' } },
    outcome: 'blocked',
    contradictions: ['status-contradictory'],
  },
  {
    id: 'C24',
    from: 'knowledge',
    change: {
      remove: ['/issuer/accreditations'],
      set: { '/issuer/parentOrg': { id: 'https://state.example', type: ['Profile'], name: 'State colleges' } },
    },
    outcome: 'supported',
    headline: 'knowledge',
    supported: { knowledge: ['issuer-authority'] },
  },
  {
    id: 'C25',
    from: 'recognition',
    change: { set: withToken('recognition', 'Application') },
    outcome: 'fallback',
    headline: 'recognition',
    declared: ['application'],
    contradictions: ['declared-not-supported'],
    candidates: {
      application: [
        'issuer-authority',
        'learning-outcomes',
        'framework-alignment',
        'assessment-description',
        'assessment-type-applied',
        'result',
        'evidence',
      ],
    },
  },
  {
    id: 'C26',
    from: 'application',
    outcome: 'supported',
    headline: 'application',
    supported: { application: [] },
    attested: ['application'],
    options: {
      verifiedEndorsements: [
        {
          pointer: '/endorsement/0',
          issuer: 'https://employers.example.edu/water-forum',
          subject: 'https://northfield.example.edu/achievements/water-quality-applied',
        },
      ],
      attesters: [{ id: 'https://employers.example.edu/water-forum', classes: ['application'] }],
    },
  },
];

function expectClasses(report: ClassReport, expected: Case) {
  expect({
    outcome: report.outcome,
    headline: report.headline,
    supported: Object.fromEntries(report.supported.map((entry) => [entry.class, entry.weak])),
    candidates: Object.fromEntries(report.candidates.map((entry) => [entry.class, entry.missing])),
    declared: report.declared,
    contradictions: report.contradictions.map(({ code }) => code),
    attested: report.attested.map((entry) => entry.class),
  }).toEqual({
    outcome: expected.outcome,
    headline: expected.headline ?? null,
    supported: expected.supported ?? {},
    candidates: expected.candidates ?? {},
    declared: expected.declared ?? [],
    contradictions: expected.contradictions ?? [],
    attested: expected.attested ?? [],
  });
  for (const entry of report.supported) expect(entry.basis).toBe(entry.weak.length > 0 ? 'weak' : 'full');
}

describe('classification, framework.md §5', () => {
  for (const one of cases)
    for (const listOrderProtected of [false, true])
      it(`${one.id} ${one.from}, list order ${listOrderProtected ? 'protected' : 'open'}`, () => {
        const document = changed(read(one.from), one.change ?? {});
        const report = checkCredential(document, { pack: defaultPack, listOrderProtected, ...one.options });
        expectClasses(report.classes, one);
      });

  it('has every case of the table', () => {
    expect(cases.map(({ id }) => id)).toEqual(
      Array.from({ length: 26 }, (_, index) => `C${String(index + 1).padStart(2, '0')}`),
    );
  });

  it('gives no class by attestation to the issuer itself, to an unlisted attester, or about another achievement', () => {
    const document = read('application');
    const attested = (issuer: string, subjectId: string) =>
      checkCredential(document, {
        pack: defaultPack,
        verifiedEndorsements: [{ pointer: '/endorsement/0', issuer, subject: subjectId }],
        attesters: [
          { id: 'https://northfield.example.edu/issuers/main', classes: ['application'] },
          { id: 'https://a.example', classes: ['knowledge'] },
        ],
      }).classes.attested;
    const about = 'https://northfield.example.edu/achievements/water-quality-applied';
    expect(attested('https://northfield.example.edu/issuers/main', about)).toEqual([]);
    expect(attested('https://b.example', about)).toEqual([]);
    expect(attested('https://a.example', 'https://elsewhere.example')).toEqual([]);
    expect(attested('https://a.example', about)).toEqual([
      { class: 'knowledge', by: 'https://a.example', pointer: '/endorsement/0' },
    ]);
  });

  it('C16 names the wrong place', () => {
    const document = changed(read('application'), cases.find(({ id }) => id === 'C16')?.change ?? {});
    const rule = checkCredential(document, { pack: defaultPack }).rules.find(({ id }) => id === 'evidence');
    expect(rule?.mistakes.map(({ pointer }) => pointer)).toEqual(['/credentialSubject/evidence']);
  });

  it('C20 says that the rule waits for a context', () => {
    const document = changed(read('application'), cases.find(({ id }) => id === 'C20')?.change ?? {});
    const { rules, facts } = checkCredential(document, { pack: defaultPack });
    expect(rules.find(({ id }) => id === 'issuer-authority')).toMatchObject({
      outcome: 'cannot-tell',
      reason: 'unknown-context',
    });
    expect(facts['terms.all-defined']).toBe('unknown');
  });
});
