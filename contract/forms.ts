import type { CivilDate } from '../domain/dates';
import type { NewTenant, PaymentMethod, ReadSource, StopReason } from '../domain/states';

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
  applyTo: 'ACCOUNT';
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
