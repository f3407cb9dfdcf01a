import { useSyncExternalStore } from 'react';
import { fillIn } from '../../core/catalogue/fill-in.ts';
import * as core from '../../core/catalogue/language.ts';
import type { Translation } from '../../core/translate.ts';
import * as english from './en.ts';

// The words of the page in the language at hand. They are bindings that change, so that every component reads them as
// it always did; whoever calls `useLanguage` is drawn again, with all that it holds, when they do.

export let { texts, limits, relations, sampleTitles, verdictWords } = english;

/** What the core's sentences are said in; null while that is English, which the parts that need it carry themselves. */
export let translation: Translation | null = null;

let language: core.Language = 'en';
/** What the page will speak as soon as its words are there. */
let coming: core.Language = language;
const listeners = new Set<() => void>();
const catalogues = new Set<(language: core.Language) => Promise<unknown>>();
// The server's pages read and write it too: a language that is chosen anywhere holds everywhere.
const cookieName = 'language';
const cookieSeconds = 31_536_000;

const current = () => language;

/** The language of the page; draws the caller again when it changes. */
export function useLanguage(): core.Language {
  return useSyncExternalStore(subscribe, current, current);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Further words, which are there before the page speaks another language. */
export function addCatalogue(prepare: (language: core.Language) => Promise<unknown>): void {
  catalogues.add(prepare);
}

/**
 * When the words of every part that is loaded are there, or will not come. A part awaits this before it is drawn: words that
 * come during a render suspend it, and React 19 at times goes on with the wrong hooks after that (its error 467).
 */
export async function wordsReady(): Promise<void> {
  await Promise.allSettled([...catalogues].map((prepare) => prepare(coming)));
}

/** Asked in the address, else chosen before, else what the server found out, else what the browser is set to. */
export function wantedLanguage(served?: string): core.Language {
  const asked = core.languages.find((one) => one === new URLSearchParams(location.search).get('lang'));
  if (asked !== undefined) keep(asked);
  return core.chooseLanguage([asked, kept(), served, ...navigator.languages]);
}

/** Speak another language from now on; what is on the page stays. */
export async function setLanguage(wanted: core.Language): Promise<void> {
  coming = wanted;
  await wordsReady();
  const [words, loaded] =
    wanted === 'es'
      ? await Promise.all([import('./es.ts'), import('../../core/translate.ts').then((it) => it.loadTranslation('es'))])
      : [english, null];
  // Somebody chose again while the words came.
  if (coming !== wanted) return;
  ({ texts, limits, relations, sampleTitles, verdictWords } = words);
  translation = loaded;
  language = wanted;
  document.documentElement.lang = wanted;
  document.documentElement.dir = core.directions[wanted];
  for (const listener of listeners) listener();
}

/** Keep a choice for the next page, and out of the address, where it would go before it. */
export function rememberLanguage(chosen: core.Language): void {
  const address = new URL(location.href);
  if (address.searchParams.has('lang')) {
    address.searchParams.delete('lang');
    history.replaceState(history.state, '', address);
  }
  keep(chosen);
}

function keep(language: core.Language): void {
  // biome-ignore lint/suspicious/noDocumentCookie: not every browser has a cookie store
  document.cookie = `${cookieName}=${language}; Path=/; Max-Age=${cookieSeconds}; SameSite=Lax`;
}

function kept(): string | undefined {
  return new RegExp(`(?:^|; )${cookieName}=(\\w+)`).exec(document.cookie)?.[1];
}

/** A text of the page filled in. */
export function fill(text: string, params: Record<string, string | number>): string {
  return fillIn(text, params, language);
}

/** A date as the language at hand writes it. */
export function formatDate(iso: string): string {
  return core.formatDate(iso, language);
}

/** A moment as the clocks of a zone show it, in the language at hand. */
export function formatMoment(iso: string, timeZone: string): string {
  return core.formatMoment(iso, timeZone, language);
}

/** A number as the language at hand writes it. */
export function formatNumber(number: number): string {
  return core.formatNumber(number, language);
}
