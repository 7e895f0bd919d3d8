import type { AllocationOrder } from './allocation';
import type { MeanMonths } from './billing/usage/estimate';
import type { CheckDigit } from './customer-number';
import type { CollectionsPolicy } from './debt/collections';
import type { TrueUpPolicy } from './corrections/asks-true-up';
import type { DebtPolicy, DebtRelation } from './debt/old-debts';
import type { PenaltyPolicy } from './penalty/penalty-on-final';
import type { Role } from './roles';
import type { NoticeKind, ServiceOrderType } from './states';
import type { Moratorium } from './shut-off/refuse-shut-off';
import type { OfficeHours } from './tasks/office-hours';
import type { TaskTimings } from './tasks/urgency';

/** The policy of one utility: every value is data in the settings table (design.md decision 10). */
export interface Settings {
  /** The one clock (decision 9): an IANA zone, and how far training or a demo has moved the date, in seconds. */
  clock: { zone: string; offsetSeconds: number; dayStartsAt: string };
  utility: { name: string };
  /**
   * What stands at the head of each letter and bill, and how one pays; whether letters go out by e-mail where an address is
   * on record, and which go on paper all the same.
   */
  letters: {
    address: { line1: string; line2: string | null; city: string; state: string; postalCode: string };
    telephone: string | null;
    email: string | null;
    payOnline: string | null;
    byEmail: boolean;
    alwaysOnPaper: NoticeKind[];
  };
  /** Who is billed for the day of a handover (domain.md rule 5). */
  handoverDayTo: 'OUTGOING' | 'INCOMING';
  /** How many days back and ahead a stop may be dated, and what is done without a final read. */
  moveOut: {
    maxBackDays: number;
    maxFutureDays: number;
    readDueDays: number;
    /** How many days after the stop date the case looks for reads that are not in. */
    readDeadlineDays: number;
    /** What it does then: asks a clerk, or estimates by itself where enough is known (domain.md rule 4). */
    missingRead: 'ASK' | 'ESTIMATE';
    /** How many months the mean of an estimate looks back. */
    meanMonths: MeanMonths;
  };
  /**
   * What is done when the meter of an estimated final bill is read at last: nothing, or the bill is corrected by the read
   * that is worked out for its stop date, where that moves it by more than an amount (domain.md rule 4).
   */
  trueUpFinal: TrueUpPolicy;
  /**
   * Setting up a new customer: how far back and ahead a start may be dated, from how many days back it needs approval,
   * how long after its start date a set-up waits for open conditions, what needs a supervisor's approval, and whether
   * Copy From a Previous Customer starts ticked (domain.md row S6).
   */
  onboarding: {
    maxBackDays: number;
    maxFutureDays: number;
    backDaysWithoutApproval: number;
    expiryDays: number;
    approvalFor: ApprovalReason[];
    copyTicked: boolean;
    /** A copied meter whose last read is older than this many days gets a READ_IN order (row S6). */
    maxReadAgeDays: number;
    /** After so many months without a debt a customer is asked for no deposit (row S9); null is never. */
    depositWaivedAfterMonths: number | null;
    /** Of an account that is not copied, and whose form names none. */
    defaultBillCycle: string;
  };
  /** What an unpaid final balance does to a set-up, by whose it is (domain.md rule 18). */
  debt: Record<DebtRelation, DebtPolicy>;
  /** Plausibility of a read (domain.md rule 1): a rollover needs prev/M of at least the ratio; both in register units. */
  reads: { rolloverMinRatio: string; highUsageLimit: string };
  taxRounding: 'PER_LINE' | 'PER_BILL';
  /** Days from posting until a final bill is due. */
  finalBillDueDays: number;
  /** Days between two reminders of an unpaid final bill. */
  balanceReminderDays: number;
  /** When a balance that stays unpaid is for collections, and when it is written off (domain.md section 4). */
  collections: CollectionsPolicy;
  /** A balance up to this, that nobody would be reminded of, the system itself takes off the books; 0 is never. */
  deMinimisBalanceCents: number;
  /** What a customer is charged whose payment came back from the bank; 0 is nothing. */
  returnedPaymentFeeCents: number;
  /** Interest on deposits (domain.md rule 14); percent is per year. */
  depositInterest: {
    enabled: boolean;
    rateTable: { from: string; percent: string }[];
    dayBasis: 365 | 360 | 'ACTUAL';
    minHoldDays: number;
  };
  /** Inside one priority money is spread pro rata, or fills one service after the other by code (domain.md rule 16). */
  allocation: AllocationOrder;
  /** What an unpaid final bill is charged for being late (domain.md rule 13). */
  penaltyOnFinal: PenaltyPolicy;
  /** A credit below this, deposits apart, is refunded only when the customer asks (domain.md rule 17); 0 is always. */
  minRefundCents: number;
  /** Within how many days from the final bill a refund is to be paid out (rule 17). */
  refundDueDays: number;
  /** After how many years a refund that nobody has cashed is the state's (rule 17). */
  unclaimedYears: number;
  /** Final bills: ALWAYS approved by a person, or by the system itself where POLICY lets it (decision 6). */
  finalBillApproval: 'ALWAYS' | 'POLICY';
  /**
   * Up to what amount, charge or credit, the system itself may approve, and how many of a hundred such bills go to a
   * person all the same: 0 to 100, with up to two decimals.
   */
  finalBillPolicy: { maxTotalCents: number; samplePercent: string };
  /** Above this amount a refund needs two supervisors; null is never. */
  refundSecondApprovalAboveCents: number | null;
  /** The highest amount in cents that a role may approve; null is without limit, a missing role approves nothing. */
  approvalLimitsCents: Partial<Record<Role, number | null>>;
  /** When the office works: what is due counts in its hours, without the days of GET /holidays. */
  officeHours: OfficeHours;
  /** When which services are not shut off for want of a holder (domain.md section 4). */
  shutOff: { moratoria: Moratorium[] };
  /** Above what usage, in the unit of the service, days of nobody are warned about. */
  unassignedUsage: { warnAbove: string };
  /** Up to what amount a debt follows a customer who moves to their new account by itself. */
  moving: { debtUpToCents: number };
  /** In how many workdays an order is due where nobody says, by its kind; 1 for a kind that is left out. */
  serviceOrders: { dueInWorkdays: Partial<Record<ServiceOrderType, number>> };
  /** When a task is reminded of, is due and is escalated again, and how urgent it begins; by kind where it differs. */
  tasks: TaskTimings;
  /** Prefixes and widths of the numbers that the office gives out. */
  numbers: Record<NumberName, { prefix: string; width: number }>;
  /** Whether customers get the next number unless one is typed, and whether numbers end in a check digit (row S2). */
  customerNumbers: { autoIncrement: boolean; checkDigit: CheckDigit };
  /**
   * The office's own country (ISO 3166-1 alpha-2), of numbers and addresses that name none; and the area code of local
   * telephone numbers, null where none is assumed (rows S5 and S11).
   */
  contacts: { country: string; areaCode: string | null };
}

