import type { Role } from '../domain/roles';

/** Who may use a route: anybody, whoever is signed in, or the holders of these roles. */
export type Access = 'PUBLIC' | 'SIGNED_IN' | readonly Role[];

const OFFICE = ['clerk', 'supervisor'] as const;
const CASE_WATCHERS = ['clerk', 'supervisor', 'operator'] as const;

/** Every route and who may use it. What is not listed here does not exist (reliability.md section 5). */
export const ACCESS = {
  'POST /tokens': 'PUBLIC',
  'DELETE /tokens/current': 'SIGNED_IN',
  'GET /me': 'SIGNED_IN',
  'GET /clock': 'SIGNED_IN',
  'POST /clock/advance': ['admin'],

  'GET /cases': CASE_WATCHERS,
  'GET /cases/{caseId}': CASE_WATCHERS,
  'GET /cases/{caseId}/final-bill': OFFICE,
  'POST /cases/onboarding': OFFICE,
  'POST /cases/move-out': OFFICE,
  'POST /cases/{caseId}/cancel': OFFICE,
  'POST /cases/{caseId}/reschedule': OFFICE,
  // Which of them may take which action: domain/incident-actions.ts.
  'POST /cases/{caseId}/incident': CASE_WATCHERS,
  'GET /cases/{caseId}/timeline': CASE_WATCHERS,
  'GET /cases/{caseId}/comments': OFFICE,
  'POST /cases/{caseId}/comments': OFFICE,
  'GET /cases/{caseId}/attachments': OFFICE,
  'POST /cases/{caseId}/attachments': OFFICE,

  'POST /drafts': OFFICE,
  'GET /drafts/{draftId}': OFFICE,
  'PUT /drafts/{draftId}': OFFICE,

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
  'POST /service-orders/{orderNumber}/complete': ['field'],
  'POST /service-orders/{orderNumber}/unable': ['field'],

  'GET /customers': OFFICE,
  'GET /customers/next-number': OFFICE,
  'GET /customers/{customerNumber}': OFFICE,
  'GET /customers/{customerNumber}/copy': OFFICE,
  'GET /customer-types': ['clerk', 'supervisor', 'admin'],
  'POST /customer-types': ['clerk', 'supervisor', 'admin'],
  'GET /services': ['clerk', 'supervisor', 'admin'],
  'GET /locations': OFFICE,
  'POST /locations': OFFICE,
  'GET /locations/{locationNumber}': OFFICE,
  'GET /accounts/{accountNumber}': OFFICE,
  'GET /accounts/{accountNumber}/ledger': OFFICE,
  'POST /accounts/{accountNumber}/payments': ['clerk'],
  'GET /bills/{billNumber}': OFFICE,

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
