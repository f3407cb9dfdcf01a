import { formatDate } from '../../core/catalogue/language.ts';
import type { Outcome } from '../../core/finding.ts';
import { type Field, field } from '../page/form.ts';
import { type Html, html } from '../page/html.ts';
import { type Speech, say } from '../page/language.ts';
import type { Page } from '../page/layout.ts';
import { prose } from '../page/prose.ts';
import type { Description, Link } from './describe.ts';
import { credentialRecord } from './record.ts';
import type { CredentialRow } from './store.ts';

export interface CredentialPage {
  credential: CredentialRow;
  description: Description;
  /** The learner's own view: they hold the claim link. */
  isLearner: boolean;
  hasJson: boolean;
  checkedAt: Date;
  /** Of "Is this you?"; null when nobody asked. */
  recipient: { email: string; answer: 'yes' | 'no' | 'not-an-address' } | null;
}

/** The page of a credential: the answer first, then what it says, and to its learner what they can do. */
export function credentialPage(page: CredentialPage, speech: Speech): Page {
  const { credential, description, isLearner } = page;
  const { title, answer, details } = description;
  const own = isLearner && credential.claim_state !== 'accepted';
  return {
    title,
    speech,
    path: `/credentials/${credential.id}`,
    description: answer,
    head: html`<meta property="og:type" content="website"><meta property="og:title" content="${title}"><meta property="og:description" content="${[answer, ...details.slice(0, 1)].join(' ')}">`,
    body: html`${warningsOf(credential, speech).map((text) => html`<p class="note failed text"><strong>${text}</strong></p>`)}
${own ? claimSection(credential, description, speech) : ''}
${answerSection(page, speech)}
${contentSection(description, speech)}
${waiverSection(credential, speech)}
${limitsSection(speech)}
${filesSection(page, speech)}
${recipientSection(page, speech)}
${isLearner && !own ? learnerSection(credential, speech) : ''}`,
  };
}

/** What must not be overlooked, on the page and on paper. */
export function warningsOf({ test, state }: CredentialRow, { page: { texts } }: Speech): string[] {
  return [
    test ? texts.test : '',
    state === 'superseded' ? texts.replaced : '',
    state === 'revoked' ? texts.withdrawn : '',
    state === 'suspended' ? texts.onHold : '',
  ].filter((text) => text !== '');
}

/** A text of the page in which what comes from a credential stands apart from the direction of the text around it. */
function filled(text: string, params: Record<string, string>): Html {
  const parts = text
    .split(/\{(\w+)\}/)
    .map((part, index) => (index % 2 === 0 ? part : html`<bdi>${params[part]}</bdi>`));
  return html`${parts}`;
}

function answerSection({ credential, description, checkedAt }: CredentialPage, speech: Speech): Html {
  const { title, learner, outcome, answer, details, stamps } = description;
  const { texts } = speech.page;
  const date = formatDate(`${checkedAt.toISOString().slice(0, 16)}:00Z`, speech.words.language);
  return html`<section><p class="kicker">${texts.credential}</p><h1><bdi>${title}</bdi></h1>
${learner !== null && html`<p class="lead">${filled(texts.awardedTo, { learner })}</p>`}
<div class="answer">${icon(outcome)}<div><p class="say">${answer}</p>
<div class="why">${details.map((text) => html`<p><bdi>${text}</bdi></p>`)}<p>${say(speech, 'checked', { date })}</p></div></div></div></section>
<section aria-labelledby="hallmark"><h2 id="hallmark">${texts.hallmark}</h2><ul class="report">
${stamps.map(({ name, outcome, word, say, why }) => html`<li>${icon(outcome)}<div><p class="t">${name}: ${word.toLowerCase()}. <bdi>${say}</bdi></p><p class="d"><bdi>${why}</bdi></p></div></li>`)}</ul>
<p class="small muted">${texts.digest} <code dir="ltr" class="break">${credential.digest}</code></p></section>`;
}

function contentSection(description: Description, { page: { texts } }: Speech): Html {
  const { about, levels, criteria, criteriaLink, evidence, facts } = description;
  return html`<section aria-labelledby="says"><h2 id="says">${texts.says}</h2>
${about !== null && html`<p class="written">${about}</p>`}
${levels.length > 0 && html`<h3>${texts.howWell}</h3><ul class="plain-list">${levels.map((level) => html`<li><bdi>${level}</bdi></li>`)}</ul>`}
${(criteria !== null || criteriaLink !== null) && html`<h3>${texts.howEarned}</h3>`}
${criteria !== null && prose(criteria)}
${criteriaLink !== null && html`<p>${linkTo({ text: criteriaLink, url: criteriaLink })}</p>`}
${evidence.length > 0 && html`<h3>${texts.evidence}</h3><ul class="plain-list">${evidence.map((entry) => html`<li>${linkTo(entry)}</li>`)}</ul>`}
<h3>${texts.facts}</h3><dl class="facts">${facts.map(([label, value]) => html`<div><dt>${label}</dt><dd class="break"><bdi>${value}</bdi></dd></div>`)}</dl></section>`;
}

const linkTo = ({ text, url }: Link): Html =>
  url === null
    ? html`<bdi>${text}</bdi>`
    : html`<a href="${url}" rel="nofollow noopener noreferrer"><bdi class="break">${text}</bdi></a>`;

