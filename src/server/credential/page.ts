import type { Assessment } from '../../core/assess.ts';
import { formatDate } from '../../core/catalogue/language.ts';
import { isJsonObject, type JsonObject, toList } from '../../core/json/json.ts';
import { claimSection, type LearnersView, learnerSection } from '../claim/section.ts';
import { type Html, html } from '../page/html.ts';
import { fill, type Speech, say } from '../page/language.ts';
import type { Page } from '../page/layout.ts';
import { picture, sampleNote } from '../page/parts.ts';
import { icon } from '../page/symbols.ts';
import type { Description } from './describe.ts';
import { asideSection } from './page-aside.ts';
import { contentSections } from './page-content.ts';
import { headOf } from './page-head.ts';
import { recordSections } from './page-record.ts';
import { checkSections } from './page-trust.ts';
import { credentialRecord } from './record.ts';
import { hallmarkList, hallmarkRow, outcomeIcon } from './stamps.ts';
import type { CredentialRow } from './store.ts';

export interface CredentialPage {
  credential: CredentialRow;
  assessment: Assessment;
  description: Description;
  publicUrl: string;
  /** Where the issuer's own page is. */
  issuerPath: string;
  /** The learner's own view: they hold the claim link. Null to everybody else. */
  learner: LearnersView | null;
  hasJson: boolean;
  checkedAt: Date;
  /** Its issuer is one of the sample data. */
  isSample: boolean;
  /** Of a superseded credential: where the newer edition is, when whoever asks may open it. */
  successorPath: string | null;
  /** Of "Is this you?"; null when nobody asked. */
  recipient: { email: string; answer: 'yes' | 'no' | 'not-an-address' } | null;
}

/** Whoever has the address may open it, so its learner accepted it. */
export const isPublic = ({ claim_state }: CredentialRow) => claim_state === 'accepted';

/** The page of a credential: the answer first, then what it says, and to its learner what they can do. */
export function credentialPage(page: CredentialPage, speech: Speech): Page {
  const { credential, description, learner } = page;
  return {
    title: description.title,
    speech,
    path: `/credentials/${credential.id}`,
    description: description.details[0] ?? description.title,
    head: headOf(page, speech),
    body: html`${statusNotes(page, speech)}
${learner !== null && !isPublic(credential) && claimSection(page, learner, speech)}
${topCard(page, speech)}
<div class="cols"><div>${isRecord(page) ? recordSections(page, speech) : contentSections(page, speech)}
${checkSections(page, speech)}
${waiverSection(credential, speech)}
${limitsSection(speech)}
${learner !== null && isPublic(credential) && learnerSection(page, learner, speech)}</div>
${asideSection(page, speech)}</div>`,
  };
}

/** A Comprehensive Learner Record: credentials in a credential. */
export const isRecord = ({ assessment }: CredentialPage) => assessment.verification.kind === 'ClrCredential';

/** That it is a record, and of how many credentials. */
export const recordKind = ({ assessment }: CredentialPage, speech: Speech): string =>
  fill(speech, speech.page.record.kicker, { count: assessment.credentials.length });

/** What must not be overlooked, on the page and on paper. */
export function warningsOf({ test, state }: CredentialRow, { page: { texts } }: Speech): string[] {
  return [
    test ? texts.test : '',
    state === 'superseded' ? texts.replaced : '',
    state === 'revoked' ? texts.withdrawn : '',
    state === 'suspended' ? texts.onHold : '',
  ].filter((text) => text !== '');
}

function statusNotes({ credential, successorPath, isSample }: CredentialPage, speech: Speech): Html {
  const { texts } = speech.page;
  const { test, state, status_at, status_reason } = credential;
  const [warning] = warningsOf({ ...credential, test: false }, speech);
  const since = status_at === null ? null : formatDate(status_at.toISOString().slice(0, 10), speech.words.language);
  return html`${sampleNote(isSample, speech)}${test && !isSample && html`<p class="note text"><strong>${texts.test}</strong></p>`}
${
  warning !== undefined &&
  html`<div class="note failed">${icon('failed', '')}<div><p><strong>${warning}</strong> ${since !== null && say(speech, 'statusSince', { date: since })}</p>
${status_reason !== null && html`<p>${texts.reasonGiven} <bdi>${status_reason}</bdi></p>`}
${state === 'superseded' && html`<p>${successorPath === null ? texts.successorPrivate : html`<a href="${successorPath}">${texts.successor}</a>`}</p>`}</div></div>`
}`;
}

