import type { EvidenceRequirement } from '../../core/issue/check-mastery.ts';
import type { JsonObject } from '../../core/json/json.ts';
import type { PolicyChange } from '../policy/policy.ts';
import { applied, type Description, recognised, tested } from './describe.ts';

/** An issuer of the sample data; those without a parent have nothing above them. */
export interface SampleIssuer {
  slug: string;
  parent: string | null;
  profile: JsonObject;
  policy: PolicyChange;
}

export interface SampleAchievement {
  /** Its `humanCode`, by which it is found again. */
  code: string;
  issuer: string;
  kind: 'application' | 'knowledge' | 'recognition';
  document: JsonObject;
  evidence: EvidenceRequirement | null;
}

const accredited = (name: string, sector: string): JsonObject => ({
  type: ['Profile', 'IssuerAccreditationProfile'],
  accreditations: [
    {
      id: 'https://accreditor.example.org/councils/learning',
      type: ['Profile', 'AccreditationProfile'],
      name: 'Council for Learning in Fictional Places (fictional)',
      url: 'https://accreditor.example.org',
      description: 'Reviews places that do not exist every six years.',
      contactInstructions: `Look "${name}" up at https://accreditor.example.org/register.`,
      areaServed: 'Marrowby',
      accreditationDate: '2024-09-01',
      educationalSector: sector,
    },
  ],
});

const quiet: PolicyChange = { deliver: 'none' };

export const sampleIssuers: readonly SampleIssuer[] = [
  {
    slug: 'sample-quillmere',
    parent: null,
    profile: {
      ...accredited('Quillmere University', 'Higher education'),
      name: 'Quillmere University (sample, fictional)',
      url: 'https://quillmere.example.org',
      description: 'A university that does not exist, on the river Quill, which does not either.',
      email: 'credentials@quillmere.example.org',
    },
    policy: quiet,
  },
  {
    slug: 'sample-quillmere-health',
    parent: 'sample-quillmere',
    profile: {
      ...accredited('Quillmere School of Health', 'Higher education'),
      name: 'Quillmere School of Health (sample, fictional)',
      url: 'https://health.quillmere.example.org',
      description:
        'The health school of a university that does not exist. It issues nothing below Application without a waiver.',
    },
    policy: { gate: 'block', gateClass: 'application' },
  },
  {
    slug: 'sample-otterby',
    parent: null,
    profile: {
      ...accredited('Otterby School District', 'Secondary education'),
      name: 'Otterby School District (sample, fictional)',
      url: 'https://otterby.example.org',
      description: 'Nine schools that do not exist, in the valley of Otterby.',
    },
    policy: quiet,
  },
];

const university: readonly Description[] = [
  applied({
    code: 'ENV-214',
    name: 'River Water Sampling',
    description: 'Plans, carries out and interprets a sampling campaign at an unfamiliar river site.',
    field: 'Environmental science',
    hours: 38,
    criteria: [
      'carry out three site visits with a written sampling plan;',
      'pass the laboratory practical with at least 70 of 100;',
      'hand in a field report that two assessors judge at least *Proficient*.',
    ],
    skill: [
      'EFP.2.1',
      'Interpret water quality measurements',
      'Compares pH, turbidity and dissolved oxygen readings with limits and explains what they mean for the site.',
    ],
    work: [
      'Field report',
      'An individual report of 2,500 words with a data set from three visits, marked independently by two assessors.',
    ],
    levels: [
      ['Emerging', 'Reports readings; limits are missing or wrongly applied.'],
      ['Developing', 'Applies limits to most readings; explanations need prompting.'],
      ['Proficient', 'Applies limits correctly and explains the site without help.'],
      ['Exemplary', 'Also weighs uncertainty and proposes justified next measurements.'],
    ],
    pass: 3,
  }),
  applied({
    code: 'DAT-310',
    name: 'Data Stories for Public Decisions',
    description: 'Turns an open data set into an argument that a town council can act on.',
    field: 'Data science',
    hours: 45,
    criteria: [
      'choose an open data set and say where it is weak;',
      'publish an analysis that others can repeat;',
      'present it to a mock council and answer its questions.',
    ],
    skill: [
      'DPD.4',
      'Argue from data',
      'Chooses a measure that fits the question, shows its uncertainty and says what would change the conclusion.',
    ],
    work: [
      'Council briefing',
      'A two-page briefing with a repeatable analysis, presented for ten minutes to three assessors.',
    ],
    levels: [
      ['Beginning', 'Describes the data; the question stays open.'],
      ['Capable', 'Answers the question with a fitting measure.'],
      ['Strong', 'Shows uncertainty and what would change the answer.'],
    ],
    pass: 2,
  }),
  tested({
    code: 'STA-101',
    name: 'Reading Statistics',
    description: 'Explains what common statistics say and what they do not.',
    field: 'Statistics',
    hours: 20,
    criteria: ['score at least 35 of 50 in the closed-book examination; one resit is allowed after 14 days.'],
    skill: [
      'STL.1',
      'Explain common statistics',
      'Tells averages, spreads, rates and samples apart and names what each hides.',
    ],
    test: [
      'End-of-course examination',
      'Fifty single-answer questions in 75 minutes, closed book, invigilated.',
      50,
      35,
    ],
  }),
  recognised({
    code: 'OPN-001',
    name: 'Open Day Guide',
    description: 'Guided visitors through the open day for at least one four-hour shift.',
    kind: 'CommunityService',
    criteria: 'Attend the briefing and complete one four-hour shift. Nothing is assessed.',
  }),
];

