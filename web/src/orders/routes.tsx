import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { searchOf } from '../kit/pages';
import { root } from '../root';

const list = createRoute({
  getParentRoute: () => root,
  path: '/orders',
  validateSearch: searchOf('show', 'assignee', 'due'),
  component: lazyRouteComponent(() => import('./orders-page'), 'OrdersPage'),
});

const one = createRoute({
  getParentRoute: () => root,
  path: '/orders/$orderNumber',
  component: lazyRouteComponent(() => import('./order-page'), 'OrderPage'),
});

/** The pages of service orders. */
export const orderRoutes = [list, one] as const;
