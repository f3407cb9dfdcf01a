import type { StudioPage } from '../../page.ts';

export const outboxPages: StudioPage[] = [
  { path: '/outbox', needs: 'read', area: 'outbox', load: () => import('./OutboxPage.tsx') },
];
