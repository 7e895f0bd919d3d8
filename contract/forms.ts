import type { PriceTerms } from '../domain/billing/price-terms';
import type { AdjustLine } from '../domain/corrections/adjustments';
import type { CivilDate, MonthDay } from '../domain/dates';
import type { LandlordTerms } from '../domain/landlord/landlord-terms';
import type { PersonName, SecondName } from '../domain/names/person-name';
import type { ACCOUNT_ORDERS } from '../domain/onboarding/order-due';
import type { SET_UP_ORDERS } from '../domain/onboarding/refuse-set-up';
import type { AccountRole, ApplyTo, NewTenant, PaymentMethod, ReadSource, StopReason } from '../domain/states';
import type { TransferKind } from '../domain/transfers/refuse-transfer';

/** What the API freezes as a draft revision and the opening step reads: the forms never travel through Temporal. */
export interface MoveOutForm {
  accountId: number;
  accountNumber: string;
  stopDate: CivilDate;
  vacateDate: CivilDate;
  stopReason: StopReason;
  forwardingAddress: (Omit<AddressForm, 'line2'> & { line2?: string | null }) | null;
  newTenant: NewTenant;
  /** Periodic bills that bill the stop date or a later day are reversed first. */
  reverseLaterBills?: boolean;
}

/** A vacancy that a clerk starts. */
export interface VacancyForm {
  locationNumber: string;
}

/** The data of a decision on RECONNECT_TO_LANDLORD: about which of the services that are asked about; absent: all. */
export interface ReconnectData {
  servicePointIds?: number[];
}

/** The data of a LANDLORD_DECLINES command: which services; absent: all that go to the landlord. */
export type LandlordDeclinesData = ReconnectData;

export interface PaymentForm {
  accountId: number;
  accountNumber: string;
  receiptNumber: string;
  amountCents: number;
  receivedOn: CivilDate;
  method: PaymentMethod;
  applyTo: ApplyTo;
}

/** A person's name as it was typed, in one line or in its parts, or an organization's (domain.md row S3). */
export type NameForm =
  | { line: string }
  | (PersonName & {
      /** The second person of a couple; last null: the same last name. */
      second?: SecondName | null;
    })
  | { organization: string };

export interface AddressForm {
  line1: string;
  line2: string | null;
  city: string;
  state: string;
  postalCode: string;
  /** ISO 3166-1 alpha-2; null: the office's own country. */
  country?: string | null;
}

/** A customer who is new to the office. Number null: the next one. */
export interface NewCustomerForm {
  number: string | null;
  name: NameForm;
  typeCode: string | null;
  phones: { value: string; purpose: string | null }[];
  emails: { value: string; purpose: string | null }[];
  mailingAddress: AddressForm | null;
  /** Where mail goes in the season, first and last day 'MM-DD'; it may wrap the year end (row S12). */
  alternateAddress: (AddressForm & { seasonStart: MonthDay; seasonEnd: MonthDay }) | null;
}

/** A new place. Class null: that of the customer's type, else none (row S7). */
export interface NewLocationForm {
  number: string | null;
  address: AddressForm;
  classCode?: string | null;
}

export interface InstallMeterForm {
  action?: 'INSTALL';
  serviceCode: string;
  position: number;
  serial: string;
  dials: number;
  multiplier: string;
  unit: string;
  beginRead: { value: string; readOn: CivilDate } | null;
}

/** The meter to take out at a point that nobody holds, with its last read. */
export interface RemoveMeterForm {
  action: 'REMOVE';
  serviceCode: string;
  position: number;
  serial: string;
  removalRead: { value: string; readOn: CivilDate };
}
/** Changes of a customer's record, each field as a whole; what is left out stays. */
export type CustomerPatchForm = Partial<Omit<NewCustomerForm, 'number'>>;

/** Setting up a customer at a location (domain.md rows S1 to S12, S15, S16). Dates are the office's. */
export interface OnboardForm {
  customer: { existing: string } | NewCustomerForm;
  location: { existing: string } | NewLocationForm;
  role: AccountRole;
  /** The account that the form was copied from (row S6). */
  copiedFrom: string | null;
  startDate: CivilDate;
  billCycle: string | null;
  /** Whether the account bears tax and penalties; null: as its customer's type says (row S4). */
  taxExempt?: boolean | null;
  penaltyExempt?: boolean | null;
  services: {
    serviceCode: string;
    /** Which of the location's points of this service, from 1. */
    position: number;
    rateCode: string;
    /** How many of the service, one unless given, and of how many units or shares: decimals above 0 (row S8). */
    quantity?: string;
    units: string;
    /** What its rate looks up: meterSize, amperes, measures, an average; nothing unless given (domain.md rule 24). */
    priceTerms?: PriceTerms;
    frequency: string;
    connectDate: CivilDate | null;
  }[];
  /** Meters to put in where a point has none, or to take out first: both at one point is an exchange (row S10). */
  meters: (InstallMeterForm | RemoveMeterForm)[];
  /** A deposit that is asked for; waived: why it is not. Left out for a service: none is asked. */
  deposits: { serviceCode: string; amountCents: number; waivedBecause: string | null }[];
  serviceOrders: {
    serviceCode: string;
    position: number;
    type: (typeof SET_UP_ORDERS)[number];
    dueOn: CivilDate | null;
    notes: string | null;
    /** The start waits for this order. */
    gating: boolean;
    /** The username of whoever of the field is to do it; absent of forms that were saved before there was one. */
    assignee?: string | null;
  }[];
  /** The account that the same customer moves out of, and when; stopDate null: on the start date. */
  movesFrom?: string | null;
  stopDate?: CivilDate | null;
  /** Whoever holds a service there still is moved out for this customer; absent: they are not, and Save is refused. */
  forceMoveOut?: boolean;
  /** What a customer who is set up as a landlord agrees for the place, from the start date on (row S16). */
  landlordAgreement?: LandlordTerms | null;
}

