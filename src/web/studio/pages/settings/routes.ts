import type { StudioPage } from '../../page.ts';

export const settingsPages: StudioPage[] = [
  { path: '/settings', needs: 'manage', area: 'settings', load: () => import('./SettingsPage.tsx') },
];
