import { fillIn } from '../core/catalogue/fill-in.ts';
import { chooseLanguage, type Language } from '../core/catalogue/language.ts';
import type { PackTranslation } from '../core/framework/translation.ts';
import { englishTranslation, loadTranslation, type Translation } from '../core/translate.ts';
import type { Io } from './io.ts';
import * as english from './texts/en.ts';

/** The language of what is printed for people. JSON, SARIF and files have none. */
export interface Speech extends Translation {
  /** Of the bundled packs, and of those of the user's own that are loaded. */
  packs: PackTranslation[];
  texts: typeof english;
}

export const englishSpeech: Speech = { ...englishTranslation, packs: [], texts: english };

/** As asked, else as the locale of the terminal says (POSIX: the first of the three that is set), else English. */
export function languageOf(asked: string | undefined, env: Io['env']): Language {
  return chooseLanguage([asked ?? (env.LC_ALL || env.LC_MESSAGES || env.LANG)]);
}

export async function loadSpeech(language: Language): Promise<Speech> {
  if (language === 'en') return englishSpeech;
  const [translation, texts] = await Promise.all([loadTranslation(language), import('./texts/es.ts')]);
  return { words: translation.words, packs: [...translation.packs], texts };
}

/** One of the terminal's own texts, filled in. */
export function sayIn(
  { words, texts: { texts } }: Speech,
  name: keyof typeof english.texts,
  params: Record<string, string | number> = {},
): string {
  return fillIn(texts[name], params, words.language);
}
