import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { root } from '../root';

/** The first page. */
export const homeRoutes = [
  createRoute({
    getParentRoute: () => root,
    path: '/',
    component: lazyRouteComponent(() => import('./home-page'), 'HomePage'),
  }),
];
