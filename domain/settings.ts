import type { Role } from './roles';
import type { OfficeHours } from './tasks/office-hours';
import type { TaskTimings } from './tasks/urgency';

/** The policy of one utility: every value is data in the settings table (design.md decision 10). */
export interface Settings {
  /** The one clock (decision 9): an IANA zone, and how far training or a demo has moved the date, in seconds. */
  clock: { zone: string; offsetSeconds: number; dayStartsAt: string };
  utility: { name: string };
  /** Who is billed for the day of a handover (domain.md rule 5). */
  handoverDayTo: 'OUTGOING' | 'INCOMING';
  /** How many days back and ahead a stop may be dated. */
  moveOut: { maxBackDays: number; maxFutureDays: number; readDueDays: number };
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
    /** Of an account that is not copied, and whose form names none. */
    defaultBillCycle: string;
  };
  /** Plausibility of a read (domain.md rule 1): a rollover needs prev/M of at least the ratio; both in register units. */
  reads: { rolloverMinRatio: string; highUsageLimit: string };
  taxRounding: 'PER_LINE' | 'PER_BILL';
  /** Days from posting until a final bill is due. */
  finalBillDueDays: number;
  /** Days between two reminders of an unpaid final bill. */
  balanceReminderDays: number;
  /** Interest on deposits (domain.md rule 14); percent is per year. */
  depositInterest: {
    enabled: boolean;
    rateTable: { from: string; percent: string }[];
    dayBasis: 365 | 360 | 'ACTUAL';
    minHoldDays: number;
  };
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
  /** When a task is reminded of, is due and is escalated again, and how urgent it begins; by kind where it differs. */
  tasks: TaskTimings;
  /** Prefixes and widths of the numbers that the office gives out. */
  numbers: Record<NumberName, { prefix: string; width: number }>;
}

/** Why a set-up needs a supervisor (design.md section 4, onboardCustomer). */
export const APPROVAL_REASONS = ['DEPOSIT', 'RATE', 'UNITS', 'BACK_DATED', 'DEBT'] as const;
export type ApprovalReason = (typeof APPROVAL_REASONS)[number];

export type NumberName = 'customer' | 'account' | 'location' | 'serviceOrder' | 'bill' | 'refund';

/** What holds until the office says otherwise. */
export const DEFAULT_SETTINGS: Settings = {
  clock: { zone: 'America/Denver', offsetSeconds: 0, dayStartsAt: '00:00' },
  utility: { name: 'Keyturn Utility' },
  handoverDayTo: 'OUTGOING',
  moveOut: { maxBackDays: 30, maxFutureDays: 90, readDueDays: 3 },
  onboarding: {
    ...{ maxBackDays: 60, maxFutureDays: 180, backDaysWithoutApproval: 7, expiryDays: 30 },
    approvalFor: [...APPROVAL_REASONS],
    ...{ copyTicked: true, defaultBillCycle: 'C1' },
  },
  reads: { rolloverMinRatio: '0.9', highUsageLimit: '100000' },
  taxRounding: 'PER_LINE',
  finalBillDueDays: 21,
  balanceReminderDays: 14,
  depositInterest: {
    enabled: true,
    rateTable: [{ from: '2000-01-01', percent: '3.00' }],
    dayBasis: 365,
    minHoldDays: 0,
  },
  finalBillApproval: 'ALWAYS',
  finalBillPolicy: { maxTotalCents: 25_000, samplePercent: '5' },
  refundSecondApprovalAboveCents: null,
  approvalLimitsCents: { supervisor: null },
  officeHours: { weekdays: [1, 2, 3, 4, 5], from: '08:00', to: '17:00' },
  tasks: { remindAfterHours: 9, dueAfterHours: 27, escalateAgainAfterHours: 45, priority: 50, byType: {} },
  numbers: {
    customer: { prefix: 'C', width: 6 },
    account: { prefix: 'A', width: 7 },
    location: { prefix: 'L', width: 6 },
    serviceOrder: { prefix: 'SO', width: 6 },
    bill: { prefix: 'B', width: 7 },
    refund: { prefix: 'R', width: 6 },
  },
};
