import { buildAnswer, learnerName, renderAnswer, titleOf } from '../../core/answer.ts';
import type { Assessment } from '../../core/assess.ts';
import { formatDate } from '../../core/catalogue/language.ts';
import { renderStamp } from '../../core/catalogue/render.ts';
import type { Outcome } from '../../core/finding.ts';
import type { StampId } from '../../core/hallmark.ts';
import { isJsonObject, type JsonObject, type JsonValue, toList } from '../../core/json/json.ts';
import { readUrl } from '../../core/read-url.ts';
import type { Speech } from '../page/language.ts';

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
  stamps: { id: StampId; name: string; outcome: Outcome; word: string; say: string; why: string }[];
  levels: string[];
  /** The domain or key that signed, and what the issuer calls itself. */
  signer: string | null;
  callsItself: string | null;
  facts: [string, string][];
  /** What it proves, and how it was earned. */
  about: string | null;
  criteria: string | null;
  criteriaLink: string | null;
  evidence: Link[];
  /** Of a record: each credential in it. */
  inside: Description[];
}

const outcomeOf = { verified: 'passed', 'not-verified': 'failed', 'cannot-tell': 'cannot-tell' } as const;

/** A credential in words, from its assessment in the same language. `name` is the learner's where they themselves look at it. */
export function describeCredential(assessment: Assessment, name: string | null, speech: Speech): Description {
  const { words } = speech;
  const { factNames, texts } = speech.page;
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
    return shown === null ? [] : [[label, isDate(shown) ? formatDate(shown, words.language) : shown]];
  };
  return {
    title: titleOf(credential) ?? texts.credential,
    learner: learnerName(credential) ?? name,
    outcome: outcomeOf[answer.verdict],
    answer: renderAnswer(answer.sentence, words),
    details: answer.details.map((detail) => renderAnswer(detail, words)),
    stamps: (Object.keys(words.stampNames) as StampId[]).map((id) => {
      const stamp = hallmark.stamps[id];
      const { outcome } = stamp;
      return {
        id,
        name: words.stampNames[id],
        outcome,
        word: words.outcomeWords[outcome],
        ...renderStamp(stamp, words),
      };
    }),
    levels: framework?.mastery.statements.map(({ sentence }) => sentence) ?? [],
    signer: who ?? null,
    callsItself: textOf(verification.issuer.name ?? undefined),
    facts: [
      ...fact(factNames.signedBy, who),
      ...fact(factNames.callsItself, verification.issuer.name ?? undefined),
      ...fact(factNames.awarded, credential.awardedDate ?? credential.validFrom),
      ...fact(factNames.validFrom, credential.validFrom),
      ...fact(factNames.validUntil, credential.validUntil),
      ...fact(factNames.kind, achievement.achievementType),
      ...fact(factNames.credits, subject.creditsEarned),
      ...fact(factNames.term, subject.term),
      ...fact(factNames.role, subject.role),
      ...fact(factNames.licence, subject.licenseNumber),
    ],
    about: textOf(achievement.description) ?? textOf(credential.description),
    criteria: textOf(criteria.narrative),
    criteriaLink: webAddress(criteria.id),
    evidence: toList(credential.evidence)
      .filter(isJsonObject)
      .map(({ id, name, description }) => ({
        text: textOf(name) ?? textOf(description) ?? webAddress(id) ?? texts.evidence,
        url: webAddress(id),
      })),
    inside: assessment.credentials.map((one) => describeCredential(one, null, speech)),
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

/** A whole date; text that only begins like one is somebody's text. */
const isDate = (text: string) => /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}.*)?$/.test(text);
