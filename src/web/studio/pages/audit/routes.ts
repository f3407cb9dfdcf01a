import type { StudioPage } from '../../page.ts';

export const auditPages: StudioPage[] = [
  { path: '/audit', needs: 'manage', area: 'audit', load: () => import('./AuditPage.tsx') },
];
