import { catalogue } from '../../../texts/catalogue.ts';
import { texts } from './en.ts';

/** The words of the pages that issue. */
export const useTexts = catalogue(texts, { es: () => import('./es.ts') });
