import { catalogue } from '../../../../texts/catalogue.ts';
import { texts } from './en.ts';

/** The words of the badge designer. */
export const useDesignerTexts = catalogue(texts, { es: () => import('./es.ts') });
