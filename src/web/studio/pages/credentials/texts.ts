import { catalogue } from '../../../texts/catalogue.ts';
import { texts } from './en.ts';

/** The words of the pages about credentials. */
export const useTexts = catalogue(texts, { es: () => import('./es.ts') });
