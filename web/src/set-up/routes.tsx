import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { root } from '../root';
import { TABS, type Tab } from './tabs';

const tabOf = (given: unknown): Tab => TABS.find(({ value }) => value === given)?.value ?? 'customer';

/** Setting up a new customer: where it begins, the form, and what comes after the save. */
export const setUpRoutes = [
  createRoute({
    getParentRoute: () => root,
    path: '/set-up',
    component: lazyRouteComponent(() => import('./set-up-page'), 'SetUpPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/set-up/$draftId',
    validateSearch: (search: Record<string, unknown>): { tab?: Tab } =>
      search.tab === undefined ? {} : { tab: tabOf(search.tab) },
    component: lazyRouteComponent(() => import('./form-page'), 'FormPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/set-up/$draftId/saved',
    component: lazyRouteComponent(() => import('./saved-page'), 'SavedPage'),
  }),
];
