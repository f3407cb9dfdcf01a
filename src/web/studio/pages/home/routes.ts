import type { StudioPage } from '../../page.ts';

export const homePages: StudioPage[] = [
  { path: '/', needs: 'read', area: 'home', load: () => import('./HomePage.tsx') },
];
