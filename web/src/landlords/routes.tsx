import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { searchOf } from '../kit/pages';
import { root } from '../root';

const list = createRoute({
  getParentRoute: () => root,
  path: '/landlords',
  validateSearch: searchOf('q'),
  component: lazyRouteComponent(() => import('./landlords-page'), 'LandlordsPage'),
});

const one = createRoute({
  getParentRoute: () => root,
  path: '/landlords/$customerNumber',
  component: lazyRouteComponent(() => import('./landlord-page'), 'LandlordPage'),
});

/** The pages of landlords. */
export const landlordRoutes = [list, one] as const;