function waiverSection(credential: CredentialRow, { page: { texts }, words }: Speech): Html | false {
  const { waiver } = credentialRecord(credential);
  if (waiver === null) return false;
  const { wanted, by, at, reason } = waiver;
  const why = filled(texts.exceptionWhy, { wanted, by, date: formatDate(at, words.language) });
  return html`<section><h2>${texts.exception}</h2><p>${why}</p><p class="written">${reason}</p></section>`;
}

function limitsSection({ page: { texts } }: Speech): Html {
  return html`<section><h2>${texts.limits}</h2><ul class="plain-list">
${[texts.limitIssuer, texts.limitLearner, texts.limitSilence].map((text) => html`<li>${text}</li>`)}</ul></section>`;
}

function filesSection({ credential: { id, jwt }, hasJson }: CredentialPage, { page: { texts } }: Speech): Html {
  const file = (ending: 'json' | 'jwt' | 'png' | 'svg' | 'pdf') =>
    html`<li><a href="/credentials/${id}.${ending}" download>${ending.toUpperCase()}</a>: ${texts[ending]}</li>`;
  return html`<section><h2>${texts.download}</h2><ul class="plain-list">
${hasJson && file('json')}
${jwt !== null && file('jwt')}
${file('png')}
${file('svg')}
${file('pdf')}</ul>
<p class="small muted">${texts.downloadNote}</p></section>`;
}

function recipientSection({ credential: { id }, recipient }: CredentialPage, { page: { texts } }: Speech): Html {
  const answers = {
    yes: html`<p class="note passed text" role="status">${texts.yes}</p>`,
    no: html`<p class="note text" role="status">${texts.no}</p>`,
    'not-an-address': null,
  };
  const email: Field = {
    name: 'email',
    label: texts.email,
    type: 'email',
    value: recipient?.email,
    help: texts.emailHelp,
    fault: recipient?.answer === 'not-an-address' ? texts.emailWrong : undefined,
  };
  return html`<section id="recipient"><h2>${texts.isThisYou}</h2><form method="post" action="/credentials/${id}/recipient" class="narrow">
${recipient !== null && answers[recipient.answer]}${field(email)}<button class="btn" type="submit">${texts.compare}</button></form></section>`;
}

const act = (id: string, name: string, label: string, kind = '') =>
  html`<form method="post" action="/credentials/${id}/${name}"><button class="btn ${kind}" type="submit">${label}</button></form>`;

function claimSection(
  { id, claim_state }: CredentialRow,
  { signer, callsItself }: Description,
  { page: { texts } }: Speech,
): Html {
  const who = { signer: signer ?? texts.itsIssuer, name: callsItself ?? '' };
  const declined = claim_state === 'declined';
  return html`<section class="note text"><h2>${declined ? texts.youDeclined : texts.forYou}</h2>
<p>${filled(callsItself === null ? texts.from : texts.fromNamed, who)} ${texts.readFirst}</p>
<div class="row">${act(id, 'accept', declined ? texts.acceptAfterAll : texts.accept, 'primary')}${!declined && act(id, 'decline', texts.decline)}</div></section>`;
}

function learnerSection({ id, indexed }: CredentialRow, { page: { texts } }: Speech): Html {
  return html`<section><h2>${texts.youAccepted}</h2>
<p>${texts.everybody} ${indexed ? texts.listed : texts.unlisted}</p>
<div class="row">${indexed ? act(id, 'unindex', texts.hide) : act(id, 'index', texts.list)}${act(id, 'export', texts.takeCopy)}</div></section>`;
}

const icons: Record<Outcome, [string, Html]> = {
  passed: [
    'passed',
    html`<circle cx="12" cy="12" r="10.5" fill="currentColor"/><path d="M7 12.4L10.6 16L17.2 8.8" fill="none" stroke="var(--on-strong)" stroke-width="2.4"/>`,
  ],
  failed: [
    'failed',
    html`<path d="M7.6 1.5H16.4L22.5 7.6V16.4L16.4 22.5H7.6L1.5 16.4V7.6Z" fill="currentColor"/><path d="M8 8L16 16M16 8L8 16" stroke="var(--on-strong)" stroke-width="2.4"/>`,
  ],
  'cannot-tell': [
    'unsure',
    html`<path d="M12 1.5L22.5 12L12 22.5L1.5 12Z" fill="none" stroke="currentColor" stroke-width="1.9" stroke-dasharray="3.2 2"/><path d="M9.6 9.9C9.6 8.2 10.6 7.3 12.1 7.3S14.6 8.2 14.6 9.6C14.6 11.4 12.1 11.7 12.1 13.7" fill="none" stroke="currentColor" stroke-width="1.9"/><circle cx="12.1" cy="16.6" r="1.2" fill="currentColor"/>`,
  ],
  inapplicable: [
    'na',
    html`<circle cx="12" cy="12" r="10" fill="none" stroke="currentColor" stroke-width="1.5"/><path d="M8 12H16" stroke="currentColor" stroke-width="2"/>`,
  ],
};

/** The word beside it says the same. */
function icon(outcome: Outcome): Html {
  const [kind, shape] = icons[outcome];
  return html`<svg class="${kind}" viewBox="0 0 24 24" aria-hidden="true">${shape}</svg>`;
}
