import { compareDates, type CivilDate } from '../dates';
import type { Refusal } from '../refusal';
import type { AccountStatus } from '../states';

/** What is asked about, beside what the office knows of the account. */
export interface QuoteRequest {
  accountStatus: AccountStatus;
  startOn: CivilDate;
  /** The stop date that is set, or null. */
  setStopOn: CivilDate | null;
  /** The latest day that any of the account's services was billed through, or null. */
  lastBilledThrough: CivilDate | null;
  stopOn: CivilDate;
}

const BILLABLE: readonly AccountStatus[] = ['ACTIVE', 'PENDING_STOP', 'FINAL_PENDING'];

/**
 * Why no final bill can be estimated for this date, or null. Unlike a move-out it may lie as far back or ahead as the
 * service and its bills allow.
 */
export function refuseQuote(request: QuoteRequest): Refusal | null {
  const { accountStatus, startOn, setStopOn, lastBilledThrough, stopOn } = request;
  if (!BILLABLE.includes(accountStatus))
    return { code: 'ACCOUNT_NOT_ACTIVE', message: `The account is ${accountStatus}: no final bill is to come` };
  // What a move-out has accepted, its bill is drafted for.
  if (stopOn === setStopOn) return null;
  const pointer = '#/stopOn';
  if (accountStatus === 'FINAL_PENDING')
    return { code: 'STOP_IS_SET', message: `Every service has stopped, the account on ${setStopOn}`, pointer };
  if (compareDates(startOn, stopOn) >= 0)
    return { code: 'STOP_BEFORE_START', message: `Service began on ${startOn}`, pointer };
  if (lastBilledThrough !== null && compareDates(lastBilledThrough, stopOn) >= 0) {
    const message = `The account is billed through ${lastBilledThrough}; a stop on ${stopOn} would bill days twice`;
    return { code: 'BILLED_PAST_STOP', message, pointer };
  }
  return null;
}
