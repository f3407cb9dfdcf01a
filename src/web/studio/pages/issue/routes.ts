import type { StudioPage } from '../../page.ts';

export const issuePages: StudioPage[] = [
  { path: '/issue', needs: 'issue', area: 'issue', load: () => import('./IssuePage.tsx') },
  { path: '/issue/list', needs: 'issue', load: () => import('./ListPage.tsx') },
  { path: '/issue/grid', needs: 'issue', load: () => import('./GridPage.tsx') },
  { path: '/issue/$roster', needs: 'read', load: () => import('./RosterPage.tsx') },
  { path: '/issue/$roster/correct', needs: 'issue', load: () => import('./CorrectListPage.tsx') },
];
