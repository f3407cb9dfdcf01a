// The credential that is measured: what an ordinary issuer of microcredentials writes. 127 quads, 11 blank nodes.

const alignment = (number) => ({
  type: ['Alignment'],
  targetName: `Skill ${number}: sampling of running water`,
  targetDescription: 'Chooses sites, takes samples and keeps them as the standard asks.',
  targetUrl: `https://case.example.org/items/${number}`,
  targetCode: `WQ-${number}`,
  targetFramework: 'Northfield Skills',
  targetType: 'CFItem',
});

const percent = 'urn:uuid:aaaaaaaa-0000-4000-8000-000000000001';
const level = 'urn:uuid:aaaaaaaa-0000-4000-8000-000000000002';
const levels = ['Developing', 'Proficient', 'Leading'].map((name, index) => ({
  id: `urn:uuid:bbbbbbbb-0000-4000-8000-00000000000${index + 1}`,
  type: ['RubricCriterionLevel'],
  name,
  level: String(index + 1),
}));

/** An unsigned credential of an issuer; `number` makes each one of its own. */
export function makeCredential(issuer, number = 0) {
  const site = 'https://northfield.example.edu';
  return {
    '@context': ['https://www.w3.org/ns/credentials/v2', 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json'],
    id: `urn:uuid:0d9e6f64-53a1-4c0b-8e55-${String(number).padStart(12, '0')}`,
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    name: 'Water Quality Sampling: Applied',
    issuer: {
      id: issuer,
      type: ['Profile'],
      name: 'Northfield Polytechnic',
      url: site,
      email: 'badges@northfield.example.edu',
    },
    validFrom: '2026-05-18T00:00:00Z',
    validUntil: '2031-05-18T00:00:00Z',
    awardedDate: '2026-05-15T00:00:00Z',
    credentialSubject: {
      type: ['AchievementSubject'],
      id: `did:example:learner-${number}`,
      activityEndDate: '2026-05-12T00:00:00Z',
      achievement: {
        id: `${site}/achievements/wq`,
        type: ['Achievement'],
        achievementType: 'MicroCredential',
        name: 'Water Quality Sampling',
        description: 'Plans and carries out sampling of running water, and reports what it shows.',
        creator: { id: `${site}/departments/env`, type: ['Profile'], name: 'Department of Environmental Science' },
        criteria: {
          id: `${site}/achievements/wq/criteria`,
          narrative: 'Three site visits, a laboratory practical and a moderated field report.',
        },
        image: { id: `${site}/wq.png`, type: 'Image', caption: 'A drop of water' },
        inLanguage: 'en',
        tag: ['water', 'sampling', 'field work'],
        alignment: [1, 2, 3, 4, 5].map(alignment),
        resultDescription: [
          {
            id: percent,
            type: ['ResultDescription'],
            name: 'Laboratory practical',
            resultType: 'Percent',
            valueMin: '0',
            valueMax: '100',
            requiredValue: '70',
          },
          {
            id: level,
            type: ['ResultDescription'],
            name: 'Field report',
            resultType: 'RubricCriterionLevel',
            requiredLevel: levels[1].id,
            rubricCriterionLevel: levels,
          },
        ],
      },
      result: [
        { type: ['Result'], resultDescription: percent, value: '88' },
        { type: ['Result'], resultDescription: level, achievedLevel: levels[1].id },
      ],
    },
    evidence: [
      { type: ['Evidence'], name: 'Field report', narrative: 'Moderated report of three visits.', genre: 'Report' },
      {
        type: ['Evidence'],
        id: `${site}/evidence/${number}`,
        name: 'Laboratory record',
        description: 'Signed by the supervisor.',
        genre: 'Record',
      },
    ],
  };
}
