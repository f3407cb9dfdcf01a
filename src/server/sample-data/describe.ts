import type { EvidenceRequirement } from '../../core/issue/check-mastery.ts';
import type { JsonObject } from '../../core/json/json.ts';

/** An achievement of the sample data, in the words of its authors. */
export interface Description {
  code: string;
  kind: 'application' | 'knowledge' | 'recognition';
  document: JsonObject;
  evidence: EvidenceRequirement | null;
}

type Skill = readonly [code: string, name: string, description: string];

interface Course {
  code: string;
  name: string;
  description: string;
  field: string;
  hours: number;
  /** What a learner must do, one line each. */
  criteria: readonly string[];
  skill: Skill;
}

const base = 'https://sample.example.org';
/** Of the result by which a course is judged. */
export const resultId = (code: string) => `${base}/results/${code.toLowerCase()}`;
export const levelId = (code: string, level: number) => `${resultId(code)}/levels/${level}`;

const alignmentOf = ([code, targetName, targetDescription]: Skill): JsonObject => ({
  type: ['Alignment'],
  targetName,
  targetDescription,
  targetCode: code,
  targetUrl: `${base}/frameworks/skills/${code.toLowerCase()}`,
  targetFramework: 'Framework of Fictional Skills',
  targetType: 'CFItem',
});

const courseOf = ({ code, name, description, field, hours, criteria, skill }: Course): JsonObject => ({
  type: ['Achievement'],
  name,
  description,
  achievementType: 'MicroCredential',
  humanCode: code,
  version: '1',
  inLanguage: 'en',
  fieldOfStudy: field,
  timeRequired: `PT${hours}H`,
  creditsAvailable: Math.round(hours / 15) / 2,
  criteria: {
    id: `${base}/achievements/${code.toLowerCase()}`,
    narrative: `The learner must:\n\n${criteria.map((line) => `- ${line}`).join('\n')}`,
  },
  alignment: [alignmentOf(skill)],
  tag: ['sample', field.toLowerCase()],
});

/** How learners are judged; the same for all of a course. */
const assessment = (code: string, skill: Skill): JsonObject => ({
  id: resultId(code),
  type: ['ResultDescription', 'AssessmentResultDescription'],
  hasGroupParticipation: false,
  hasGroupEvaluation: false,
  assessmentEvaluation: `${base}/quality/${code.toLowerCase()}`,
  alignment: [alignmentOf(skill)],
});

/** A course that ends in work that is judged by levels: Application. `pass`: the level that must be reached, from 1. */
export function applied({
  work: [title, task],
  levels,
  pass,
  ...course
}: Course & {
  work: readonly [string, string];
  levels: readonly (readonly [string, string])[];
  pass: number;
}): Description {
  const { code, skill } = course;
  return {
    code,
    kind: 'application',
    document: {
      ...courseOf(course),
      resultDescription: [
        {
          ...assessment(code, skill),
          name: title,
          description: task,
          resultType: 'RubricCriterionLevel',
          assessmentType: 'Artifact',
          assessmentOutput: title.toLowerCase(),
          evaluationMethod: 'A rubric; the final level is the one on which both assessors agree.',
          requiredLevel: levelId(code, pass),
          rubricCriterionLevel: levels.map(([name, description], index) => ({
            id: levelId(code, index + 1),
            type: ['RubricCriterionLevel'],
            name,
            description,
            level: String(index + 1),
          })),
        },
      ],
    },
    evidence: { minimum: 1, kinds: [title] },
  };
}

/** A course that ends in a test: Knowledge. */
export function tested({
  test: [title, task, maximum, pass],
  ...course
}: Course & { test: readonly [string, string, number, number] }): Description {
  const { code, skill } = course;
  return {
    code,
    kind: 'knowledge',
    document: {
      ...courseOf(course),
      resultDescription: [
        {
          ...assessment(code, skill),
          name: title,
          description: task,
          resultType: 'RawScore',
          assessmentType: 'Exam',
          assessmentOutput: 'answer sheet',
          evaluationMethod: 'One point for each correct answer, no deductions.',
          valueMin: '0',
          valueMax: String(maximum),
          requiredValue: String(pass),
        },
      ],
    },
    evidence: null,
  };
}

/** Something that somebody did, and that nobody judges: Recognition. */
export function recognised({
  code,
  name,
  description,
  kind,
  criteria,
}: Pick<Course, 'code' | 'name' | 'description'> & { kind: string; criteria: string }): Description {
  return {
    code,
    kind: 'recognition',
    document: {
      type: ['Achievement'],
      name,
      description,
      achievementType: kind,
      humanCode: code,
      inLanguage: 'en',
      criteria: { narrative: criteria },
      tag: ['sample'],
    },
    evidence: null,
  };
}
