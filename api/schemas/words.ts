import { z } from 'zod';
import { ROLES } from '../../domain/roles';
import type {
  AccountRole,
  AccountStatus,
  AgreementStatus,
  CaseStatus,
  CaseStep,
  CaseType,
  FeedChangeKind,
  FeedKind,
  LandlordDecision,
  NewTenant,
  PaymentMethod,
  ReadSource,
  RequestKind,
  ServiceOrderStatus,
  ServiceOrderType,
  StopReason,
  TaskStatus,
  TaskType,
  WaitingOn,
} from '../../domain/states';

// An enum of exactly the members of a union: a missing or an unknown one does not compile.
export const wordsOf = <T extends string>(words: Record<T, true>) => z.enum(Object.keys(words) as [T, ...T[]]);

/** The words of domain/states.ts as schemas. */
export const role = z.enum(ROLES);
export const caseType = wordsOf<CaseType>({
  ONBOARD: true,
  MOVE_OUT: true,
  VACANCY: true,
  SETTLEMENT: true,
  PAYMENT: true,
  CORRECTION: true,
});
export const caseStatus = wordsOf<CaseStatus>({
  OPEN: true,
  INCIDENT: true,
  COMPLETED: true,
  CANCELED: true,
  REFUSED: true,
  ABORTED: true,
});
export const caseStep = wordsOf<CaseStep>({
  PENDING_APPROVAL: true,
  PENDING_START: true,
  ACTIVE: true,
  EXPIRED: true,
  REQUESTED: true,
  AWAITING_READ: true,
  READ_EXCEPTION: true,
  AWAITING_STOP_DATE: true,
  BILL_DRAFTED: true,
  AWAITING_APPROVAL: true,
  REJECTED: true,
  OPENED: true,
  NEW_TENANT_SETUP: true,
  PROMPTED: true,
  REVERTING: true,
  REVERTED: true,
  SHUTTING_OFF: true,
  SHUT_OFF: true,
  VACANT: true,
  SUPERSEDED: true,
  BALANCE_DUE: true,
  COLLECTIONS: true,
  CREDIT_HELD: true,
  REFUND_PENDING: true,
  REFUND_ISSUED: true,
  PAID: true,
  WRITTEN_OFF: true,
  ZERO: true,
  POSTED: true,
  COMPLETED: true,
  CANCELED: true,
  REFUSED: true,
  ABORTED: true,
});
export const waitingOn = wordsOf<WaitingOn>({
  CLERK: true,
  SUPERVISOR: true,
  FIELD: true,
  CUSTOMER: true,
  DATE: true,
  SYSTEM: true,
});
export const taskType = wordsOf<TaskType>({
  APPROVE_SETUP: true,
  EXPIRE_OR_EXTEND: true,
  APPROVE_FINAL_BILL: true,
  READ_EXCEPTION: true,
  MISSING_READ: true,
  CORRECT_FINAL_BILL: true,
  NEW_TENANT: true,
  RECONNECT_TO_LANDLORD: true,
  CONFIRM_SHUT_OFF: true,
  APPROVE_REFUND: true,
  APPROVE_REFUND_SECOND: true,
  APPROVE_AMENDMENT: true,
  APPROVE_CORRECTION: true,
  HAND_TO_COLLECTIONS: true,
  APPROVE_WRITE_OFF: true,
});
export const taskStatus = wordsOf<TaskStatus>({ OPEN: true, COMPLETED: true, CANCELED: true });
export const accountRole = wordsOf<AccountRole>({ OWNER: true, TENANT: true, LANDLORD: true });
export const accountStatus = wordsOf<AccountStatus>({
  PENDING_APPROVAL: true,
  PENDING_START: true,
  ACTIVE: true,
  PENDING_STOP: true,
  FINAL_PENDING: true,
  FINAL_BILLED: true,
  CLOSED: true,
  COLLECTIONS: true,
  WRITTEN_OFF: true,
  CANCELED: true,
});
export const agreementStatus = wordsOf<AgreementStatus>({
  PENDING_START: true,
  ACTIVE: true,
  PENDING_STOP: true,
  TEMP_DISCONNECTED: true,
  CUT_NONPAY: true,
  STOPPED: true,
  CLOSED: true,
  CANCELED: true,
});
export const stopReason = wordsOf<StopReason>({ CUSTOMER: true, NONPAY: true, FORCED: true, DECEASED: true });
export const newTenant = wordsOf<NewTenant>({ YES: true, NO: true, UNKNOWN: true });
export const serviceOrderType = wordsOf<ServiceOrderType>({
  TURN_ON: true,
  TURN_OFF: true,
  READ_IN: true,
  READ_OUT: true,
  READ_HANDOVER: true,
  METER_EXCHANGE: true,
  CUT_NONPAY: true,
  RECONNECT: true,
});
export const serviceOrderStatus = wordsOf<ServiceOrderStatus>({
  REQUESTED: true,
  SCHEDULED: true,
  DISPATCHED: true,
  COMPLETED: true,
  UNABLE: true,
  ESTIMATE_ALLOWED: true,
  CANCELED: true,
});
export const readSource = wordsOf<ReadSource>({ ACTUAL: true, CUSTOMER: true, ESTIMATED: true, SYSTEM_PRORATED: true });
/** What people can hand in; the system alone prorates. */
export const readSourceGiven = readSource.exclude(['SYSTEM_PRORATED']);
export const paymentMethod = wordsOf<PaymentMethod>({
  CASH: true,
  CHECK: true,
  CARD: true,
  ACH: true,
  ONLINE: true,
  OTHER: true,
});
export const landlordDecision = wordsOf<LandlordDecision>({ ALWAYS: true, ASK: true, NEVER: true });
export const requestKind = wordsOf<RequestKind>({
  METER_EXCHANGE: true,
  ACCOUNT_SERVICES: true,
  TRANSFER: true,
  SMALL_REFUND: true,
  WRITE_OFF: true,
  REFUND_RESULT: true,
  UNCLAIMED_FILE: true,
  PAYMENT_REVERSAL: true,
  PAYMENT_BATCH: true,
});
export const feedKind = wordsOf<FeedKind>({ BILLS: true, READS: true, PAYMENTS: true });
export const feedChangeKind = wordsOf<FeedChangeKind>({
  ACTIVATED: true,
  STOPPED: true,
  FINAL_BILLED: true,
  ADDRESS_CHANGED: true,
  BILL_REVERSED: true,
  SHUT_OFF: true,
  TURNED_ON: true,
});
/** What became of a decision, a report or a command. */
export const recordStatus = z.enum(['RECORDED', 'APPLIED', 'VOID']);