/** Why a set-up needs a supervisor (design.md section 4, onboardCustomer). */
export const APPROVAL_REASONS = [
  'DEPOSIT',
  'RATE',
  'UNITS',
  'BACK_DATED',
  'DEBT',
  'EXEMPT',
  'FORCED_MOVE_OUT',
] as const;
export type ApprovalReason = (typeof APPROVAL_REASONS)[number];

export type NumberName = 'customer' | 'account' | 'location' | 'serviceOrder' | 'bill' | 'refund';

/** What holds until the office says otherwise. */
export const DEFAULT_SETTINGS: Settings = {
  clock: { zone: 'America/Denver', offsetSeconds: 0, dayStartsAt: '00:00' },
  utility: { name: 'Keyturn Utility' },
  letters: {
    address: { line1: '100 Main Street', line2: null, city: 'Millbrook', state: 'CO', postalCode: '80000' },
    ...{ telephone: '(970) 555-0100', email: null, payOnline: null, byEmail: true },
    alwaysOnPaper: ['FORCED_MOVE_OUT'],
  },
  handoverDayTo: 'OUTGOING',
  moveOut: {
    ...{ maxBackDays: 30, maxFutureDays: 90, readDueDays: 3, readDeadlineDays: 10 },
    ...{ missingRead: 'ASK', meanMonths: 12 },
  },
  trueUpFinal: { mode: 'ABOVE_AMOUNT', aboveCents: 500 },
  onboarding: {
    ...{ maxBackDays: 60, maxFutureDays: 180, backDaysWithoutApproval: 7, expiryDays: 30 },
    approvalFor: [...APPROVAL_REASONS],
    ...{ copyTicked: true, maxReadAgeDays: 10, depositWaivedAfterMonths: null, defaultBillCycle: 'C1' },
  },
  debt: {
    ...{ SAME_CUSTOMER: 'APPROVE', MASTER_CONTACT: 'APPROVE', COSIGNER: 'APPROVE' },
    ...{ LOCATION: 'IGNORE', LIKELY_DUPLICATE: 'WARN' },
  },
  reads: { rolloverMinRatio: '0.9', highUsageLimit: '100000' },
  taxRounding: 'PER_LINE',
  finalBillDueDays: 21,
  balanceReminderDays: 14,
  collections: {
    ...{ afterReminders: 6, afterDays: 90, minCents: 2_000, autoHandOver: false, writeOffAfterDays: null },
  },
  deMinimisBalanceCents: 0,
  returnedPaymentFeeCents: 0,
  depositInterest: {
    enabled: true,
    rateTable: [{ from: '2000-01-01', percent: '3.00' }],
    dayBasis: 365,
    minHoldDays: 0,
  },
  allocation: 'PRO_RATA',
  penaltyOnFinal: { kind: 'NONE', percent: '0', amountCents: 0, graceDays: 0 },
  minRefundCents: 0,
  refundDueDays: 30,
  unclaimedYears: 2,
  finalBillApproval: 'ALWAYS',
  finalBillPolicy: { maxTotalCents: 25_000, samplePercent: '5' },
  refundSecondApprovalAboveCents: null,
  approvalLimitsCents: { supervisor: null },
  officeHours: { weekdays: [1, 2, 3, 4, 5], from: '08:00', to: '17:00' },
  shutOff: { moratoria: [] },
  moving: { debtUpToCents: 10_000 },
  unassignedUsage: { warnAbove: '1000' },
  serviceOrders: { dueInWorkdays: { TURN_ON: 1, READ_IN: 1, RECONNECT: 1, TURN_OFF: 1 } },
  tasks: { remindAfterHours: 9, dueAfterHours: 27, escalateAgainAfterHours: 45, priority: 50, byType: {} },
  numbers: {
    customer: { prefix: 'C', width: 6 },
    account: { prefix: 'A', width: 7 },
    location: { prefix: 'L', width: 6 },
    serviceOrder: { prefix: 'SO', width: 6 },
    bill: { prefix: 'B', width: 7 },
    refund: { prefix: 'R', width: 6 },
  },
  customerNumbers: { autoIncrement: true, checkDigit: 'NONE' },
  contacts: { country: 'US', areaCode: '970' },
};
