import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { root } from '../root';

/** Which tasks are listed, and which one is open beside the list; in the address, so that it can be kept and sent. */
export interface TaskSearch {
  view: 'mine' | 'group' | 'overdue' | 'escalated';
  task?: string;
}

const VIEWS: readonly string[] = ['mine', 'group', 'overdue', 'escalated'];

const tasks = createRoute({
  getParentRoute: () => root,
  path: '/tasks',
  validateSearch: (search: Record<string, unknown>): TaskSearch => ({
    view: VIEWS.includes(String(search.view)) ? (search.view as TaskSearch['view']) : 'group',
    ...(typeof search.task === 'string' && { task: search.task }),
  }),
  component: lazyRouteComponent(() => import('./tasks-page'), 'TasksPage'),
});

/** The pages of human tasks. */
export const taskRoutes = [tasks] as const;
