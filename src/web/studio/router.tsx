import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  type RouteComponent,
} from '@tanstack/react-router';
import { wordsReady } from '../texts/language.ts';
import { Choose } from './frame/Choose.tsx';
import { NoPage, PageFailed } from './frame/Faults.tsx';
import { IssuerFrame } from './frame/IssuerFrame.tsx';
import { LoadingPage } from './frame/LoadingPage.tsx';
import { NeedsScope } from './frame/NeedsScope.tsx';
import { StudioFrame } from './frame/StudioFrame.tsx';
import type { StudioPage } from './page.ts';
import { pages } from './pages.ts';

const rootRoute = createRootRoute({ component: StudioFrame, notFoundComponent: NoPage });
const chooseRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  component: Choose,
  validateSearch: ({ choose }): { choose?: true } => (choose === undefined ? {} : { choose: true }),
});
const issuerRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/$issuer',
  component: IssuerFrame,
  notFoundComponent: NoPage,
});

function routeOf({ path, needs, load }: StudioPage) {
  const Page = lazyRouteComponent(async () => {
    const page = await load();
    await wordsReady();
    return page;
  }, 'Page');
  const Guarded: RouteComponent = () => (
    <NeedsScope scope={needs}>
      <Page />
    </NeedsScope>
  );
  Guarded.preload = Page.preload;
  // Each address has a page of its own: what was typed about one thing never stands beside another.
  return createRoute({
    getParentRoute: () => issuerRoute,
    path,
    component: Guarded,
    remountDeps: ({ params }) => params,
  });
}

/** The addresses of the studio. */
export const router = createRouter({
  routeTree: rootRoute.addChildren([chooseRoute, issuerRoute.addChildren(pages.map(routeOf))]),
  basepath: '/studio',
  defaultPreload: 'intent',
  defaultErrorComponent: PageFailed,
  defaultPendingComponent: LoadingPage,
  defaultPendingMs: 0,
  defaultPendingMinMs: 0,
  scrollRestoration: true,
});
