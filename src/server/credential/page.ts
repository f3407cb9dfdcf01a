import type { Outcome } from '../../core/finding.ts';
import { type Field, field } from '../page/form.ts';
import { type Html, html } from '../page/html.ts';
import type { Page } from '../page/layout.ts';
import type { Description, Link } from './describe.ts';
import { formatDate } from './describe.ts';
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
export function credentialPage(page: CredentialPage): Page {
  const { credential, description, isLearner } = page;
  const { title, answer, details } = description;
  const own = isLearner && credential.claim_state !== 'accepted';
  return {
    title,
    description: answer,
    social: { title, description: [answer, ...details.slice(0, 1)].join(' ') },
    body: html`${warningsOf(credential).map((text) => html`<p class="note failed text"><strong>${text}</strong></p>`)}
${own ? claimSection(credential, description) : ''}
${answerSection(page)}
${contentSection(description)}
${waiverSection(credential)}
${limitsSection()}
${filesSection(page)}
${recipientSection(page)}
${isLearner && !own ? learnerSection(credential) : ''}`,
  };
}

/** What must not be overlooked, on the page and on paper. */
export function warningsOf({ test, state, superseded_by }: CredentialRow): string[] {
  return [
    test ? 'This is a test credential. It was not issued for real use.' : '',
    state === 'revoked' && superseded_by !== null ? 'A newer edition has replaced this credential.' : '',
    state === 'revoked' ? 'The issuer has withdrawn this credential.' : '',
    state === 'suspended' ? 'The issuer has put this credential on hold.' : '',
  ].filter((text) => text !== '');
}

function answerSection({ credential, description, checkedAt }: CredentialPage): Html {
  const { title, learner, outcome, answer, details, stamps } = description;
  return html`<section><p class="kicker">Credential</p><h1><bdi>${title}</bdi></h1>
${learner !== null && html`<p class="lead">Awarded to <bdi>${learner}</bdi></p>`}
<div class="answer">${icon(outcome)}<div><p class="say">${answer}</p>
<div class="why">${details.map((text) => html`<p><bdi>${text}</bdi></p>`)}<p>Checked ${formatDate(`${checkedAt.toISOString().slice(0, 16)}:00Z`)}, against the issuer’s keys and status lists.</p></div></div></div></section>
<section aria-labelledby="hallmark"><h2 id="hallmark">Hallmark</h2><ul class="report">
${stamps.map(({ name, outcome, word, say, why }) => html`<li>${icon(outcome)}<div><p class="t">${name}: ${word.toLowerCase()}. <bdi>${say}</bdi></p><p class="d"><bdi>${why}</bdi></p></div></li>`)}</ul>
<p class="small muted">Digest <code dir="ltr" class="break">${credential.digest}</code></p></section>`;
}

function contentSection({ about, levels, criteria, criteriaLink, evidence, facts }: Description): Html {
  return html`<section aria-labelledby="says"><h2 id="says">What it says</h2>
${about !== null && html`<p class="written">${about}</p>`}
${levels.length > 0 && html`<h3>How well</h3><ul class="plain-list">${levels.map((level) => html`<li><bdi>${level}</bdi></li>`)}</ul>`}
${(criteria !== null || criteriaLink !== null) && html`<h3>How it was earned</h3>`}
${criteria !== null && html`<p class="written">${criteria}</p>`}
${criteriaLink !== null && html`<p>${linkTo({ text: criteriaLink, url: criteriaLink })}</p>`}
${evidence.length > 0 && html`<h3>Evidence</h3><ul class="plain-list">${evidence.map((entry) => html`<li>${linkTo(entry)}</li>`)}</ul>`}
<h3>Facts</h3><dl class="facts">${facts.map(([label, value]) => html`<div><dt>${label}</dt><dd class="break"><bdi>${value}</bdi></dd></div>`)}</dl></section>`;
}

