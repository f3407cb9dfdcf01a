import type { StudioPage } from '../../page.ts';

export const achievementPages: StudioPage[] = [
  { path: '/achievements', needs: 'read', area: 'achievements', load: () => import('./ListPage.tsx') },
  { path: '/achievements/new', needs: 'author', load: () => import('./NewPage.tsx') },
  { path: '/achievements/$id', needs: 'read', load: () => import('./AuthorPage.tsx') },
];
