import { type Field, field } from '../page/form.ts';
import { type Html, html } from '../page/html.ts';
import type { Speech } from '../page/language.ts';
import { drawQrCode } from '../page/qr-code.ts';
import { icon } from '../page/symbols.ts';
import { embedMarkup } from './embed.ts';
import { type CredentialPage, isPublic } from './page.ts';

/** What anybody can take along: a check of their own, the files, the address, a frame for their own page. */
export function asideSection(page: CredentialPage, speech: Speech): Html {
  const { credential, hasJson, publicUrl } = page;
  const { texts } = speech.page;
  const { id, jwt, digest } = credential;
  const address = `${publicUrl}/credentials/${id}`;
  const file = (ending: 'json' | 'jwt' | 'png' | 'svg' | 'pdf') =>
    html`<li><a href="/credentials/${id}.${ending}" download>${ending.toUpperCase()}</a><span>${texts[ending]}</span></li>`;
  return html`<aside aria-label="${texts.keep}"><div class="card take"><h2>${texts.keep}</h2>
<a class="btn wide noprint" href="/verify?credential=${id}">${icon('search')}${texts.verifyYourself}</a>
<h3>${texts.download}</h3><ul class="dl noprint">${hasJson && file('json')}${jwt !== null && file('jwt')}${file('png')}${file('svg')}${file('pdf')}</ul>
<p class="small muted">${texts.downloadNote}</p>
${
  isPublic(credential) &&
  html`<div class="qrbox">${drawQrCode(address, texts.qr)}<p class="small muted">${texts.qrNote} <span class="break" dir="ltr">${address}</span></p></div>
<details class="noprint"><summary>${icon('chev', 'chev')}${texts.embed}</summary><div class="field"><label for="embed">HTML</label><p class="help" id="embed-help">${texts.embedHelp}</p><textarea id="embed" class="input" rows="4" readonly dir="ltr" aria-describedby="embed-help">${embedMarkup(publicUrl, credential, page.description).text}</textarea></div></details>`
}
<p class="small muted">${texts.digest}<br><code dir="ltr" class="break">${digest}</code></p></div>
${recipientSection(page, speech)}</aside>`;
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
  return html`<section id="recipient" class="card take noprint"><h2>${texts.isThisYou}</h2><form method="post" action="/credentials/${id}/recipient#recipient" class="narrow">
${recipient !== null && answers[recipient.answer]}${field(email)}<button class="btn" type="submit">${texts.compare}</button></form></section>`;
}
