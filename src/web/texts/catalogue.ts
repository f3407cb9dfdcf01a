import type { Language } from '../../core/catalogue/language.ts';
import { addCatalogue, useLanguage } from './language.ts';

/**
 * The words of a part of the application, in the language at hand. English comes with the part; others are loaded before the
 * part is drawn (`wordsReady`), and English stands in for one that does not come.
 */
export function catalogue<Texts>(
  english: Texts,
  load: Record<Exclude<Language, 'en'>, () => Promise<{ texts: Texts }>>,
): () => Texts {
  const ready = new Map<Language, Texts>([['en', english]]);
  addCatalogue(async (language) => {
    if (language === 'en' || ready.has(language)) return;
    const { texts } = await load[language]();
    ready.set(language, texts);
  });
  return function useTexts() {
    return ready.get(useLanguage()) ?? english;
  };
}
