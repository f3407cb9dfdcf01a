import type { StudioPage } from '../../page.ts';

export const peoplePages: StudioPage[] = [
  { path: '/people', needs: 'manage', area: 'people', load: () => import('./PeoplePage.tsx') },
];
