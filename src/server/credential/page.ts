import { titleOf } from '../../core/answer.ts';
import type { JsonObject } from '../../core/json/json.ts';
import { html } from '../page/html.ts';
import type { Page } from '../page/layout.ts';
import { type CredentialRow, signedDocument } from './store.ts';

/** The page of a credential: what it says, and to its learner what they can do. */
export function credentialPage(credential: CredentialRow, isLearner: boolean): Page {
  const document = JSON.parse(signedDocument(credential)) as JsonObject & { issuer: { name: string } };
  const title = titleOf(document) ?? 'Credential';
  return {
    title,
    body: html`<section><h1><bdi>${title}</bdi></h1></section>
${isLearner && claimSection(credential, document.issuer.name)}`,
  };
}

function claimSection({ id, claim_state, indexed }: CredentialRow, issuer: string) {
  const act = (name: string, label: string, kind = '') =>
    html`<form method="post" action="${id}/${name}"><button class="btn ${kind}" type="submit">${label}</button></form>`;
  if (claim_state === 'accepted')
    return html`<section><h2>You accepted it</h2><p>Everybody who has the address of this page can read it.</p>
${indexed ? act('unindex', 'Hide it from search engines') : act('index', 'Let search engines list it')}</section>`;
  return html`<section><h2>Is it yours?</h2>
<p><bdi>${issuer}</bdi> has awarded you this credential. Nobody but you can open this page until you accept.</p>
<div class="row">${act('accept', 'Accept this credential', 'primary')}${claim_state === 'waiting' && act('decline', 'Decline it')}</div></section>`;
}
