import type { StudioPage } from '../../page.ts';

export const policyPages: StudioPage[] = [
  { path: '/policy', needs: 'read', area: 'policy', load: () => import('./PolicyPage.tsx') },
];
