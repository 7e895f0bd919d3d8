import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { searchOf } from '../kit/pages';
import { root } from '../root';

const settings = createRoute({
  getParentRoute: () => root,
  path: '/settings',
  validateSearch: searchOf('group'),
  component: lazyRouteComponent(() => import('./settings-page'), 'SettingsPage'),
});

/** The page of the settings. */
export const settingsRoutes = [settings] as const;
