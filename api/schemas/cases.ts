import { z } from 'zod';
import { INCIDENT_ACTIONS } from '../../domain/incident-actions';
import {
  address,
  anyDate,
  byInstant,
  cents,
  civilDate,
  freeText,
  idText,
  instant,
  jsonObject,
  listOf,
  listQuery,
  person,
  pointId,
  positiveCents,
  problem,
  searchText,
} from './common';
import { otherRate } from './corrections';
import { orderOfCase } from './service-orders';
import { taskShown } from './tasks';
import {
  accountStatus,
  caseStatus,
  caseStep,
  caseType,
  newTenant,
  paymentMethod,
  role,
  stopReason,
  waitingOn,
} from './words';

export const caseParams = z.strictObject({ caseId: idText(48) });

export const caseListQuery = listQuery(byInstant, {
  type: caseType.optional(),
  status: caseStatus.optional(),
  /** Those that have not ended: OPEN or INCIDENT. */
  open: z.enum(['true']).optional(),
  waitingOn: waitingOn.optional(),
  overdue: z.enum(['true']).optional(),
  locationNumber: idText(20).optional(),
  accountNumber: idText(20).optional(),
  q: searchText,
});

/** A move-out as a clerk asks for it. */
export const moveOutBody = z
  .strictObject({
    accountNumber: idText(20),
    stopDate: civilDate,
    vacateDate: civilDate,
    stopReason: stopReason.default('CUSTOMER'),
    forwardingAddress: address.nullable(),
    newTenant,
    reverseLaterBills: z.boolean().optional(),
  })
  .openapi('MoveOutRequest');

/** A vacancy that a clerk starts for a place of which nobody has some services. */
export const vacancyBody = z.strictObject({ locationNumber: idText(20) }).openapi('VacancyRequest');

/** Money received for an account. */
export const paymentBody = z
  .strictObject({
    receiptNumber: idText(40),
    amountCents: positiveCents,
    receivedOn: civilDate,
    method: paymentMethod,
    applyTo: z.enum(['ACCOUNT', 'DEPOSIT']),
  })
  .openapi('PaymentRequest');

export const cancelBody = z.strictObject({ reason: freeText(500) });

/** Which services the landlord does not take; left out, all of the vacancy. */
export const declinesBody = cancelBody.extend({ servicePointIds: z.array(pointId).min(1).max(50).optional() });

const acted = {
  reason: freeText(500),
  incidentId: z
    .int()
    .min(1)
    .max(2 ** 31 - 1)
    .optional(),
};

/** What is to be done about an incident: the newest, unless one is named. What `data` amends depends on its cause. */
export const incidentBody = z
  .discriminatedUnion('action', [
    z.strictObject({ action: z.enum(['RETRY', 'SKIP', 'ABORT']), ...acted }),
    z.strictObject({
      action: z.literal('AMEND'),
      ...acted,
      data: z.strictObject({ rates: z.array(otherRate).min(1).max(20) }),
    }),
  ])
  .openapi('IncidentAction');

/** What the opening step gave out. */
export const opened = z
  .strictObject({
    caseId: z.string(),
    status: caseStatus,
    step: caseStep,
    customerNumber: z.string().optional(),
    accountNumber: z.string().optional(),
    locationNumber: z.string().optional(),
    receiptNumber: z.string().optional(),
    balanceCents: cents.optional(),
    warnings: z.array(z.strictObject({ code: z.string(), message: z.string(), pointer: z.string() })).optional(),
    location: z.string(),
  })
  .openapi('Opened');

/** A case whose verdict is not known yet; poll `location`. */
export const saving = z
  .strictObject({ caseId: z.string(), status: z.literal('SAVING'), location: z.string() })
  .openapi('Saving');

const links = z.strictObject({ self: z.string(), temporal: z.string().nullable() });

