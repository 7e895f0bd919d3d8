import type { ApiDeps } from './deps';
import { openApiRoute } from './openapi';
import { accountRoutes } from './resources/accounts';
import { approvalRoutes } from './resources/approvals';
import { approveTasksRoutes } from './resources/approve-tasks';
import { calendarRoutes } from './resources/calendar';
import { caseRoutes } from './resources/cases';
import { clockRoutes } from './resources/clock';
import { commentRoutes } from './resources/comments';
import { draftRoutes } from './resources/drafts';
import { feedRoutes } from './resources/feeds';
import { healthRoutes } from './resources/health';
import { officeRoutes } from './resources/office';
import { onboardingRoutes } from './resources/onboarding';
import { placeRoutes } from './resources/places';
import { refundFileRoutes } from './resources/refund-files';
import { serviceOrderRoutes } from './resources/service-orders';
import { signInRoutes } from './resources/sign-in';
import { taskRoutes } from './resources/tasks';
import { timelineRoutes } from './resources/timeline';
import { userRoutes } from './resources/users';
import type { Route } from './route';

/** Every route of the API. */
export function allRoutes(deps: ApiDeps): Route[] {
  const routes = [
    ...signInRoutes(deps),
    ...caseRoutes(deps),
    ...onboardingRoutes(deps),
    ...draftRoutes(deps),
    ...taskRoutes(deps),
    ...commentRoutes(deps),
    ...timelineRoutes(deps),
    ...approveTasksRoutes(deps),
    ...serviceOrderRoutes(deps),
    ...placeRoutes(deps),
    ...accountRoutes(deps),
    ...officeRoutes(deps),
    ...calendarRoutes(deps),
    ...userRoutes(deps),
    ...approvalRoutes(deps),
    ...feedRoutes(deps),
    ...refundFileRoutes(deps),
    ...clockRoutes(deps),
    ...healthRoutes(deps),
  ];
  return [...routes, openApiRoute(routes)];
}
