import type { StudioPage } from '../../page.ts';

export const unitPages: StudioPage[] = [
  { path: '/units', needs: 'manage', area: 'units', load: () => import('./UnitsPage.tsx') },
];
