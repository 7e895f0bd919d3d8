import { createRouter } from '@tanstack/react-router';
import { accountRoutes } from './accounts/routes';
import { caseRoutes } from './cases/routes';
import { customerRoutes } from './customers/routes';
import { auditRoutes } from './audit/routes';
import { Failed, NotThere } from './kit/failed';
import { Loading } from './kit/loading';
import { homeRoutes } from './home/routes';
import { landlordRoutes } from './landlords/routes';
import { locationRoutes } from './locations/routes';
import { masterContactRoutes } from './master-contacts/routes';
import { meterRoutes } from './meters/routes';
import { moveOutRoutes } from './move-out/routes';
import { orderRoutes } from './orders/routes';
import { organizationRoutes } from './organization/routes';
import { root } from './root';
import { setUpRoutes } from './set-up/routes';
import { settingsRoutes } from './settings/routes';
import { taskRoutes } from './tasks/routes';

/** Every page of the console and its address. Each area has its own list. */
export const router = createRouter({
  routeTree: root.addChildren([
    ...homeRoutes,
    ...taskRoutes,
    ...caseRoutes,
    ...moveOutRoutes,
    ...accountRoutes,
    ...setUpRoutes,
    ...orderRoutes,
    ...customerRoutes,
    ...locationRoutes,
    ...landlordRoutes,
    ...meterRoutes,
    ...masterContactRoutes,
    ...organizationRoutes,
    ...settingsRoutes,
    ...auditRoutes,
  ]),
  defaultPendingComponent: Loading,
  defaultErrorComponent: Failed,
  defaultNotFoundComponent: NotThere,
  defaultPreload: 'intent',
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
