import type { Role } from '../domain/roles';

/** Who may use a route: anybody, whoever is signed in, or the holders of these roles. */
export type Access = 'PUBLIC' | 'SIGNED_IN' | readonly Role[];

const OFFICE = ['clerk', 'supervisor'] as const;
const CASE_WATCHERS = ['clerk', 'supervisor', 'operator'] as const;

/** Every route and who may use it. What is not listed here does not exist (reliability.md section 5). */
export const ACCESS = {
  'POST /tokens': 'PUBLIC',
  'DELETE /tokens/current': 'SIGNED_IN',
  'POST /session': 'PUBLIC',
  'DELETE /session': 'SIGNED_IN',
  'GET /me': 'SIGNED_IN',
  // Ids of what the listener may look at: api/events/change-of.ts.
  'GET /events': 'SIGNED_IN',
  'GET /home': OFFICE,
  'GET /search': OFFICE,
  'GET /clock': 'SIGNED_IN',
  'POST /clock/advance': ['admin'],

  'GET /cases': CASE_WATCHERS,
  'GET /cases/{caseId}': CASE_WATCHERS,
  'GET /cases/{caseId}/final-bill': OFFICE,
  'GET /cases/{caseId}/final-bill.pdf': OFFICE,
  'GET /cases/{caseId}/final-bill.html': OFFICE,
  'POST /cases/onboarding': OFFICE,
  'POST /cases/move-out': OFFICE,
  'POST /cases/vacancy': OFFICE,
  'POST /cases/{caseId}/cancel': OFFICE,
  'POST /cases/{caseId}/reschedule': OFFICE,
  'POST /cases/{caseId}/landlord-declines': OFFICE,
  // Which of them may take which action: domain/incident-actions.ts.
  'POST /cases/{caseId}/incident': CASE_WATCHERS,
  'GET /cases/{caseId}/timeline': CASE_WATCHERS,
  'GET /cases/{caseId}/comments': OFFICE,
  'POST /cases/{caseId}/comments': OFFICE,
  'GET /cases/{caseId}/attachments': OFFICE,
  'POST /cases/{caseId}/attachments': OFFICE,

  'GET /drafts': OFFICE,
  'POST /drafts': OFFICE,
  'GET /drafts/{draftId}': OFFICE,
  'PUT /drafts/{draftId}': OFFICE,
  'DELETE /drafts/{draftId}': OFFICE,

  'GET /tasks': OFFICE,
  'GET /tasks/{taskId}': OFFICE,
  'POST /tasks/{taskId}/claim': OFFICE,
  'POST /tasks/{taskId}/release': OFFICE,
  'POST /tasks/{taskId}/assign': ['supervisor'],
  'POST /tasks/{taskId}/delegate': OFFICE,
  'POST /tasks/{taskId}/give-back': OFFICE,
  'POST /tasks/{taskId}/priority': ['supervisor'],
  'POST /tasks/{taskId}/complete': OFFICE,
  'GET /tasks/{taskId}/comments': OFFICE,
  'POST /tasks/{taskId}/comments': OFFICE,
  'GET /tasks/{taskId}/attachments': OFFICE,
  'POST /tasks/{taskId}/attachments': OFFICE,
  'POST /tasks/approve': OFFICE,

  'GET /service-orders': ['field', 'clerk', 'supervisor'],
  'GET /service-orders/{orderNumber}': ['field', 'clerk', 'supervisor'],
  'POST /service-orders': OFFICE,
  'PATCH /service-orders/{orderNumber}': OFFICE,
  'GET /service-orders/{orderNumber}/print': ['field', 'clerk', 'supervisor'],
  'POST /service-orders/{orderNumber}/cancel': OFFICE,
  'POST /service-orders/{orderNumber}/complete': ['field'],
  // The field reads meters; a clerk hands in what a customer who moves out has read.
  'POST /service-orders/{orderNumber}/customer-read': ['clerk'],
  'POST /service-orders/{orderNumber}/unable': ['field'],

  'GET /customers': OFFICE,
  'GET /customers/next-number': ['clerk', 'supervisor', 'admin'],
  'PUT /customers/next-number': ['admin'],
  'GET /customers/{customerNumber}': OFFICE,
  'PATCH /customers/{customerNumber}': ['clerk'],
  'GET /customers/{customerNumber}/copy': OFFICE,
  'POST /customers': OFFICE,
  'PUT /customers/{customerNumber}/master-contact': OFFICE,
  'GET /customers/{customerNumber}/old-debts': OFFICE,
  'GET /master-contacts': OFFICE,
  'POST /master-contacts': OFFICE,
  'GET /master-contacts/duplicates': OFFICE,
  'GET /master-contacts/{masterContactId}': OFFICE,
  'PATCH /master-contacts/{masterContactId}': OFFICE,
  'POST /master-contacts/{masterContactId}/merge': OFFICE,
  'POST /master-contacts/merges/{mergeId}/undo': OFFICE,
  'GET /customer-types': ['clerk', 'supervisor', 'admin'],
  'GET /customer-types/{code}': ['clerk', 'supervisor', 'admin'],
  'POST /customer-types': ['clerk', 'supervisor', 'admin'],
  'PATCH /customer-types/{code}': ['clerk', 'supervisor', 'admin'],
  'GET /rate-classes': ['clerk', 'supervisor', 'admin'],
  'POST /rate-classes': ['admin'],
  'GET /bill-cycles': ['clerk', 'supervisor', 'admin'],
  'POST /bill-cycles': ['admin'],
  'POST /names/split': OFFICE,
  'GET /services': ['clerk', 'supervisor', 'admin'],
  'GET /services/{serviceCode}': ['clerk', 'supervisor', 'admin'],
  'PATCH /services/{serviceCode}': ['admin'],
  'GET /rate-classes/{classCode}/services': ['clerk', 'supervisor', 'admin'],
  'PUT /rate-classes/{classCode}/services': ['admin'],
  'GET /rates': ['clerk', 'supervisor', 'admin'],
  'GET /rates/schema': ['clerk', 'supervisor', 'admin'],
  'GET /rates/{rateCode}': ['clerk', 'supervisor', 'admin'],
  // Who drafted a version does not publish it: db/records/rate-versions.ts.
  'POST /rates/{rateCode}/versions': ['supervisor', 'admin'],
  'GET /rates/{rateCode}/versions/{effectiveFrom}': ['clerk', 'supervisor', 'admin'],
  'PUT /rates/{rateCode}/versions/{effectiveFrom}': ['supervisor', 'admin'],
  'DELETE /rates/{rateCode}/versions/{effectiveFrom}': ['supervisor', 'admin'],
  'POST /rates/{rateCode}/versions/{effectiveFrom}/publish': ['supervisor', 'admin'],
  'GET /locations': OFFICE,
  'POST /locations': OFFICE,
  'GET /locations/{locationNumber}': OFFICE,
  'PATCH /locations/{locationNumber}': OFFICE,
  'GET /locations/{locationNumber}/history': OFFICE,
  'GET /locations/{locationNumber}/landlord-agreement': OFFICE,
  'PUT /locations/{locationNumber}/landlord-agreement': ['clerk'],
  'POST /locations/{locationNumber}/landlord-agreement/end': ['clerk'],
  'POST /locations/{locationNumber}/sale': ['clerk'],
  'GET /unassigned-usage': ['supervisor'],
  'GET /locations/{locationNumber}/no-shut-off': OFFICE,
  'POST /locations/{locationNumber}/no-shut-off': OFFICE,
  'POST /locations/{locationNumber}/no-shut-off/{noShutOffId}/end': OFFICE,
  'GET /locations/{locationNumber}/notes': OFFICE,
  'POST /locations/{locationNumber}/notes': OFFICE,
  'POST /locations/{locationNumber}/notes/{noteId}/end': OFFICE,
  'GET /landlords': OFFICE,
  'GET /landlords/{customerNumber}': OFFICE,
  'POST /landlords/{customerNumber}/agreements': ['clerk'],
  'PATCH /landlords/{customerNumber}/agreements': ['clerk'],
  'GET /meters': OFFICE,
  'POST /meters': OFFICE,
  'GET /meters/{meterId}': OFFICE,
  'PATCH /meters/{meterId}': OFFICE,
  'DELETE /meters/{meterId}': OFFICE,
  'POST /meters/{meterId}/exchange': OFFICE,
  'GET /field-work/{workId}': OFFICE,
  'GET /accounts/{accountNumber}': OFFICE,
  // Other terms than the usual ones are a supervisor's to give: activities/account-services.ts.
  'POST /accounts/{accountNumber}/services': OFFICE,
  'POST /accounts/{accountNumber}/move-out-check': OFFICE,
  'POST /accounts/{accountNumber}/quote': OFFICE,
  'GET /accounts/{accountNumber}/cosigner': OFFICE,
  'PUT /accounts/{accountNumber}/cosigner': OFFICE,
  'DELETE /accounts/{accountNumber}/cosigner': OFFICE,
  'GET /accounts/{accountNumber}/usage': OFFICE,
  'GET /accounts/{accountNumber}/ledger': OFFICE,
  'GET /accounts/{accountNumber}/balance': OFFICE,
  'GET /accounts/{accountNumber}/statement': OFFICE,
  'POST /accounts/{accountNumber}/payments': ['clerk'],
  'POST /accounts/{accountNumber}/transfers': ['clerk'],
  'POST /accounts/{accountNumber}/refund-request': ['clerk'],
  // A supervisor approves it.
  'POST /accounts/{accountNumber}/write-off': ['clerk'],
  'GET /bills/{billNumber}.pdf': OFFICE,
  'GET /bills/{billNumber}.html': OFFICE,
  'GET /bills/{billNumber}': OFFICE,
  'GET /journal/trial-balance': ['supervisor', 'admin'],
  'GET /journal/general-ledger': ['supervisor', 'admin'],
  'POST /bills/{billNumber}/cancel': OFFICE,
  'POST /payments/batch': ['clerk'],
  // What a clerk took, a supervisor takes back.
  'POST /payments/{receiptNumber}/reverse': ['supervisor'],
  'GET /payments/{receiptNumber}/receipt': OFFICE,
  'GET /payments/{receiptNumber}/receipt.html': OFFICE,

  // Programs that the administrator sets up send and fetch these past the desk: no clerk's or supervisor's act.
  'POST /feeds/bills': ['admin'],
  'POST /feeds/reads': ['admin'],
  'POST /feeds/payments': ['admin'],
  'GET /feeds/chunks/{chunkId}': ['admin'],
  'GET /feeds/changes': ['admin'],
  'GET /feeds/general-ledger': ['admin'],
  // A supervisor approves a refund, so a clerk sends it on.
  'POST /refund-files': ['clerk'],
  'GET /refund-files': OFFICE,
  'GET /refund-files/{fileNumber}': OFFICE,
  'GET /refunds': OFFICE,
  'POST /refunds/{refundNumber}/paid-out': ['clerk'],
  'POST /refunds/{refundNumber}/returned': ['clerk'],
  'POST /collections-files': ['clerk'],
  'GET /collections-files': OFFICE,
  'GET /collections-files/{fileNumber}': OFFICE,
  'POST /unclaimed-files': ['clerk'],
  'GET /unclaimed-files': OFFICE,
  'GET /unclaimed-files/{fileNumber}': OFFICE,

  'GET /audit': ['admin'],
  // A supervisor approves, so the report on approvals is for somebody else.
  'GET /audit/approvals': ['admin'],
  'GET /settings': ['admin'],
  'PATCH /settings': ['admin'],
  'GET /holidays': ['clerk', 'supervisor', 'admin'],
  'POST /holidays': ['admin'],
  'DELETE /holidays/{date}': ['admin'],
  'GET /deputies': ['clerk', 'supervisor', 'admin'],
  'POST /deputies': ['clerk', 'supervisor', 'admin'],
  'DELETE /deputies/{absenceId}': ['clerk', 'supervisor', 'admin'],
  // Whom work can be given to: names and roles, where the users themselves are the administrator's.
  'GET /people': ['clerk', 'supervisor', 'admin'],
  'GET /users': ['admin'],
  'POST /users': ['admin'],
  'GET /users/{username}': ['admin'],
  'PATCH /users/{username}': ['admin'],

  'GET /openapi.json': 'PUBLIC',
  'GET /healthz': 'PUBLIC',
  'GET /readyz': 'PUBLIC',
} as const satisfies Record<string, Access>;

/** A route's name: its method and its path as in the OpenAPI document. */
export type RouteName = keyof typeof ACCESS;

/** Who may use a route; nobody is let through by a missing entry. */
export function accessOf(name: RouteName): Access {
  const access: Access | undefined = Object.hasOwn(ACCESS, name) ? ACCESS[name] : undefined;
  if (!access) throw new Error(`Route ${name} has no entry in api/access.ts`);
  return access;
}

/** Fails unless routes and table name each other one to one. */
export function assertComplete(names: readonly RouteName[]): void {
  names.forEach(accessOf);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice) throw new Error(`Route ${twice} is defined twice`);
  const missing = Object.keys(ACCESS).find((name) => !(names as readonly string[]).includes(name));
  if (missing) throw new Error(`api/access.ts names the route ${missing}, which does not exist`);
}

/** Whether someone with these roles may use a route; `null` is nobody. */
export function mayUse(access: Access, roles: readonly Role[] | null): boolean {
  if (access === 'PUBLIC') return true;
  if (roles === null) return false;
  return access === 'SIGNED_IN' || access.some((role) => roles.includes(role));
}
