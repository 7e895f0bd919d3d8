import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { root } from '../root';

const account = createRoute({
  getParentRoute: () => root,
  path: '/accounts/$accountNumber',
  component: lazyRouteComponent(() => import('./account-page'), 'AccountPage'),
});

const bill = createRoute({
  getParentRoute: () => root,
  path: '/bills/$billNumber',
  component: lazyRouteComponent(() => import('./bill-page'), 'BillPage'),
});

/** The pages of accounts and their bills. */
export const accountRoutes = [account, bill] as const;
