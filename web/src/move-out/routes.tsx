import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { root } from '../root';

const ask = createRoute({
  getParentRoute: () => root,
  path: '/move-out',
  validateSearch: (search: Record<string, unknown>): { account?: string } =>
    typeof search.account === 'string' ? { account: search.account } : {},
  component: lazyRouteComponent(() => import('./move-out-page'), 'MoveOutPage'),
});

const opened = createRoute({
  getParentRoute: () => root,
  path: '/move-out/$caseId',
  component: lazyRouteComponent(() => import('./opened-page'), 'OpenedPage'),
});

/** The pages of moving a customer out. */
export const moveOutRoutes = [ask, opened] as const;
