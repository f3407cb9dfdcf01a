import type { FastifyReply, FastifyRequest } from 'fastify';
import { fillIn, type Params } from '../../core/catalogue/fill-in.ts';
import {
  chooseLanguage,
  type Language,
  languageNames,
  languages,
  readAcceptLanguage,
} from '../../core/catalogue/language.ts';
import { englishTranslation, loadTranslation, type Translation } from '../../core/translate.ts';
import * as english from '../texts/en/index.ts';
import { type Html, html } from './html.ts';

/** The language of a page: the core's sentences, and the words of the page itself. */
export interface Speech extends Translation {
  page: typeof english;
}

export const englishSpeech: Speech = { ...englishTranslation, page: english };

// The application in the browser reads and writes it too, so it is open to script.
const cookieName = 'language';
const cookieSeconds = 31_536_000;

/** Asked in the address, and kept for the pages after it; else asked before; else what the browser is set to. */
export async function readLanguage(request: FastifyRequest, reply: FastifyReply): Promise<Speech> {
  const { lang } = request.query as { lang?: unknown };
  const asked = languages.find((language) => language === lang);
  if (asked !== undefined)
    reply.header('set-cookie', `${cookieName}=${asked}; Path=/; Max-Age=${cookieSeconds}; SameSite=Lax`);
  return await loadSpeech(asked ?? languageOf(request));
}

/** The language that was chosen on an earlier page; else what the browser, or the program, is set to. */
export function languageOf({ headers }: Pick<FastifyRequest, 'headers'>): Language {
  const kept = new RegExp(`(?:^|; )${cookieName}=(\\w+)`).exec(headers.cookie ?? '')?.[1];
  return chooseLanguage([kept, ...readAcceptLanguage(headers['accept-language'])]);
}

/** All that it takes to write a page in a language. */
export async function loadSpeech(language: Language): Promise<Speech> {
  if (language === 'en') return englishSpeech;
  const [translation, page] = await Promise.all([loadTranslation(language), import('../texts/es/index.ts')]);
  return { ...translation, page };
}

/** A text of a page, filled in as plain text. */
export function say(
  { page, words }: Speech,
  name: keyof typeof english.texts,
  params: Record<string, string> = {},
): string {
  return fillIn(page.texts[name], params, words.language);
}

/** Any text of a page's own, filled in as plain text. */
export const fill = ({ words }: Speech, text: string, params: Params): string => fillIn(text, params, words.language);

/** Links to the page at a path in each language. */
export function languageLinks({ page, words }: Speech, path: string): Html {
  return html`<nav class="languages" aria-label="${page.texts.language}">${languages.map(
    (language) =>
      html`<a href="${path}${path.includes('?') ? '&' : '?'}lang=${language}" lang="${language}" hreflang="${language}"${language === words.language && html` aria-current="true"`}>${languageNames[language]}</a>`,
  )}</nav>`;
}
