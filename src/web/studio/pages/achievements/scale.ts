import type { MasteryStatement } from '../../../../core/framework/report.ts';
import { isJsonObject, type JsonObject, type JsonValue, toList } from '../../../../core/json/json.ts';
import { newUrn } from './document.ts';

/** How results stand on a scale. */
export type ScaleKind = 'levels' | 'values' | 'number' | 'none';

const kinds: Record<string, ScaleKind> = {
  RubricCriterionLevel: 'levels',
  RubricScore: 'levels',
  RubricCriterion: 'levels',
  PerformanceLevel: 'values',
  LetterGrade: 'values',
  Status: 'none',
};

export const kindOf = ({ resultType }: JsonObject): ScaleKind => kinds[String(resultType)] ?? 'number';

/** Members that only one kind of scale has: two kinds in one description cannot be read. */
export const membersOf: Record<ScaleKind, readonly string[]> = {
  levels: ['rubricCriterionLevel', 'requiredLevel'],
  values: ['allowedValue', 'requiredValue'],
  number: ['valueMin', 'valueMax', 'requiredValue'],
  none: [],
};

/** A scale to begin with. */
export function newScale(name: string, assessmentType: 'Performance' | 'Exam', levels: readonly string[]): JsonObject {
  const isExam = assessmentType === 'Exam';
  return {
    id: newUrn(),
    type: ['ResultDescription', 'AssessmentResultDescription'],
    name,
    resultType: isExam ? 'Percent' : 'RubricCriterionLevel',
    assessmentType,
    hasGroupParticipation: false,
    hasGroupEvaluation: false,
    ...(isExam
      ? { valueMin: '0', valueMax: '100' }
      : { rubricCriterionLevel: numbered(levels.map((level) => newLevel(level))) }),
  };
}

export const newLevel = (name: string): JsonObject => ({ id: newUrn(), type: ['RubricCriterionLevel'], name });

/** The type says whether terms of the assessment extension stand in it. */
export function withAssessmentType(scale: JsonObject, type: string): JsonObject {
  const { assessmentType: _, hasGroupParticipation, hasGroupEvaluation, ...others } = scale;
  const types = toList(scale.type).filter((entry) => entry !== 'AssessmentResultDescription');
  if (type === '' && !isAssessed(others)) return { ...others, type: types };
  return {
    ...others,
    type: [...types, 'AssessmentResultDescription'],
    ...(type !== '' && { assessmentType: type }),
    hasGroupParticipation: hasGroupParticipation ?? false,
    hasGroupEvaluation: hasGroupEvaluation ?? false,
  };
}

const isAssessed = (scale: JsonObject) =>
  ['assessmentOutput', 'evaluationMethod', 'assessmentEvaluation'].some((name) => Object.hasOwn(scale, name));

export const levelsOf = (value: JsonValue | undefined): JsonObject[] => toList(value).filter(isJsonObject);

/** Levels with points that rise, lowest first: points are signed, and the order of a list may not be. Own points stay if they rise. */
export function numbered(levels: readonly JsonObject[]): JsonObject[] {
  const points = levels.map((level) => Number(level.points ?? Number.NaN));
  const isPlain = points.every((value) => Number.isInteger(value) && value <= levels.length + 1);
  const rises = points.every(
    (value, index) => Number.isFinite(value) && (index === 0 || value > (points[index - 1] ?? 0)),
  );
  const keep = rises && !isPlain;
  return levels.map((level, index) => {
    const { level: _, points: own, ...others } = level;
    return { ...others, level: String(index + 1), points: keep ? (own as JsonValue) : String(index + 1) };
  });
}

/** A result at the pass mark of a rubric, or at its highest level where there is none, for drawing its ladder. */
export function passMarkOf(scale: JsonObject): MasteryStatement {
  const levels = levelsOf(scale.rubricCriterionLevel);
  const place = levels.findIndex(({ id }) => id === scale.requiredLevel);
  const rank = place < 0 ? levels.length : place + 1;
  const of = levels.length;
  const achieved = String(levels[rank - 1]?.name ?? '');
  return {
    result: '',
    achieved,
    verdict: place < 0 ? 'no-pass-mark' : 'met',
    basis: 'points',
    position: { rank, of },
    ...(place < 0 ? {} : { required: achieved, passMark: { rank, of } }),
    problems: [],
    skills: [],
    sentence: '',
  };
}
