import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router';
import { address } from './filters';
import { Root } from './Root';

const root = createRootRoute({ component: Root, validateSearch: address });
const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: ({ search }) => {
    throw redirect({ to: '/collections', search });
  },
});
const collections = createRoute({
  getParentRoute: () => root,
  path: '/collections',
  component: lazyRouteComponent(() => import('./pages/collections/CollectionsPage')),
});
const funnel = createRoute({
  getParentRoute: () => root,
  path: '/funnel',
  component: lazyRouteComponent(() => import('./pages/funnel/FunnelPage')),
});
const health = createRoute({
  getParentRoute: () => root,
  path: '/health',
  component: lazyRouteComponent(() => import('./pages/health/HealthPage')),
});
const customer = createRoute({
  getParentRoute: () => root,
  path: '/customer',
  component: lazyRouteComponent(() => import('./pages/customer/CustomerPage')),
});
const morning = createRoute({
  getParentRoute: () => root,
  path: '/morning',
  component: lazyRouteComponent(() => import('./pages/morning/MorningPage')),
});
const accounts = createRoute({
  getParentRoute: () => root,
  path: '/accounts',
  component: lazyRouteComponent(() => import('./pages/accounts/AccountsPage')),
});
const disputes = createRoute({
  getParentRoute: () => root,
  path: '/disputes',
  component: lazyRouteComponent(() => import('./pages/disputes/DisputesPage')),
});
const control = createRoute({
  getParentRoute: () => root,
  path: '/control',
  component: lazyRouteComponent(() => import('./pages/control/ControlPage')),
});

const merge = createRoute({
  getParentRoute: () => root,
  path: '/merge',
  component: lazyRouteComponent(() => import('./pages/merge/MergePage')),
});

/** Plain `?region=华东&month=2026-03`: values are text, and a person can read and write them. */
const parseSearch = (search: string) => Object.fromEntries(new URLSearchParams(search));

function stringifySearch(search: Record<string, unknown>): string {
  const set = Object.entries(search).flatMap(([name, value]) =>
    typeof value === 'string' || typeof value === 'number' ? [[name, String(value)]] : [],
  );
  return set.length > 0 ? `?${new URLSearchParams(set)}` : '';
}

export const router = createRouter({
  routeTree: root.addChildren([
    home,
    collections,
    customer,
    morning,
    accounts,
    disputes,
    control,
    merge,
    funnel,
    health,
  ]),
  defaultPreload: 'intent',
  scrollRestoration: true,
  parseSearch,
  stringifySearch,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
  interface HistoryState {
    /** how many steps back the drawer was opened */
    drawerDepth?: number;
  }
}
