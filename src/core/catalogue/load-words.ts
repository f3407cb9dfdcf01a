import { english } from './en/index.ts';
import type { Language } from './language.ts';
import type { Words } from './words.ts';

/** The sentences of a language; all but English are loaded when they are asked for. */
export async function loadWords(language: Language): Promise<Words> {
  return language === 'es' ? (await import('./es/index.ts')).spanish : english;
}
