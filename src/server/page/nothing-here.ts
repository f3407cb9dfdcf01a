import type { FastifyReply, FastifyRequest } from 'fastify';
import { chooseForm } from '../credential/form.ts';
import { ApiError } from '../problem.ts';
import { html } from './html.ts';
import { readLanguage } from './language.ts';
import { sendPage } from './layout.ts';

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
