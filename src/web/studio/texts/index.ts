import { catalogue } from '../../texts/catalogue.ts';
import { texts } from './en.ts';

/** The words that all pages of the studio share. */
export const useStudioTexts = catalogue(texts, { es: () => import('./es.ts') });
