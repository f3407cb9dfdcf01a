import type { AnswerCode } from './catalogue/en/hallmark.ts';
import { english } from './catalogue/en/index.ts';
import { fillIn } from './catalogue/fill-in.ts';
import { formatDate } from './catalogue/language.ts';
import type { Words } from './catalogue/words.ts';
import type { CredentialView } from './credential/types.ts';
import type { Hallmark } from './hallmark.ts';
import { isJsonObject, type JsonValue, toList } from './json/json.ts';
import type { Verdict, VerificationReport } from './verify/report.ts';

export interface AnswerSentence {
  code: AnswerCode;
  params: Record<string, string>;
}

/** The one-line answer, which uses Authentic and Current alone, and the sentences under it. */
export interface Answer {
  verdict: Verdict;
  sentence: AnswerSentence;
  details: AnswerSentence[];
}

/**
 * The answer first, in one sentence. Until the Issuer stamp is passed the verified domain or key goes first and the name
 * is what the document *calls itself*; a text that is not proven is only quoted.
 */
export function buildAnswer(report: VerificationReport, hallmark: Hallmark): Answer {
  return {
    verdict: report.verdict,
    sentence: sentenceOf(report, hallmark),
    details: report.credential === null ? [] : detailsOf(report, report.credential, hallmark),
  };
}

function sentenceOf({ verdict, kind, credential }: VerificationReport, { stamps }: Hallmark): AnswerSentence {
  const say = (code: AnswerCode, params: Record<string, string> = {}): AnswerSentence => ({ code, params });
  if (verdict === 'verified') return say(kind === 'ClrCredential' ? 'verified-record' : 'verified');
  switch (stamps.authentic.reason) {
    case 'authentic-unreadable':
      return say('unreadable');
    case 'authentic-altered':
      return say('altered');
    case 'authentic-wrong-key':
      return say('wrong-key');
    case 'authentic-faulty':
      return say('faulty');
    case 'authentic-not-signed':
      return say('not-signed');
    case 'authentic-unsigned-inclusion':
      return say('unsigned-inclusion');
    case 'authentic-cannot-tell':
      return say('key-unknown');
    case 'authentic-not-bound':
      return say('not-bound');
  }
  switch (stamps.current.reason) {
    case 'current-revoked':
      return say('revoked');
    case 'current-suspended':
      return say('suspended');
    case 'current-expired':
      return say('expired', { date: text(credential?.validUntil) ?? '' });
    case 'current-not-yet-valid':
      return say('not-yet-valid', { date: text(credential?.validFrom) ?? '' });
    case 'current-faulty-dates':
      return say('faulty-dates');
    case 'current-superseded':
      return say('superseded');
    default:
      return say('status-unknown');
  }
}

function detailsOf(report: VerificationReport, credential: CredentialView, { stamps }: Hallmark): AnswerSentence[] {
  const details: AnswerSentence[] = [];
  const title = titleOf(credential) ?? '—';
  const issuer = report.issuer.name ?? report.issuer.id ?? '—';
  const proven = stamps.authentic.outcome === 'passed' && report.issuer.verifiedAs !== null;
  if (proven) {
    const who = report.issuer.verifiedAs?.value ?? '';
    const known = stamps.issuer.outcome === 'passed' ? String(stamps.issuer.params?.name ?? '') : null;
    if (known !== null) details.push({ code: 'detail-known', params: { title, issuer: known, who } });
    else if (report.issuer.name !== null)
      details.push({ code: 'detail-proven', params: { title, who, issuer: report.issuer.name } });
    else details.push({ code: 'detail-proven-nameless', params: { title, who } });
  } else details.push({ code: 'detail-unproven', params: { title, issuer } });
  if (!proven) return details;
  const learner = learnerName(credential);
  details.push(
    learner === null ? { code: 'detail-learner-unnamed', params: {} } : { code: 'detail-learner', params: { learner } },
  );
  const awarded = text(credential.awardedDate) ?? text(credential.validFrom);
  if (awarded !== undefined) details.push({ code: 'detail-awarded', params: { date: awarded } });
  if (report.verdict !== 'verified') details.push({ code: 'detail-genuine', params: {} });
  if (report.kind === 'ClrCredential') details.push({ code: 'detail-record', params: {} });
  return details;
}

/** What a person would call it: the achievement's name, else the credential's. */
export function titleOf(credential: CredentialView): string | null {
  const subject = firstSubject(credential);
  const achievement = isJsonObject(subject?.achievement) ? subject.achievement : undefined;
  return text(achievement?.name) ?? text(credential.name) ?? null;
}

/** The learner's name, when the credential gives it in clear as an identifier of type `name`. */
export function learnerName(credential: CredentialView): string | null {
  for (const identifier of toList(firstSubject(credential)?.identifier))
    if (isJsonObject(identifier) && identifier.identityType === 'name' && identifier.hashed !== true)
      return text(identifier.identityHash) ?? null;
  return text(firstSubject(credential)?.name) ?? null;
}

/** An answer's sentence in words. */
export function renderAnswer({ code, params }: AnswerSentence, words: Words = english): string {
  const shown = params.date === undefined ? params : { ...params, date: formatDate(params.date, words.language) };
  return fillIn(words.answers[code], shown, words.language);
}

function firstSubject(credential: CredentialView) {
  const [subject] = toList(credential.credentialSubject);
  return isJsonObject(subject) ? subject : undefined;
}

/** A string, or the first text of a language value (VCDM 2.0 §11.1). */
function text(value: JsonValue | undefined): string | undefined {
  if (typeof value === 'string') return value;
  const [first] = toList(value);
  if (typeof first === 'string') return first;
  if (isJsonObject(first) && typeof first['@value'] === 'string') return first['@value'];
  return undefined;
}
