import { english } from '../../core/catalogue/en/index.ts';
import type { Words } from '../../core/catalogue/words.ts';
import { translation } from '../texts/language.ts';

/** The core's sentences in the language of the page. */
export function words(): Words {
  return translation?.words ?? english;
}
