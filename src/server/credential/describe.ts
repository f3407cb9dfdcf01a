import { buildAnswer, learnerName, renderAnswer, titleOf } from '../../core/answer.ts';
import type { Assessment } from '../../core/assess.ts';
import { hallmarkReasons } from '../../core/catalogue/en/hallmark.ts';
import { fillIn } from '../../core/catalogue/render.ts';
import type { Outcome } from '../../core/finding.ts';
import type { StampId } from '../../core/hallmark.ts';
import { isJsonObject, type JsonObject, type JsonValue, toList } from '../../core/json/json.ts';
import { readUrl } from '../../core/read-url.ts';

export interface Link {
  text: string;
  /** Null when it leads nowhere on the web. */
  url: string | null;
}

/** What the page and the printed sheet say of a credential, in words; all from one report. */
export interface Description {
  title: string;
  /** Null when it is not in clear. */
  learner: string | null;
  outcome: Outcome;
  answer: string;
  details: string[];
  stamps: { name: string; outcome: Outcome; word: string; say: string; why: string }[];
  levels: string[];
  facts: [string, string][];
  /** What it proves, and how it was earned. */
  about: string | null;
  criteria: string | null;
  criteriaLink: string | null;
  evidence: Link[];
}

const stampNames: Record<StampId, string> = {
  authentic: 'Authentic',
  current: 'Current',
  issuer: 'Issuer',
  class: 'Class',
  level: 'Level',
};
const outcomeWords: Record<Outcome, string> = {
  passed: 'Passed',
  failed: 'Failed',
  'cannot-tell': 'Cannot tell',
  inapplicable: 'Not applicable',
};
const outcomeOf = { verified: 'passed', 'not-verified': 'failed', 'cannot-tell': 'cannot-tell' } as const;

/** A credential in words, from its assessment. `name` is the learner's where they themselves look at it. */
export function describeCredential(assessment: Assessment, name: string | null): Description {
  const { verification, hallmark, framework } = assessment;
  const credential: JsonObject = verification.credential ?? {};
  const [first] = toList(credential.credentialSubject);
  const subject = isJsonObject(first) ? first : {};
  const achievement = isJsonObject(subject.achievement) ? subject.achievement : {};
  const criteria = isJsonObject(achievement.criteria) ? achievement.criteria : {};
  const answer = buildAnswer(verification, hallmark);
  const who = verification.issuer.verifiedAs?.value;
  const fact = (label: string, value: JsonValue | undefined): [string, string][] => {
    const shown = typeof value === 'number' ? String(value) : textOf(value);
    return shown === null ? [] : [[label, formatDate(shown)]];
  };
  return {
    title: titleOf(credential) ?? 'Credential',
    learner: learnerName(credential) ?? name,
    outcome: outcomeOf[answer.verdict],
    answer: renderAnswer(answer.sentence, formatDate),
    details: answer.details.map((detail) => renderAnswer(detail, formatDate)),
    stamps: (Object.keys(stampNames) as StampId[]).map((id) => {
      const { outcome, reason, params = {} } = hallmark.stamps[id];
      const shown = 'date' in params ? { ...params, date: formatDate(String(params.date)) } : params;
      const { say, why } = hallmarkReasons[reason];
      return {
        name: stampNames[id],
        outcome,
        word: outcomeWords[outcome],
        say: fillIn(say, shown),
        why: fillIn(why, shown),
      };
    }),
    levels: framework?.mastery.statements.map(({ sentence }) => sentence) ?? [],
    facts: [
      ...fact('Signed by', who),
      ...fact('Calls itself', verification.issuer.name ?? undefined),
      ...fact('Awarded', credential.awardedDate ?? credential.validFrom),
      ...fact('Valid from', credential.validFrom),
      ...fact('Valid until', credential.validUntil),
      ...fact('Kind', achievement.achievementType),
      ...fact('Credits', subject.creditsEarned),
      ...fact('Term', subject.term),
      ...fact('Role', subject.role),
      ...fact('Licence', subject.licenseNumber),
    ],
    about: textOf(achievement.description),
    criteria: textOf(criteria.narrative),
    criteriaLink: webAddress(criteria.id),
    evidence: toList(credential.evidence)
      .filter(isJsonObject)
      .map(({ id, name, description }) => ({
        text: textOf(name) ?? textOf(description) ?? webAddress(id) ?? 'Evidence',
        url: webAddress(id),
      })),
  };
}

/** A string, or the first text of a language value. */
function textOf(value: JsonValue | undefined): string | null {
  const [first] = toList(value);
  const text = isJsonObject(first) ? first['@value'] : first;
  return typeof text === 'string' && text.trim() !== '' ? text : null;
}

/** Only what a person may follow: never a script, never data. */
function webAddress(value: JsonValue | undefined): string | null {
  if (typeof value !== 'string') return null;
  return /^https?:$/.test(readUrl(value)?.protocol ?? '') ? value : null;
}

const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });
const minute = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' });

/** A date in full, in UTC; the time too unless it is midnight. Text that is no date stays as it is. */
export function formatDate(iso: string): string {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(iso) && !/^\d{4}-\d{2}-\d{2}$/.test(iso)) return iso;
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  return date.getTime() % 86_400_000 === 0 ? day.format(date) : `${minute.format(date)} UTC`;
}
