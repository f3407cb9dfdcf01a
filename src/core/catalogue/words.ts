import type { english } from './en/index.ts';
import type { Language } from './language.ts';

/** The shape of the English words with any text in the place of each text: what lacks one does not compile. */
type Translated<T> = T extends string ? string : { readonly [Key in keyof T]: Translated<T[Key]> };

/** All sentences of the core in one language. */
export interface Words extends Translated<Omit<typeof english, 'language'>> {
  readonly language: Language;
}
