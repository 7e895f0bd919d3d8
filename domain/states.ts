/** The states of domain.md section 4 and the words of section 5, as they are stored. */

export type AccountRole = 'OWNER' | 'TENANT' | 'LANDLORD';

export type AccountStatus =
  | 'PENDING_APPROVAL'
  | 'PENDING_START'
  | 'ACTIVE'
  | 'PENDING_STOP'
  | 'FINAL_PENDING'
  | 'FINAL_BILLED'
  | 'CLOSED'
  | 'COLLECTIONS'
  | 'WRITTEN_OFF'
  | 'CANCELED';

export type AgreementStatus =
  'PENDING_START' | 'ACTIVE' | 'PENDING_STOP' | 'TEMP_DISCONNECTED' | 'CUT_NONPAY' | 'STOPPED' | 'CLOSED' | 'CANCELED';

/** The states in which an agreement holds its service point (design.md decision 11). */
export const HOLDING: readonly AgreementStatus[] = ['ACTIVE', 'PENDING_STOP', 'TEMP_DISCONNECTED', 'CUT_NONPAY'];

export type StopReason = 'CUSTOMER' | 'NONPAY' | 'FORCED' | 'DECEASED';
export type NewTenant = 'YES' | 'NO' | 'UNKNOWN';

export type ServiceOrderType =
  'TURN_ON' | 'TURN_OFF' | 'READ_IN' | 'READ_OUT' | 'READ_HANDOVER' | 'METER_EXCHANGE' | 'CUT_NONPAY' | 'RECONNECT';
export type ServiceOrderStatus =
  'REQUESTED' | 'SCHEDULED' | 'DISPATCHED' | 'COMPLETED' | 'UNABLE' | 'ESTIMATE_ALLOWED' | 'CANCELED';
/** The states in which the field still owes work. */
export const ORDER_OPEN: readonly ServiceOrderStatus[] = ['REQUESTED', 'SCHEDULED', 'DISPATCHED', 'UNABLE'];

export type ReadSource = 'ACTUAL' | 'CUSTOMER' | 'ESTIMATED' | 'SYSTEM_PRORATED';
/** Whether a meter lets supply through. */
export type SwitchState = 'ON' | 'OFF' | 'LOCKED';
export type MeterStatus = 'INVENTORY' | 'INSTALLED' | 'REMOVED' | 'TESTING' | 'RETIRED';
export type PaymentMethod = 'CASH' | 'CHECK' | 'CARD' | 'ACH' | 'ONLINE' | 'OTHER';
export type LandlordDecision = 'ALWAYS' | 'ASK' | 'NEVER';
export type VacancyLineStatus =
  | 'OPENED'
  | 'PROMPTED'
  | 'REVERTING'
  | 'REVERTED'
  | 'VACANT'
  | 'SUPERSEDED'
  | 'NEW_TENANT'
  | 'OCCUPIED'
  | 'SHUTTING_OFF'
  | 'SHUT_OFF';
export type DepositRequestStatus = 'REQUESTED' | 'PAID' | 'WAIVED' | 'CANCELED';
/** What money is for: what the account owes, or the deposit that was asked for. */
export type ApplyTo = 'ACCOUNT' | 'DEPOSIT';
export type ContactKind = 'PHONE' | 'EMAIL';

/** What a letter to a customer is about. */
export const NOTICE_KINDS = [
  'WELCOME',
  'FINAL_BILL',
  'LANDLORD_RECONNECT',
  'BALANCE_REMINDER',
  'REFUND_ISSUED',
  'FORCED_MOVE_OUT',
] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

export type CaseType = 'ONBOARD' | 'MOVE_OUT' | 'VACANCY' | 'SETTLEMENT' | 'PAYMENT' | 'CORRECTION';
export type CaseStatus = 'OPEN' | 'INCIDENT' | 'COMPLETED' | 'CANCELED' | 'REFUSED' | 'ABORTED';

/** Where a case stands; one word per state of domain.md section 4, as amended by design.md. */
export type CaseStep =
  // onboarding
  | 'PENDING_APPROVAL'
  | 'PENDING_START'
  | 'ACTIVE'
  | 'EXPIRED'
  // move-out
  | 'REQUESTED'
  | 'AWAITING_READ'
  | 'READ_EXCEPTION'
  | 'AWAITING_STOP_DATE'
  | 'BILL_DRAFTED'
  | 'AWAITING_APPROVAL'
  | 'REJECTED'
  // vacancy
  | 'OPENED'
  | 'NEW_TENANT_SETUP'
  | 'PROMPTED'
  | 'REVERTING'
  | 'REVERTED'
  | 'SHUTTING_OFF'
  | 'SHUT_OFF'
  | 'VACANT'
  | 'SUPERSEDED'
  // settlement
  | 'BALANCE_DUE'
  | 'COLLECTIONS'
  | 'CREDIT_HELD'
  | 'REFUND_PENDING'
  | 'REFUND_ISSUED'
  | 'PAID'
  | 'WRITTEN_OFF'
  | 'ZERO'
  // payment
  | 'POSTED'
  // every case
  | 'COMPLETED'
  | 'CANCELED'
  | 'REFUSED'
  | 'ABORTED';

/** What somebody can ask for outside a lifecycle. */
export type RequestKind =
  | 'METER_EXCHANGE'
  | 'ACCOUNT_SERVICES'
  | 'TRANSFER'
  | 'SMALL_REFUND'
  | 'WRITE_OFF'
  | 'REFUND_RESULT'
  | 'UNCLAIMED_FILE'
  | 'PAYMENT_REVERSAL'
  | 'PAYMENT_BATCH';
/** What became of a refund after it was issued; nothing yet: whoever pays it out has not said. */
export type RefundOutcome = 'PAID_OUT' | 'RETURNED' | 'UNCLAIMED';
/** What collections are told of a debt. */
export type CollectionsLineKind = 'HANDED_OVER' | 'CHANGED' | 'PAID' | 'RECALLED';
/** The files of money that the office makes beside the refund files. */
export type MoneyFileKind = 'COLLECTIONS' | 'UNCLAIMED';
/** What other systems send, and what they are told. */
export type FeedKind = 'BILLS' | 'READS' | 'PAYMENTS';
export type FeedChangeKind =
  'ACTIVATED' | 'STOPPED' | 'FINAL_BILLED' | 'ADDRESS_CHANGED' | 'BILL_REVERSED' | 'SHUT_OFF' | 'TURNED_ON';

export type WaitingOn = 'CLERK' | 'SUPERVISOR' | 'FIELD' | 'CUSTOMER' | 'DATE' | 'SYSTEM';

export type TaskType =
  | 'APPROVE_SETUP'
  | 'EXPIRE_OR_EXTEND'
  | 'READ_EXCEPTION'
  | 'MISSING_READ'
  | 'APPROVE_FINAL_BILL'
  | 'CORRECT_FINAL_BILL'
  | 'NEW_TENANT'
  | 'RECONNECT_TO_LANDLORD'
  | 'CONFIRM_SHUT_OFF'
  | 'APPROVE_REFUND'
  | 'APPROVE_REFUND_SECOND'
  | 'APPROVE_AMENDMENT'
  | 'APPROVE_CORRECTION'
  | 'HAND_TO_COLLECTIONS'
  | 'APPROVE_WRITE_OFF';
export type TaskStatus = 'OPEN' | 'COMPLETED' | 'CANCELED';