const caseShown = z
  .strictObject({
    caseId: z.string(),
    type: caseType,
    status: caseStatus,
    step: caseStep,
    waitingOn: waitingOn.nullable(),
    customerNumber: z.string().nullable(),
    accountNumber: z.string().nullable(),
    locationNumber: z.string().nullable(),
    customerName: z.string().nullable(),
    address: z.string().nullable(),
    openedAt: instant,
    closedAt: instant.nullable(),
    startedBy: person.nullable(),
    startedByCase: z.string().nullable(),
    /** Who is waited for and what comes next, in one sentence: the same as in the Temporal UI. */
    waitsFor: z.string(),
    links,
  })
  .openapi('Case');
export const caseList = listOf(caseShown);

const caseEvent = z
  .strictObject({
    seq: z.int(),
    kind: z.string(),
    fromStep: caseStep.nullable(),
    toStep: caseStep,
    at: instant,
    data: jsonObject,
    actor: person,
  })
  .openapi('CaseEvent');

const moveOut = z
  .strictObject({
    stopOn: anyDate,
    vacateOn: anyDate,
    stopReason,
    newTenant,
    vacancyCaseId: z.string().nullable(),
    settlementCaseId: z.string().nullable(),
    revision: z.int(),
    finalBillNumber: z.string().nullable(),
    finalBillCents: cents.nullable(),
    depositAppliedCents: cents.nullable(),
    interestCents: cents.nullable(),
  })
  .openapi('MoveOut');

const onboarding = z
  .strictObject({
    customerNumber: z.string(),
    startOn: anyDate,
    expiresOn: anyDate,
    approvalReasons: z.array(z.string()),
    copiedFrom: z.string().nullable(),
    accountStatus,
    conditions: z.array(z.strictObject({ name: z.string(), waitingOn, text: z.string() })),
  })
  .openapi('Onboarding');

const vacancyLine = z
  .strictObject({
    servicePointId: z.int(),
    serviceCode: z.string(),
    choice: z.string(),
    reason: z.string(),
    status: z.string(),
    newAccountNumber: z.string().nullable(),
    tenantAccountNumber: z.string().nullable(),
    onboardingCaseId: z.string().nullable(),
  })
  .openapi('VacancyLine');

const incident = z
  .strictObject({
    incidentId: z.int(),
    step: z.string(),
    causeKind: z.enum(['REFUSAL', 'UNEXPECTED']),
    /** The refusal's code, or UNEXPECTED. */
    code: z.string(),
    cause: z.string(),
    status: z.enum(['OPEN', 'RESOLVED']),
    openedAt: instant,
    resolvedAt: instant.nullable(),
    resolvedBy: person.nullable(),
    /** NOTED: a forged decision, on record from the beginning; nothing was to be done. */
    resolution: z.enum(['RETRY', 'AMEND', 'SKIP', 'ABORT', 'CASE_CLOSED', 'NOTED']).nullable(),
    reason: z.string().nullable(),
    /** The approval that an amendment waits for. */
    amendmentTaskId: z.string().nullable(),
    /** What can be done about it while it is open, by whom, and the code that this person would be refused with. */
    actions: z.array(
      z.strictObject({
        action: z.enum(INCIDENT_ACTIONS),
        roles: z.array(role),
        refusedBecause: z.string().nullable(),
      }),
    ),
  })
  .openapi('Incident');

export const caseDetail = caseShown
  .extend({
    onboarding: onboarding.nullable(),
    moveOut: moveOut.nullable(),
    vacancyLines: z.array(vacancyLine),
    events: z.array(caseEvent),
    tasks: z.array(taskShown),
    serviceOrders: z.array(orderOfCase),
    incidents: z.array(incident),
  })
  .openapi('CaseDetail');

/** A case without a row: still to be saved, or in an incident before it was, or refused, with the problem that its opening answered. */
export const caseWithoutRow = z
  .strictObject({
    caseId: z.string(),
    status: z.enum(['SAVING', 'INCIDENT', 'REFUSED']),
    waitsFor: z.string(),
    problem: problem.optional(),
    incidents: z.array(incident),
    links,
  })
  .openapi('CaseWithoutRow');

/** What became of a command or a report that a case has to agree to. */
export const applied = z.strictObject({ status: z.enum(['APPLIED', 'RECORDED']) }).openapi('Applied');
