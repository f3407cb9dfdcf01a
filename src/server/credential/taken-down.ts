import type { FastifyReply, FastifyRequest } from 'fastify';
import { html } from '../page/html.ts';
import { readLanguage, say } from '../page/language.ts';
import { sendPage } from '../page/layout.ts';
import { ApiError } from '../problem.ts';
import { chooseForm } from './form.ts';
import type { CredentialRow } from './store.ts';

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
