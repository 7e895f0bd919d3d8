import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { searchOf } from '../kit/pages';
import { root } from '../root';

const organization = createRoute({
  getParentRoute: () => root,
  path: '/organization',
  validateSearch: searchOf('tab'),
  component: lazyRouteComponent(() => import('./organization-page'), 'OrganizationPage'),
});

const rate = createRoute({
  getParentRoute: () => root,
  path: '/organization/rates/$rateCode',
  validateSearch: searchOf('version'),
  component: lazyRouteComponent(() => import('./rate-page'), 'RatePage'),
});

/** The pages of what the office itself is made of. */
export const organizationRoutes = [organization, rate] as const;
