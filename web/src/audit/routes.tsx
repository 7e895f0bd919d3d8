import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { searchOf } from '../kit/pages';
import { root } from '../root';

const audit = createRoute({
  getParentRoute: () => root,
  path: '/audit',
  validateSearch: searchOf('tab', 'entity', 'entityId', 'caseId', 'from', 'to'),
  component: lazyRouteComponent(() => import('./audit-page'), 'AuditPage'),
});

/** The page of the audit log. */
export const auditRoutes = [audit] as const;
