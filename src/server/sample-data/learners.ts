import type { Learner } from '../../core/issue/learner.ts';
import { isJsonObject, type JsonObject, toList } from '../../core/json/json.ts';
import { type SampleAchievement, sampleAchievements } from './content.ts';
import { levelId, resultId } from './describe.ts';

/** What becomes of a credential after it was issued. */
export type Fate = 'none' | 'revoked' | 'suspended' | 'superseded';

export interface SampleAward {
  achievement: SampleAchievement;
  learner: Learner;
  /** Ended before today. */
  expired: boolean;
  belowPassMark: boolean;
  fate: Fate;
}

const given = [
  ...['Amara', 'Bela', 'Chidi', 'Dana', 'Eitan', 'Farah', 'Goran', 'Hana', 'Ines', 'Jonas'],
  ...['Keiko', 'Liam', 'Mei', 'Nour', 'Odile', 'Pavel', 'Quinn', 'Rosa', 'Sami', 'Tuva'],
];
const family = [
  'Sampleton',
  'Exempelsson',
  'Muster',
  'Ejemplo',
  'Beispiel',
  'Mintás',
  'Przykład',
  'Örnek',
  'Esempio',
  'Rei',
];

export const sampleLearners = given.length * family.length;

/** Whom the sample data are about: 200 people who do not exist, each with one credential. `today`: so that some have ended. */
export function sampleAwards(today: Date): SampleAward[] {
  return Array.from({ length: sampleLearners }, (_, index) => award(index, today));
}

/**
 * What the first of them was awarded beside their first credential, all by the university and its school, so that a learner record
 * has something to hold: one has ended, and `fate` comes when the record is issued.
 */
export const recordAwards = (today: Date): SampleAward[] =>
  [205, 206, 208, 235]
    .map((index) => award(index, today, 0))
    .map((one, index) => ({ ...one, fate: index === 1 ? 'revoked' : 'none' }));

/** `person`: who it is awarded to. */
function award(index: number, today: Date, person = index): SampleAward {
  const achievement = sampleAchievements[index % sampleAchievements.length] as SampleAchievement;
  const expired = index % 19 === 7;
  const belowPassMark = achievement.kind === 'knowledge' && index % 5 === 0;
  const day = (daysAgo: number) =>
    `${new Date(today.getTime() - daysAgo * 86_400_000).toISOString().slice(0, 10)}T09:00:00Z`;
  const age = (expired ? 900 : 20) + (index % 200);
  return {
    achievement,
    expired,
    belowPassMark,
    fate: expired ? 'none' : fateOf(index),
    learner: {
      name: `${given[person % given.length]} ${family[Math.floor(person / given.length)]}`,
      email: `sample.learner.${person + 1}@example.edu`,
      awardedDate: day(age),
      validFrom: day(age),
      ...(expired ? { validUntil: day(age - 730) } : {}),
      ...resultsOf(achievement, index, belowPassMark, day(age + 60), day(age + 1)),
    },
  };
}

function fateOf(index: number): Fate {
  if (index % 23 === 5) return 'revoked';
  if (index % 29 === 11) return 'suspended';
  return index % 31 === 13 ? 'superseded' : 'none';
}

function resultsOf(
  { code, kind, document, evidence }: SampleAchievement,
  index: number,
  below: boolean,
  from: string,
  until: string,
): Partial<Learner> {
  const [scale] = toList(document.resultDescription).filter(isJsonObject);
  if (scale === undefined) return {};
  const result = { type: ['Result'], resultDescription: resultId(code) };
  const activity = { activityStartDate: from, activityEndDate: until };
  if (kind === 'knowledge') {
    const [pass, maximum] = [Number(scale.requiredValue), Number(scale.valueMax)];
    const value = below ? pass - 1 - (index % 3) : pass + (index % (maximum - pass + 1));
    return { ...activity, result: [{ ...result, value: String(value) }] };
  }
  const levels = toList(scale.rubricCriterionLevel).length;
  const pass =
    toList(scale.rubricCriterionLevel).findIndex((level) => isJsonObject(level) && level.id === scale.requiredLevel) +
    1;
  const reached = pass + (index % (levels - pass + 1));
  return {
    ...activity,
    result: [{ ...result, achievedLevel: levelId(code, reached), alignment: [...toList(scale.alignment)] }],
    evidence: (evidence?.kinds ?? []).map(
      (genre): JsonObject => ({
        id: `https://evidence.example.org/sample/${index + 1}/${code.toLowerCase()}`,
        type: ['Evidence'],
        name: `${genre}: ${document.name}`,
        genre,
        description: 'The work as it was assessed. Nothing is at this address: it is a sample.',
        narrative: 'Done alone and handed in on time.',
      }),
    ),
  };
}
