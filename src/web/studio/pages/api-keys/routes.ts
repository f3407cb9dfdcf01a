import type { StudioPage } from '../../page.ts';

export const apiKeyPages: StudioPage[] = [
  { path: '/api-keys', needs: 'manage', area: 'apiKeys', load: () => import('./ApiKeysPage.tsx') },
];
