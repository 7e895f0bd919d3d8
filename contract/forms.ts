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

/** The data of a CORRECT_READ decision. */
export interface CorrectReadData {
  reads: { meterId: number; value: string; readOn: CivilDate; source: ReadSource }[];
}
