import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { searchOf } from '../kit/pages';
import { root } from '../root';

const list = createRoute({
  getParentRoute: () => root,
  path: '/master-contacts',
  validateSearch: searchOf('q', 'tab'),
  component: lazyRouteComponent(() => import('./master-contacts-page'), 'MasterContactsPage'),
});

const one = createRoute({
  getParentRoute: () => root,
  path: '/master-contacts/$masterContactId',
  component: lazyRouteComponent(() => import('./master-contact-page'), 'MasterContactPage'),
});

/** The pages of master contacts. */
export const masterContactRoutes = [list, one] as const;
