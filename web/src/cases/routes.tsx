import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import type { operations } from '../../generated/api';
import { searchOf } from '../kit/pages';
import { root } from '../root';

type Query = NonNullable<operations['GETCases']['parameters']['query']>;

/** Which cases are listed; in the address, so that a saved list is a link. */
export type CaseSearch = Pick<Query, 'type' | 'status' | 'waitingOn' | 'overdue' | 'q'>;

const filters = searchOf('type', 'status', 'waitingOn', 'overdue', 'q');

const list = createRoute({
  getParentRoute: () => root,
  path: '/cases',
  validateSearch: (search: Record<string, unknown>) => filters(search) as CaseSearch,
  component: lazyRouteComponent(() => import('./cases-page'), 'CasesPage'),
});

const one = createRoute({
  getParentRoute: () => root,
  path: '/cases/$caseId',
  component: lazyRouteComponent(() => import('./case-page'), 'CasePage'),
});

/** The pages of cases. */
export const caseRoutes = [list, one] as const;
