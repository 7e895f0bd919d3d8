import type { ApiDeps } from './deps';
import { openApiRoute } from './openapi';
import { accountRoutes } from './resources/accounts';
import { approvalRoutes } from './resources/approvals';
import { approveTasksRoutes } from './resources/approve-tasks';
import { billDocumentRoutes } from './resources/bill-documents';
import { calendarRoutes } from './resources/calendar';
import { caseRoutes } from './resources/cases';
import { clockRoutes } from './resources/clock';
import { commentRoutes } from './resources/comments';
import { correctionRoutes } from './resources/corrections';
import { cosignerRoutes } from './resources/cosigners';
import { customerTypeRoutes } from './resources/customer-types';
import { customerRoutes } from './resources/customers';
import { draftRoutes } from './resources/drafts';
import { eventRoutes } from './resources/events';
import { fieldWorkRoutes } from './resources/field-work';
import { feedRoutes } from './resources/feeds';
import { healthRoutes } from './resources/health';
import { historyRoutes } from './resources/history';
import { homeRoutes } from './resources/home';
import { journalRoutes } from './resources/journal';
import { landlordRoutes } from './resources/landlords';
import { locationNoteRoutes } from './resources/location-notes';
import { masterContactRoutes } from './resources/master-contacts';
import { meterRoutes } from './resources/meters';
import { noShutOffRoutes } from './resources/no-shut-off';
import { moneyFileRoutes } from './resources/money-files';
import { officeRoutes } from './resources/office';
import { onboardingRoutes } from './resources/onboarding';
import { paymentRoutes } from './resources/payments';
import { placeRoutes } from './resources/places';
import { moveOutCheckRoutes } from './resources/move-out-check';
import { quoteRoutes } from './resources/quotes';
import { rateRoutes } from './resources/rates';
import { receiptRoutes } from './resources/receipts';
import { refundFileRoutes } from './resources/refund-files';
import { refundRoutes } from './resources/refunds';
import { searchRoutes } from './resources/search';
import { serviceOrderRoutes } from './resources/service-orders';
import { serviceRoutes } from './resources/services';
import { signInRoutes } from './resources/sign-in';
import { taskRoutes } from './resources/tasks';
import { timelineRoutes } from './resources/timeline';
import { unassignedUsageRoutes } from './resources/unassigned-usage';
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
    ...searchRoutes(deps),
    ...homeRoutes(deps),
    ...historyRoutes(deps),
    // Before GET /customers/{customerNumber}: next-number is no customer.
    ...customerRoutes(deps),
    ...customerTypeRoutes(deps),
    ...placeRoutes(deps),
    ...serviceRoutes(deps),
    // GET /rates/schema is before GET /rates/{rateCode}: schema is no rate.
    ...rateRoutes(deps),
    ...landlordRoutes(deps),
    ...locationNoteRoutes(deps),
    ...noShutOffRoutes(deps),
    ...unassignedUsageRoutes(deps),
    ...meterRoutes(deps),
    ...fieldWorkRoutes(deps),
    ...receiptRoutes(deps),
    ...paymentRoutes(deps),
    // Before GET /bills/{billNumber}: B1.pdf is no number.
    ...billDocumentRoutes(deps),
    ...accountRoutes(deps),
    ...journalRoutes(deps),
    ...correctionRoutes(deps),
    ...moveOutCheckRoutes(deps),
    ...quoteRoutes(deps),
    ...cosignerRoutes(deps),
    ...masterContactRoutes(deps),
    ...officeRoutes(deps),
    ...calendarRoutes(deps),
    ...userRoutes(deps),
    ...approvalRoutes(deps),
    ...eventRoutes(deps),
    ...feedRoutes(deps),
    ...refundFileRoutes(deps),
    ...refundRoutes(deps),
    ...moneyFileRoutes(deps),
    ...clockRoutes(deps),
    ...healthRoutes(deps),
  ];
  return [...routes, openApiRoute(routes)];
}
