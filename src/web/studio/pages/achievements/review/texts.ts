import { catalogue } from '../../../../texts/catalogue.ts';
import { texts } from './en.ts';

/** The words of reviewing, and of what changed between versions. */
export const useReviewTexts = catalogue(texts, { es: () => import('./es.ts') });
