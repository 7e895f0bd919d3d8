import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { searchOf } from '../kit/pages';
import { root } from '../root';

const list = createRoute({
  getParentRoute: () => root,
  path: '/meters',
  validateSearch: searchOf('q', 'status'),
  component: lazyRouteComponent(() => import('./meters-page'), 'MetersPage'),
});

const one = createRoute({
  getParentRoute: () => root,
  path: '/meters/$meterId',
  component: lazyRouteComponent(() => import('./meter-page'), 'MeterPage'),
});

/** The pages of meters. */
export const meterRoutes = [list, one] as const;
