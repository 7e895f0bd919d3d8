import type { CivilDate, MonthDay } from '../domain/dates';
import type { SET_UP_ORDERS } from '../domain/onboarding/refuse-set-up';
import type { AccountRole, ApplyTo, NewTenant, PaymentMethod, ReadSource, StopReason } from '../domain/states';

/** What the API freezes as a draft revision and the opening step reads: the forms never travel through Temporal. */
export interface MoveOutForm {
  accountId: number;
  accountNumber: string;
  stopDate: CivilDate;
  vacateDate: CivilDate;
  stopReason: StopReason;
  forwardingAddress: {
    line1: string;
    line2?: string | null;
    city: string;
    state: string;
    postalCode: string;
  } | null;
  newTenant: NewTenant;
}

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
  | { prefix: string | null; first: string | null; middle: string | null; last: string; suffix: string | null }
  | { organization: string };

export interface AddressForm {
  line1: string;
  line2: string | null;
  city: string;
  state: string;
  postalCode: string;
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

/** Setting up a customer at a location (domain.md rows S1 to S12, S15, S16). Dates are the office's. */
export interface OnboardForm {
  customer: { existing: string } | NewCustomerForm;
  location: { existing: string } | { number: string | null; address: AddressForm };
  role: AccountRole;
  /** The account that the form was copied from (row S6). */
  copiedFrom: string | null;
  startDate: CivilDate;
  billCycle: string | null;
  services: {
    serviceCode: string;
    /** Which of the location's points of this service, from 1. */
    position: number;
    rateCode: string;
    units: string;
    frequency: string;
    connectDate: CivilDate | null;
  }[];
  /** Meters to put in: at a new location, or where a point has none. */
  meters: {
    serviceCode: string;
    position: number;
    serial: string;
    dials: number;
    multiplier: string;
    unit: string;
    beginRead: { value: string; readOn: CivilDate } | null;
  }[];
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
  }[];
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

/** The data of a CORRECT_READ decision. */
export interface CorrectReadData {
  reads: { meterId: number; value: string; readOn: CivilDate; source: ReadSource }[];
}
