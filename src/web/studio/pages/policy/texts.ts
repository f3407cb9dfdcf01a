import { catalogue } from '../../../texts/catalogue.ts';
import { texts } from './en.ts';

export const useTexts = catalogue(texts, { es: () => import('./es.ts') });
