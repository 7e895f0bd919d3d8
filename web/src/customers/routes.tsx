import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { searchOf } from '../kit/pages';
import { root } from '../root';

const list = createRoute({
  getParentRoute: () => root,
  path: '/customers',
  validateSearch: searchOf('q'),
  component: lazyRouteComponent(() => import('./customers-page'), 'CustomersPage'),
});

const one = createRoute({
  getParentRoute: () => root,
  path: '/customers/$customerNumber',
  component: lazyRouteComponent(() => import('./customer-page'), 'CustomerPage'),
});

const modify = createRoute({
  getParentRoute: () => root,
  path: '/customers/$customerNumber/modify',
  validateSearch: searchOf('tab'),
  component: lazyRouteComponent(() => import('./modify-page'), 'ModifyPage'),
});

/** The pages of customers. */
export const customerRoutes = [list, one, modify] as const;
