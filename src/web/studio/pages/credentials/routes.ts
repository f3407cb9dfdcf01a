import type { StudioPage } from '../../page.ts';

export const credentialPages: StudioPage[] = [
  { path: '/credentials', needs: 'read', area: 'credentials', load: () => import('./CredentialsPage.tsx') },
  { path: '/credentials/changes', needs: 'read', load: () => import('./ChangesPage.tsx') },
  { path: '/credentials/changes/$change', needs: 'read', load: () => import('./ChangePage.tsx') },
  { path: '/credentials/$credential', needs: 'read', load: () => import('./RecordPage.tsx') },
  { path: '/credentials/$credential/correct', needs: 'issue', load: () => import('./CorrectPage.tsx') },
];
