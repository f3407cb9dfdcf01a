import type { StudioPage } from '../../page.ts';

export const achievementPages: StudioPage[] = [
  { path: '/achievements', needs: 'read', area: 'achievements', load: () => import('./ListPage.tsx') },
  { path: '/achievements/new', needs: 'author', load: () => import('./NewPage.tsx') },
  { path: '/achievements/frameworks', needs: 'read', load: () => import('./skills/FrameworksPage.tsx') },
  { path: '/achievements/$id', needs: 'read', load: () => import('./AuthorPage.tsx') },
  { path: '/achievements/$id/preview', needs: 'read', load: () => import('./review/PreviewPage.tsx') },
  { path: '/achievements/$id/image', needs: 'author', load: () => import('./designer/DesignerPage.tsx') },
  { path: '/achievements/$id/versions/$from/$to', needs: 'read', load: () => import('./review/ComparePage.tsx') },
  { path: '/review', needs: 'approve', area: 'review', load: () => import('./review/QueuePage.tsx') },
  { path: '/review/$id', needs: 'approve', load: () => import('./review/ReviewPage.tsx') },
];