/** An order for a service that an account has, beside its cases (row S15). */
export interface AccountOrderForm {
  accountNumber: string;
  serviceCode: string;
  position: number;
  type: (typeof ACCOUNT_ORDERS)[number];
  dueOn: CivilDate | null;
  /** A username. */
  assignee: string | null;
  notes: string | null;
}

/** An installed meter that is exchanged for another one; both reads are of the day (domain.md rule 2). */
export interface MeterExchangeForm {
  meterId: number;
  newMeter: { serial: string; dials: number; multiplier: string; unit: string };
  exchangedOn: CivilDate;
  removalRead: string;
  installRead: string;
  reason: string;
}

/** Other services of an active account; `connectDate` and `effectiveOn` are the first days of what is new (row S8). */
export interface AccountServicesForm {
  accountId: number;
  accountNumber: string;
  add: {
    serviceCode: string;
    position: number;
    rateCode: string;
    quantity: string;
    units: string;
    priceTerms?: PriceTerms;
    frequency: string;
    connectDate: CivilDate;
    beginRead: { value: string; readOn: CivilDate } | null;
  }[];
  /** What is null stays as it is. */
  change: {
    serviceCode: string;
    position: number;
    rateCode: string | null;
    quantity: string | null;
    units: string | null;
    /** All of them anew; absent of requests from before there were any. */
    priceTerms?: PriceTerms | null;
    frequency: string | null;
    effectiveOn: CivilDate;
  }[];
  /** What was never billed and is not metered is taken back; else it stops on a day, with its read where metered. */
  remove: {
    serviceCode: string;
    position: number;
    stopDate: CivilDate | null;
    finalRead: { value: string; readOn: CivilDate } | null;
  }[];
  reason: string;
}

/** The data of an EXTEND decision: until when the open conditions are waited for. */
export interface ExtendData {
  until: CivilDate;
}

/** The data of an AMEND command: another rate of the same service for agreements of the case's account. */
export interface AmendData {
  rates: {
    serviceCode: string;
    /** Which of the location's points of this service, from 1; needed where the account has several. */
    position?: number;
    rateCode: string;
  }[];
}

/** The data of a RESCHEDULE command. */
export interface RescheduleData {
  startDate: CivilDate;
}

/** The data of a RESCHEDULE command to a move-out; what is left out stays. */
export interface RescheduleStopData {
  stopDate?: CivilDate;
  vacateDate?: CivilDate;
}

/** The data of a WAIT decision: until when reads that nobody could take are waited for. */
export interface WaitForReadData {
  until: CivilDate;
}

/** What each kind of feed sends, a row at a time; `sourceId` is the row's id in the sending system. */
export interface FeedRows {
  BILLS: {
    sourceId: string;
    accountNumber: string;
    billedThrough: CivilDate;
    dueOn: CivilDate;
    lines: { serviceCode: string; amountCents: number; taxCents: number }[];
  };
  READS: { sourceId: string; meterSerial: string; readOn: CivilDate; value: string; source: ReadSource };
  /** The receipt number is the row's id. */
  PAYMENTS: Omit<PaymentForm, 'accountId' | 'applyTo'>;
}

/** What is left on a final billed account, to be moved to another account of the same customer. */
export interface TransferForm {
  accountNumber: string;
  toAccountNumber: string;
  kind: TransferKind;
  /** Null: all of it, for a deposit as much as is asked for. */
  amountCents: number | null;
  applyTo: ApplyTo;
  reason: string;
}

/** The customer asks for a credit that is too small to be refunded by itself. */
export interface SmallRefundForm {
  accountId: number;
  accountNumber: string;
  reason: string;
}

/** Somebody asks to have what an account owes written off. */
export type WriteOffForm = SmallRefundForm;

/** What whoever pays out refunds says of one. */
export interface RefundResultForm {
  refundNumber: string;
  outcome: 'PAID_OUT' | 'RETURNED';
  on: CivilDate;
  reason: string;
}

/** A payment that the bank gave back. */
export interface PaymentReversalForm {
  receiptNumber: string;
  reason: string;
}

/** Payments that cashiering hands in at once; each is posted or not by itself. */
export interface PaymentBatchForm {
  batchId: string;
  payments: Omit<PaymentForm, 'accountId'>[];
}

/** A final bill to cancel and rebill: why, and what is known better now; empty lists where only records have changed since. */
export interface CorrectionForm {
  billNumber: string;
  accountId: number;
  accountNumber: string;
  reason: string;
  /** In the place of the reads of these meters and days. */
  reads: CorrectReadData['reads'];
  rates: AmendData['rates'];
}

/** The data of an ADJUST_LINES decision: in the place of the lines that were added before. */
export interface AdjustLinesData {
  lines: AdjustLine[];
}

/** The data of a CORRECT_READ decision. */
export interface CorrectReadData {
  reads: { meterId: number; value: string; readOn: CivilDate; source: ReadSource }[];
}
