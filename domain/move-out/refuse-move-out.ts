import { addDays, compareDates, type CivilDate } from '../dates';
import type { Refusal } from '../refusal';
import type { AccountStatus } from '../states';

/** What a move-out is asked for, beside what the office knows of the account. */
export interface MoveOutRequest {
  accountStatus: AccountStatus;
  startOn: CivilDate;
  /** The latest day that any of the account's services was billed through, or null. */
  lastBilledThrough: CivilDate | null;
  stopOn: CivilDate;
  vacateOn: CivilDate;
  today: CivilDate;
  maxBackDays: number;
  maxFutureDays: number;
}

/** Everything that stands against this move-out, in the order a clerk would look at it; empty when it can go ahead. */
export function refuseMoveOut(request: MoveOutRequest): Refusal[] {
  const { accountStatus, startOn, lastBilledThrough, stopOn, vacateOn, today, maxBackDays, maxFutureDays } = request;
  const blockers: Refusal[] = [];
  const block = (holds: boolean, code: string, message: string, pointer: string) => {
    if (!holds) blockers.push({ code, message, pointer });
  };
  block(
    accountStatus === 'ACTIVE',
    'ACCOUNT_NOT_ACTIVE',
    `The account is ${accountStatus}; only an ACTIVE account can be moved out`,
    '#/accountNumber',
  );
  block(compareDates(startOn, stopOn) < 0, 'STOP_BEFORE_START', `Service began on ${startOn}`, '#/stopDate');
  block(
    lastBilledThrough === null || compareDates(lastBilledThrough, stopOn) < 0,
    'BILLED_PAST_STOP',
    `The account is billed through ${lastBilledThrough}; a stop on ${stopOn} would bill days twice`,
    '#/stopDate',
  );
  const earliest = addDays(today, -maxBackDays);
  const latest = addDays(today, maxFutureDays);
  block(stopOn >= earliest, 'STOP_TOO_FAR_BACK', `The stop date may be ${earliest} at the earliest`, '#/stopDate');
  block(stopOn <= latest, 'STOP_TOO_FAR_AHEAD', `The stop date may be ${latest} at the latest`, '#/stopDate');
  block(vacateOn >= startOn, 'VACATE_BEFORE_START', `Service began on ${startOn}`, '#/vacateDate');
  return blockers;
}
