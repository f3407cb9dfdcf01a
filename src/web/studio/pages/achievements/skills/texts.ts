import { catalogue } from '../../../../texts/catalogue.ts';
import { texts } from './en.ts';

/** The words of finding skills, and of the frameworks that they come from. */
export const useSkillTexts = catalogue(texts, { es: () => import('./es.ts') });
