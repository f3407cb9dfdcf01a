import type { FastifyReply, FastifyRequest } from 'fastify';
import { html } from '../page/html.ts';
import { readLanguage, say } from '../page/language.ts';
import { sendPage } from '../page/layout.ts';
import { ApiError } from '../problem.ts';
import { chooseForm } from './form.ts';
import type { CredentialRow } from './store.ts';

/** The same to all who may not read it and about all that is not there: nobody learns which. */
export async function nothingHere(request: FastifyRequest, reply: FastifyReply) {
  reply.header('cache-control', 'no-store').header('x-robots-tag', 'noindex');
  if (chooseForm(request.headers.accept, false) !== 'html')
    throw new ApiError('not-found', 'There is nothing at this address.');
  const speech = await readLanguage(request, reply);
  const { texts } = speech.page;
  return sendPage(reply.status(404), {
    title: texts.nothing,
    speech,
    body: html`<section class="empty"><h1>${texts.nothingHere}</h1><p class="lead">${texts.nothingWhy}</p></section>`,
  });
}

/** It was here, and its status lists still answer; what it said is not shown any more. */
export async function takenDown(request: FastifyRequest, reply: FastifyReply, state: CredentialRow['state']) {
  reply.header('cache-control', 'no-store').header('x-robots-tag', 'noindex');
  if (chooseForm(request.headers.accept, false) !== 'html')
    throw new ApiError('gone', 'This credential was taken down. Copies of it can still be verified.');
  const speech = await readLanguage(request, reply);
  const { texts, standing } = speech.page;
  return sendPage(reply.status(410), {
    title: texts.taken,
    speech,
    body: html`<section class="empty"><h1>${texts.takenDown}</h1><p class="lead">${texts.takenWhy}</p>
<p>${say(speech, 'statusNow', { status: standing[state] })}</p><p><a class="btn" href="/verify">${texts.verifyCopy}</a></p></section>`,
  });
}
