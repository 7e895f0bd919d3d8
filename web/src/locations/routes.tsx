import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { searchOf } from '../kit/pages';
import { root } from '../root';

const list = createRoute({
  getParentRoute: () => root,
  path: '/locations',
  validateSearch: searchOf('q'),
  component: lazyRouteComponent(() => import('./locations-page'), 'LocationsPage'),
});

const fresh = createRoute({
  getParentRoute: () => root,
  path: '/locations/new',
  component: lazyRouteComponent(() => import('./new-location-page'), 'NewLocationPage'),
});

const one = createRoute({
  getParentRoute: () => root,
  path: '/locations/$locationNumber',
  component: lazyRouteComponent(() => import('./location-page'), 'LocationPage'),
});

/** The pages of locations. */
export const locationRoutes = [list, fresh, one] as const;
