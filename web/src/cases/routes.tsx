import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import type { operations } from '../../generated/api';
import { root } from '../root';

type Query = NonNullable<operations['GETCases']['parameters']['query']>;

/** Which cases are listed; in the address, so that a saved list is a link. */
export type CaseSearch = Pick<Query, 'type' | 'status' | 'waitingOn' | 'overdue' | 'q'>;

const NAMES = ['type', 'status', 'waitingOn', 'overdue', 'q'] as const;

const list = createRoute({
  getParentRoute: () => root,
  path: '/cases',
  validateSearch: (search: Record<string, unknown>): CaseSearch =>
    Object.fromEntries(NAMES.filter((name) => search[name]).map((name) => [name, String(search[name])])),
  component: lazyRouteComponent(() => import('./cases-page'), 'CasesPage'),
});

const one = createRoute({
  getParentRoute: () => root,
  path: '/cases/$caseId',
  component: lazyRouteComponent(() => import('./case-page'), 'CasePage'),
});

/** The pages of cases. */
export const caseRoutes = [list, one] as const;