const health: readonly Description[] = [
  applied({
    code: 'HLT-220',
    name: 'Safe Patient Handover',
    description: 'Hands a patient over so that nothing that matters is lost between two shifts.',
    field: 'Nursing',
    hours: 30,
    criteria: [
      'hand over six simulated patients under observation;',
      'be judged at least *Safe* in every one;',
      'hand in a reflective log of the six.',
    ],
    skill: [
      'CPH.3.2',
      'Hand over with a shared structure',
      'Gives situation, background, assessment and request, and checks that they were understood.',
    ],
    work: [
      'Observed handover',
      'Six simulated handovers of ten minutes, each observed by a clinician with the same checklist.',
    ],
    levels: [
      ['Unsafe', 'Something that matters is left out.'],
      ['Safe', 'Nothing that matters is missing; the structure is kept.'],
      ['Fluent', 'Also checks what was understood and adapts to interruptions.'],
    ],
    pass: 2,
  }),
  applied({
    code: 'HLT-305',
    name: 'Infection Control Lead',
    description: 'Finds where infections spread on a ward and changes what people do.',
    field: 'Public health',
    hours: 52,
    criteria: [
      'audit a simulated ward against the checklist;',
      'lead one change and measure it for four weeks;',
      'defend the result before two assessors.',
    ],
    skill: [
      'IPC.5',
      'Lead a change in infection control',
      'Chooses one practice, changes it with the team and shows by measurement what became of it.',
    ],
    work: [
      'Change project',
      'A project report of 3,000 words with four weeks of measurements, and an oral defence of 20 minutes.',
    ],
    levels: [
      ['Attempted', 'A change is described, not measured.'],
      ['Achieved', 'A change is measured and its effect is stated honestly.'],
      ['Sustained', 'The change lasts, and the reasons are understood.'],
    ],
    pass: 2,
  }),
  tested({
    code: 'HLT-110',
    name: 'Medicine Calculations',
    description: 'Calculates doses, rates and dilutions without error.',
    field: 'Nursing',
    hours: 12,
    criteria: ['score at least 18 of 20 in the supervised test; two resits are allowed.'],
    skill: ['CPH.1.4', 'Calculate doses', 'Works out doses, infusion rates and dilutions and checks each by estimate.'],
    test: [
      'Supervised calculation test',
      'Twenty open questions in 60 minutes without a calculator, supervised.',
      20,
      18,
    ],
  }),
  recognised({
    code: 'HLT-002',
    name: 'Blood Drive Volunteer',
    description: 'Helped at a blood drive of the school for at least one day.',
    kind: 'CommunityService',
    criteria: 'Attend the safety briefing and help for one day. Nothing is assessed.',
  }),
];

const district: readonly Description[] = [
  applied({
    code: 'OTT-RB1',
    name: 'Robot Builder',
    description: 'Builds and programs a robot that finds its way through a course it has not seen.',
    field: 'Engineering',
    hours: 36,
    criteria: [
      'build a robot from the class kit;',
      'write and comment its program;',
      'let it run the unseen course and explain what it did.',
    ],
    skill: [
      'OTT.ENG.7',
      'Design, test and improve',
      'Plans a design, tests it against a goal and improves it by what the test showed.',
    ],
    work: [
      'Course run and logbook',
      'Three runs on an unseen course and the logbook of the design, judged by two teachers.',
    ],
    levels: [
      ['Trying', 'The robot moves; it does not find its way.'],
      ['Working', 'The robot finds its way in one of three runs.'],
      ['Reliable', 'The robot finds its way in every run, and the logbook says why.'],
    ],
    pass: 2,
  }),
  applied({
    code: 'OTT-WR2',
    name: 'Local History Writer',
    description: 'Writes a piece of local history from sources of one’s own.',
    field: 'History',
    hours: 28,
    criteria: [
      'find and quote three sources of one’s own;',
      'weigh them where they disagree;',
      'publish the piece in the school library.',
    ],
    skill: ['OTT.HIS.4', 'Weigh sources', 'Says who made a source, when and why, and what can be believed of it.'],
    work: ['History essay', 'An essay of 1,500 words with three sources, read by two teachers who agree on a level.'],
    levels: [
      ['Retells', 'Sources are retold one by one.'],
      ['Compares', 'Sources are compared and differences are named.'],
      ['Weighs', 'A reasoned account is drawn from sources that disagree.'],
    ],
    pass: 2,
  }),
  tested({
    code: 'OTT-MA3',
    name: 'Algebra Readiness',
    description: 'Works with expressions, equations and graphs as the first algebra course expects.',
    field: 'Mathematics',
    hours: 24,
    criteria: ['score at least 60 of 100 in the district’s common test.'],
    skill: ['OTT.MAT.8', 'Solve linear equations', 'Solves and checks linear equations and reads them off a graph.'],
    test: [
      'Common district test',
      'Forty questions in 90 minutes, the same in all schools, marked by another school.',
      100,
      60,
    ],
  }),
  recognised({
    code: 'OTT-AT4',
    name: 'Peer Mentor',
    description: 'Met a younger learner every week for one term.',
    kind: 'Membership',
    criteria: 'Meet at least ten times and keep a list of the meetings. Nothing is assessed.',
  }),
];

const within = (issuer: string, list: readonly Description[]): SampleAchievement[] =>
  list.map((description) => ({ issuer, ...description }));

export const sampleAchievements: readonly SampleAchievement[] = [
  ...within('sample-quillmere', university),
  ...within('sample-quillmere-health', health),
  ...within('sample-otterby', district),
];
