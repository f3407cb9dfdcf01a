import type { StudioPage } from './page.ts';
import { homePages } from './pages/home/routes.ts';

/** Every page of the studio. One line for each area: an area that is not here does not exist. */
export const pages: readonly StudioPage[] = [...homePages];
