import type { FastifyReply, FastifyRequest } from 'fastify';
import { fillIn, type Params } from '../../../core/catalogue/fill-in.ts';
import { englishSpeech, readLanguage, type Speech } from '../../page/language.ts';
import { type Page, sendPage } from '../../page/layout.ts';

/** The language of each request for one of these pages. */
const speeches = new WeakMap<FastifyRequest, Speech>();

/** Find out which language the page is to speak, before it is written. */
export async function chooseSpeech(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  speeches.set(request, await readLanguage(request, reply));
}

export const speechOf = ({ request }: FastifyReply): Speech => speeches.get(request) ?? englishSpeech;

/** The words of these pages in the language of who asks. */
export const wordsOf = (reply: FastifyReply) => speechOf(reply).page.people;

/** A text filled in as plain text. */
export const fill = (reply: FastifyReply, text: string, params: Params): string =>
  fillIn(text, params, speechOf(reply).words.language);

/** A page in the language of who asks; where it was asked for by its address, it leads to the others. */
export function sendOwnPage(reply: FastifyReply, page: Omit<Page, 'speech' | 'path'>): FastifyReply {
  const { method, url } = reply.request;
  const address = new URL(url, 'http://here');
  address.searchParams.delete('lang');
  const path = method === 'GET' ? { path: address.pathname + address.search } : {};
  return sendPage(reply, { ...page, ...path, speech: speechOf(reply) });
}
