import type { Assessment } from '../../core/assess.ts';
import { english } from '../../core/catalogue/en/index.ts';
import type { Words } from '../../core/catalogue/words.ts';
import { translateAssessment } from '../../core/translate.ts';
import { translation } from '../texts/language.ts';

/** The core's sentences in the language of the page. */
export function words(): Words {
  return translation?.words ?? english;
}

/** An assessment with its sentences in the language of the page. */
export function translated(assessment: Assessment): Assessment {
  return translation === null ? assessment : translateAssessment(assessment, translation);
}
