import { formatDate } from '../../core/catalogue/language.ts';
import { type CredentialPage, filled } from '../credential/page.ts';
import { linkedInAddress } from '../credential/page-head.ts';
import { type Dispute, subjects } from '../dispute/store.ts';
import { type Html, html } from '../page/html.ts';
import { fill, type Speech } from '../page/language.ts';
import { icon } from '../page/symbols.ts';

/** What only the learner sees of their credential. */
export interface LearnersView {
  disputes: readonly Dispute[];
  /** Their own work, kept by this instance, and the links that open it. */
  files: { id: string; name: string; grants: { id: string; expiresAt: Date }[] }[];
  /** What they wrote, where it could not be sent. */
  draft: { about: string; words: string; fault: 'about' | 'words' | 'long' | 'many' } | null;
  /** A link that was just made. */
  link: { file: string; url: string; expiresAt: Date } | null;
}

/** Before the learner answered: who it comes from, and the two steps. It is read below, as others would see it. */
export function claimSection(page: CredentialPage, view: LearnersView, speech: Speech): Html {
  const { claim: texts } = speech.page;
  const { id, claim_state } = page.credential;
  const { learner, signer, callsItself } = page.description;
  const declined = claim_state === 'declined';
  const issuer = filled(texts.awarded, { issuer: callsItself ?? signer ?? '–' });
  const step = (number: number, title: string, body: Html) =>
    html`<div class="step"${number === 2 && html` aria-current="step"`}><span class="n" aria-hidden="true">${number}</span><div class="stack"><h2>${title}</h2>${body}</div></div>`;
  return html`<section class="claim"><div class="stack"><p class="kicker">${learner === null ? texts.kicker : filled(texts.for, { learner })}</p>
<h1>${declined ? texts.declinedTitle : issuer}</h1><p class="lead">${declined ? texts.declinedLead : texts.lead}</p>
<p class="small muted">${signer !== null && filled(speech.page.texts.signedBy, { who: signer })}</p></div>
<section class="card steps-card" aria-label="${texts.steps}">
${step(1, texts.stepRead, html`<p>${texts.stepReadMore}</p><div class="row"><a class="btn" href="#says">${texts.read}</a><a href="#wrong">${texts.wrong}</a></div>`)}
${step(
  2,
  texts.stepAccept,
  html`<p>${texts.stepAcceptMore}</p><div class="row">${act(id, 'accept', declined ? texts.acceptAfterAll : texts.accept, 'primary')}${!declined && act(id, 'decline', texts.decline, 'plain')}</div>`,
)}</section>
<ul class="promise">${texts.promises.map((text, index) => html`<li>${icon(['lock', 'info', 'archive'][index] ?? 'info')}<span>${text}</span></li>`)}</ul></section>
<section class="card wrong">${wrongSection(id, view, speech)}</section>`;
}

/** After they accepted: what they can do with it. */
export function learnerSection(page: CredentialPage, view: LearnersView, speech: Speech): Html {
  const { claim: texts } = speech.page;
  const { id, indexed } = page.credential;
  return html`<section class="sec stack" id="yours"><h2>${texts.yours}</h2>
<p>${texts.everybody} ${indexed ? texts.listed : texts.unlisted}</p>
<div class="row"><a class="btn" href="${linkedInAddress(page)}" target="_blank" rel="noopener noreferrer" aria-describedby="linkedin">${icon('share')}${texts.linkedIn}</a>${indexed ? act(id, 'unindex', texts.hide) : act(id, 'index', texts.list)}${act(id, 'export', texts.takeCopy)}</div>
<p class="small muted" id="linkedin">${texts.linkedInHelp}</p>
${view.files.length > 0 && filesSection(id, view, speech)}</section>
<section class="card wrong">${wrongSection(id, view, speech)}</section>`;
}

const act = (id: string, name: string, label: string, kind = '') =>
  html`<form method="post" action="/credentials/${id}/${name}"><button class="btn ${kind}" type="submit">${label}</button></form>`;

function filesSection(credentialId: string, { files, link }: LearnersView, speech: Speech): Html {
  const { claim: texts } = speech.page;
  const at = (file: string) => `/credentials/${credentialId}/evidence/${file}/grants`;
  const date = (when: Date) => formatDate(when.toISOString().slice(0, 10), speech.words.language);
  return html`<h3 id="files">${texts.files}</h3><p class="small muted">${texts.filesHelp}</p><ul class="evidence">${files.map(
    ({ id, name, grants }) => html`<li>${icon('lock')}<div class="stack"><h3><bdi>${name}</bdi></h3>
${link?.file === id && html`<div class="note passed text" role="status"><p>${fill(speech, texts.linkMade, { date: date(link.expiresAt) })}</p><div class="field"><label for="link">${fill(speech, texts.linkLabel, { file: name })}</label><input id="link" class="input" type="text" readonly dir="ltr" value="${link.url}"></div></div>`}
${grants.length > 0 && html`<p class="small">${fill(speech, texts.grants, { count: grants.length })}</p><ul class="plain-list">${grants.map((grant) => html`<li class="split"><span class="small">${fill(speech, texts.until, { date: date(grant.expiresAt) })}</span><form method="post" action="${at(id)}/${grant.id}/withdraw"><button class="btn" type="submit">${texts.endLink}</button></form></li>`)}</ul>`}
<form method="post" action="${at(id)}"><button class="btn" type="submit">${icon('link')}${texts.makeLink}</button></form></div></li>`,
  )}</ul>`;
}

function wrongSection(id: string, { disputes, draft }: LearnersView, speech: Speech): Html {
  const { claim: texts } = speech.page;
  const chosen = draft?.about ?? '';
  return html`<div id="wrong">${disputes.length > 0 && html`<h2>${texts.sent}</h2><ul class="history">${disputes.map((dispute) => sentDispute(dispute, speech))}</ul>`}
<details${draft !== null && html` open`}><summary>${icon('chev', 'chev')}${texts.wrong}</summary><form method="post" action="/credentials/${id}/dispute#wrong" novalidate>
${draft !== null && html`<p class="note failed text" role="alert">${texts.faults[draft.fault]}</p>`}
<fieldset><legend>${texts.about}</legend>${subjects.map(
    (subject) =>
      html`<label class="plain-choice"><input type="radio" name="about" value="${subject}" required${subject === chosen && html` checked`}>${texts.subjects[subject]}</label>`,
  )}</fieldset>
<div class="${draft !== null && draft.fault !== 'about' ? 'field bad' : 'field'}"><label for="words">${texts.words}</label><p class="help" id="words-help">${texts.wordsHelp}</p><textarea id="words" name="words" rows="4" maxlength="4000" required aria-describedby="words-help">${draft?.words}</textarea></div>
<div><button class="btn" type="submit">${texts.send}</button></div></form></details></div>`;
}

function sentDispute({ about, words, state, answer, createdAt }: Dispute, speech: Speech): Html {
  const { claim: texts } = speech.page;
  const date = formatDate(createdAt.slice(0, 10), speech.words.language);
  const done = answer === null && state === 'closed' ? html`<p class="d">${texts.closedWithout}</p>` : '';
  return html`<li><span class="dot"></span><div><p class="t">${texts.subjects[about]} · ${texts.states[state]}</p><p class="d">${fill(speech, texts.sentOn, { date })}</p><p class="d written"><bdi>${words}</bdi></p>${
    answer === null ? done : html`<p class="d"><b>${texts.answer}</b></p><p class="d written"><bdi>${answer}</bdi></p>`
  }</div></li>`;
}
