import type { Finding } from '../../../../core/finding.ts';
import { resultFromText } from '../../../../core/issue/result-text.ts';
import { isJsonObject, type JsonObject, toList } from '../../../../core/json/json.ts';

/** What a registrar can change of a credential, as text. */
export interface Edition {
  name: string;
  email: string;
  narrative: string;
  term: string;
  validUntil: string;
  /** By id of the scale. */
  results: Record<string, string>;
}
export const editionFields = ['name', 'email', 'narrative', 'term', 'validUntil'] as const;

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const levelsOf = (scale: JsonObject) => toList(scale.rubricCriterionLevel).filter(isJsonObject);

/** The levels of a scale, in the issuer's order; none where it is a number or a word. */
export const levelNames = (scale: JsonObject): string[] => levelsOf(scale).map(({ name }) => text(name));

export function scalesOf(achievement: JsonObject): JsonObject[] {
  return toList(achievement.resultDescription).filter(isJsonObject);
}

const resultsOf = (credential: JsonObject): JsonObject[] => {
  const { credentialSubject: subject } = credential;
  return isJsonObject(subject) ? toList(subject.result).filter(isJsonObject) : [];
};

/** What stands in the credential now. */
export function readEdition(
  credential: JsonObject,
  learner: { name?: string; email?: string },
  achievement: JsonObject,
): Edition {
  const subject = isJsonObject(credential.credentialSubject) ? credential.credentialSubject : {};
  const results = Object.fromEntries(
    scalesOf(achievement).map((scale) => {
      const result = resultsOf(credential).find(({ resultDescription }) => resultDescription === scale.id);
      const level = levelsOf(scale).find(({ id }) => id === result?.achievedLevel);
      return [text(scale.id), text(level?.name) || text(result?.value) || text(result?.status)];
    }),
  );
  return {
    name: learner.name ?? '',
    email: learner.email ?? '',
    narrative: text(subject.narrative),
    term: text(subject.term),
    validUntil: text(credential.validUntil).slice(0, 10),
    results,
  };
}

export type Changed = { ok: true; learner: JsonObject } | { ok: false; faults: { scale: string; finding: Finding }[] };

/** What the service is asked to change: only what differs; null takes it out. */
export function changesOf(before: Edition, after: Edition, credential: JsonObject, achievement: JsonObject): Changed {
  const learner: JsonObject = {};
  for (const field of editionFields) {
    const value = after[field].trim();
    if (value !== before[field].trim()) learner[field] = value === '' ? null : value;
  }
  const faults: { scale: string; finding: Finding }[] = [];
  const scales = scalesOf(achievement);
  const changed = scales.filter(({ id }) => after.results[text(id)]?.trim() !== before.results[text(id)]?.trim());
  if (changed.length > 0) {
    const isChanged = (id: unknown) => changed.some((scale) => scale.id === id);
    const kept = resultsOf(credential).filter(({ resultDescription }) => !isChanged(resultDescription));
    const made = changed.flatMap((scale) => {
      const written = after.results[text(scale.id)]?.trim() ?? '';
      if (written === '') return [];
      const read = resultFromText(scale, written);
      if (read.ok) return [read.result];
      faults.push({ scale: text(scale.id), finding: { code: read.code, severity: 'error', params: read.params } });
      return [];
    });
    learner.result = [...kept, ...made];
  }
  return faults.length === 0 ? { ok: true, learner } : { ok: false, faults };
}
