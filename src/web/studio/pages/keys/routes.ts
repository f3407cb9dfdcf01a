import type { StudioPage } from '../../page.ts';

export const keyPages: StudioPage[] = [
  { path: '/keys', needs: 'read', area: 'keys', load: () => import('./KeysPage.tsx') },
  { path: '/keys/$id', needs: 'manage', load: () => import('./EndKeyPage.tsx') },
];
