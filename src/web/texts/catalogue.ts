import { use } from 'react';
import type { Language } from '../../core/catalogue/language.ts';
import { addCatalogue, useLanguage } from './language.ts';

/**
 * The words of a part of the application, in the language at hand. English comes with the part; others are loaded when
 * they are wanted, and English stands in for one that does not come.
 */
export function catalogue<Texts>(
  english: Texts,
  load: Record<Exclude<Language, 'en'>, () => Promise<{ texts: Texts }>>,
): () => Texts {
  const known = new Map<Language, Promise<Texts>>([['en', Promise.resolve(english)]]);
  const ready = new Map<Language, Texts>([['en', english]]);
  const prepare = (language: Language): Promise<Texts> => {
    const waiting = known.get(language);
    if (waiting !== undefined || language === 'en') return waiting ?? Promise.resolve(english);
    const coming = load[language]().then(
      ({ texts }) => texts,
      () => english,
    );
    known.set(language, coming);
    void coming.then((texts) => ready.set(language, texts));
    return coming;
  };
  addCatalogue(prepare);
  return function useTexts() {
    const language = useLanguage();
    return ready.get(language) ?? use(prepare(language));
  };
}