const linkTo = ({ text, url }: Link): Html =>
  url === null
    ? html`<bdi>${text}</bdi>`
    : html`<a href="${url}" rel="nofollow noopener noreferrer"><bdi class="break">${text}</bdi></a>`;

function waiverSection(credential: CredentialRow): Html | false {
  const { waiver } = credentialRecord(credential);
  return (
    waiver !== null &&
    html`<section><h2>Issued by way of exception</h2><p>It supports less than its issuer asks for (${waiver.wanted}). <bdi>${waiver.by}</bdi> answers for issuing it, ${formatDate(waiver.at)}:</p><p class="written">${waiver.reason}</p></section>`
  );
}

function limitsSection(): Html {
  return html`<section><h2>What this does not tell you</h2><ul class="plain-list">
<li>Whether the issuer is who it calls itself, unless a source that you trust lists it. Unknown to you is not the same as false.</li>
<li>Whether the person before you is its learner. Ask them, or let them answer “Is this you?”.</li>
<li>Anything that it leaves out. Silence is not a low mark.</li></ul></section>`;
}

function filesSection({ credential: { id, jwt }, hasJson }: CredentialPage): Html {
  const file = (ending: string, label: string, say: string) =>
    html`<li><a href="${id}.${ending}" download>${label}</a>: ${say}</li>`;
  return html`<section><h2>Download</h2><ul class="plain-list">
${hasJson && file('json', 'JSON', 'what was signed')}
${jwt !== null && file('jwt', 'JWT', 'what was signed, as a token')}
${file('png', 'PNG', 'a picture with the credential inside')}
${file('svg', 'SVG', 'the same, drawn in lines')}
${file('pdf', 'PDF', 'a sheet to print, with the credential attached')}</ul>
<p class="small muted">Each of them can be checked without us.</p></section>`;
}

function recipientSection({ credential: { id }, recipient }: CredentialPage): Html {
  const answers = {
    yes: html`<p class="note passed text" role="status">Yes: this credential was made for that address.</p>`,
    no: html`<p class="note text" role="status">No: this credential names another address, or none.</p>`,
    'not-an-address': null,
  };
  const email: Field = {
    name: 'email',
    label: 'E-mail address',
    type: 'email',
    value: recipient?.email,
    help: 'It is compared with a salted digest in the credential, and not kept.',
    fault: recipient?.answer === 'not-an-address' ? 'Write an e-mail address, such as ana@example.edu.' : undefined,
  };
  return html`<section id="recipient"><h2>Is this you?</h2><form method="post" action="${id}/recipient" class="narrow">
${recipient !== null && answers[recipient.answer]}${field(email)}<button class="btn" type="submit">Compare</button></form></section>`;
}

const act = (id: string, name: string, label: string, kind = '') =>
  html`<form method="post" action="${id}/${name}"><button class="btn ${kind}" type="submit">${label}</button></form>`;

function claimSection({ id, claim_state }: CredentialRow, { facts }: Description): Html {
  const signer = facts.find(([label]) => label === 'Signed by')?.[1] ?? 'its issuer';
  const name = facts.find(([label]) => label === 'Calls itself')?.[1];
  const declined = claim_state === 'declined';
  return html`<section class="note text"><h2>${declined ? 'You declined this credential' : 'A credential for you'}</h2>
<p>It comes from <bdi>${signer}</bdi>${name !== undefined && html`, which calls itself <bdi>${name}</bdi>`}. Read it first. Nobody else can open this page until you accept; then everybody who has its address can.</p>
<div class="row">${act(id, 'accept', declined ? 'Accept it after all' : 'Accept this credential', 'primary')}${!declined && act(id, 'decline', 'This is not for me')}</div></section>`;
}

function learnerSection({ id, indexed }: CredentialRow): Html {
  return html`<section><h2>You accepted this credential</h2>
<p>Everybody who has the address of this page can read it. Search engines ${indexed ? 'may list it' : 'are told not to list it'}.</p>
${indexed ? act(id, 'unindex', 'Hide it from search engines') : act(id, 'index', 'Let search engines list it')}</section>`;
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