/** A text of the page in which what comes from a credential stands apart from the direction of the text around it. */
export function filled(text: string, params: Record<string, string | Html>): Html {
  const parts = text
    .split(/\{(\w+)\}/)
    .map((part, index) => (index % 2 === 0 ? part : html`<bdi>${params[part]}</bdi>`));
  return html`${parts}`;
}

/** The verified domain or key before the name: anybody can call themselves anything, until a trusted source lists them. */
export function signedBy({ assessment, description }: CredentialPage, { page: { texts } }: Speech): Html | null {
  const { signer, callsItself } = description;
  const { issuer } = assessment.hallmark.stamps;
  if (signer === null) return null;
  if (issuer.outcome === 'passed')
    return filled(texts.knownBy, { who: signer, name: html`<b>${issuer.params?.name}</b>` });
  const who = html`<b>${signer}</b>`;
  return callsItself === null ? filled(texts.signedBy, { who }) : filled(texts.signedNamed, { who, name: callsItself });
}

/** What it is called, for whom, by whom, whether it holds, what it supports and how well: all of it at first sight. */
function topCard(page: CredentialPage, speech: Speech): Html {
  const { assessment, description, credential, checkedAt, publicUrl } = page;
  const { title, learner, outcome, answer, stamps } = description;
  const { texts } = speech.page;
  const { framework, hallmark, verification } = assessment;
  const date = formatDate(`${checkedAt.toISOString().slice(0, 16)}:00Z`, speech.words.language);
  const awarded = credentialRecord(credential).awardedDate ?? credentialRecord(credential).validFrom;
  const kind = isRecord(page) ? recordKind(page, speech) : speech.words.kindNames[verification.kind];
  const label = hallmark.stamps.class.outcome === 'passed' ? String(hallmark.stamps.class.params?.class ?? '') : '';
  const subject = achievementOf(page);
  const [level] = framework?.mastery.statements ?? [];
  // Above it stands who awards it: the page has one title.
  const claiming = page.learner !== null && !isPublic(credential);
  return html`<article class="card credential"><div class="pad top">${picture(subject.image, publicUrl, texts.picture)}<div>
<p class="kicker">${label === '' ? kind : say(speech, 'kickerReady', { kind, class: label })}</p>${claiming ? html`<h2 class="title"><bdi>${title}</bdi></h2>` : html`<h1><bdi>${title}</bdi></h1>`}
<p class="awarded">${learner !== null && html`${filled(texts.awardedTo, { learner: html`<b>${learner}</b>` })}<br>`}${signedBy(page, speech)}${
    awarded !== null &&
    html`<br>${fill(speech, isRecord(page) ? speech.page.record.issued : texts.awardedOn, { date: formatDate(awarded.slice(0, 10), speech.words.language) })}`
  }</p>
<div class="answer">${outcomeIcon(outcome)}<div><p class="say">${answer}</p><p class="why">${say(speech, 'checked', { date })}</p></div></div>
<div class="gist">${hallmarkRow(assessment, stamps, speech)}${level !== undefined && html`<p class="small"><bdi>${level.sentence}</bdi></p>`}</div></div>
</div>
<section class="strike" aria-labelledby="hallmark"><h2 id="hallmark" class="vh">${texts.hallmark}</h2>${hallmarkList(assessment, stamps, speech)}</section></article>`;
}

/** The achievement as the credential has it. */
export function achievementOf({ assessment }: CredentialPage): JsonObject {
  const [subject] = toList(assessment.verification.credential?.credentialSubject);
  return isJsonObject(subject) && isJsonObject(subject.achievement) ? subject.achievement : {};
}

function waiverSection(credential: CredentialRow, { page: { texts }, words }: Speech): Html | false {
  const { waiver } = credentialRecord(credential);
  if (waiver === null) return false;
  const { wanted, by, at, reason } = waiver;
  const why = filled(texts.exceptionWhy, { wanted, by, date: formatDate(at, words.language) });
  return html`<section class="sec"><h2>${texts.exception}</h2><p>${why}</p><p class="written">${reason}</p></section>`;
}

function limitsSection({ page: { texts } }: Speech): Html {
  return html`<section class="sec"><h2>${texts.limits}</h2><ul class="not">
${[texts.limitIssuer, texts.limitLearner, texts.limitLevels, texts.limitSilence].map((text) => html`<li>${text}</li>`)}</ul></section>`;
}
