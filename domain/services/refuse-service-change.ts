import { addDays, type CivilDate } from '../dates';
import { formatCents, type Cents } from '../money';
import { compare, parseRational } from '../rational';
import type { Refusal } from '../refusal';
import type { ApprovalReason } from '../settings';
import type { AgreementStatus } from '../states';

/** A service that an active account gets more; it begins at once, today or some days back. */
export function refuseAdd(about: {
  startOn: CivilDate;
  today: CivilDate;
  maxBackDays: number;
  accountStartOn: CivilDate;
  pointer: string;
}): Refusal | null {
  const { startOn, today, maxBackDays, accountStartOn } = about;
  const pointer = `${about.pointer}/connectDate`;
  const earliest = addDays(today, -maxBackDays);
  if (startOn > today)
    return { code: 'CONNECT_IN_FUTURE', message: `A service begins by ${today} at the latest`, pointer };
  if (startOn < earliest)
    return { code: 'START_TOO_FAR_BACK', message: `The start may be ${earliest} at the earliest`, pointer };
  if (startOn < accountStartOn)
    return { code: 'CONNECT_BEFORE_START', message: `The account began on ${accountStartOn}`, pointer };
  return null;
}

/**
 * Other terms of a service. An agreement has one rate, quantity and frequency, so they hold for all of its unbilled days:
 * the change is as of the first of these (ours).
 */
export function refuseChange(about: {
  status: AgreementStatus;
  startOn: CivilDate;
  lastBilledThrough: CivilDate | null;
  effectiveOn: CivilDate;
  pointer: string;
}): Refusal | null {
  const { status, startOn, lastBilledThrough, effectiveOn, pointer } = about;
  if (status !== 'ACTIVE') return { code: 'SERVICE_NOT_ACTIVE', message: `The service is ${status}`, pointer };
  const first = lastBilledThrough === null ? startOn : addDays(lastBilledThrough, 1);
  if (effectiveOn === first) return null;
  const message = `The terms change as of ${first}, the first day that is not billed: bill through the day before, or give that day`;
  return { code: 'CHANGE_NEEDS_BILL', message, pointer: `${pointer}/effectiveOn` };
}

/**
 * A service that one of several ends with. Never billed and not metered it is taken back; else it stops on a day, as in a
 * move-out of that service alone, and is billed to it by the next periodic bill or the account's final one.
 */
export function refuseRemove(about: {
  status: AgreementStatus;
  metered: boolean;
  startOn: CivilDate;
  lastBilledThrough: CivilDate | null;
  isLast: boolean;
  stopDate: CivilDate | null;
  today: CivilDate;
  maxBackDays: number;
  pointer: string;
}): Refusal | null {
  const { status, metered, startOn, lastBilledThrough, isLast, stopDate, today, maxBackDays } = about;
  const refuse = (code: string, message: string, field = ''): Refusal => ({
    ...{ code, message, pointer: `${about.pointer}${field}` },
  });
  if (status !== 'ACTIVE') return refuse('SERVICE_NOT_ACTIVE', `The service is ${status}`);
  if (isLast) return refuse('LAST_SERVICE', 'An account keeps a service; move the customer out');
  if (stopDate === null) {
    const message = 'Say on which day the service stops: it is metered, or was billed';
    return metered || lastBilledThrough !== null ? refuse('STOP_DATE_MISSING', message, '/stopDate') : null;
  }
  if (stopDate > today) return refuse('STOP_IN_FUTURE', `Today is ${today}`, '/stopDate');
  const earliest = addDays(today, -maxBackDays);
  if (stopDate < earliest)
    return refuse('STOP_TOO_FAR_BACK', `The stop may be ${earliest} at the earliest`, '/stopDate');
  if (stopDate < startOn) return refuse('STOP_BEFORE_START', `The service began on ${startOn}`, '/stopDate');
  if (lastBilledThrough !== null && stopDate < lastBilledThrough)
    return refuse('BILLED_PAST_STOP', `The service is billed through ${lastBilledThrough}`, '/stopDate');
  return null;
}

/** A service that begins so far back, or without the deposit that is asked for it, is a supervisor's to add. */
export function refuseUnseenAdd(about: {
  startOn: CivilDate;
  today: CivilDate;
  backDaysWithoutApproval: number;
  /** What policy asks for the service and the account has not given; 0 is nothing. */
  depositCents: Cents;
  approvalFor: readonly ApprovalReason[];
  isSupervisor: boolean;
  pointer: string;
}): Refusal | null {
  const { startOn, today, backDaysWithoutApproval, depositCents, approvalFor, isSupervisor, pointer } = about;
  if (isSupervisor) return null;
  const code = 'TERMS_NEED_SUPERVISOR';
  const earliest = addDays(today, -backDaysWithoutApproval);
  if (startOn < earliest && approvalFor.includes('BACK_DATED'))
    return { code, message: `A supervisor adds what begins before ${earliest}`, pointer: `${pointer}/connectDate` };
  if (depositCents === 0 || !approvalFor.includes('DEPOSIT')) return null;
  const asked = `A deposit of ${formatCents(depositCents)} is asked for it`;
  return { code, message: `${asked}: a supervisor adds it without one`, pointer };
}

interface Terms {
  quantity: string;
  units: string;
}

/** Terms beside the usual ones are a supervisor's to give, where a set-up would have to be approved for them. */
export function refuseTerms(about: {
  after: Terms & { rateId: number };
  before: Terms & { rateId: number | null };
  /** What the rate looks up is to be other than before. */
  otherPriceTerms?: boolean;
  approvalFor: readonly ApprovalReason[];
  isSupervisor: boolean;
  pointer: string;
}): Refusal | null {
  const { after, before, otherPriceTerms = false, approvalFor, isSupervisor, pointer } = about;
  if (isSupervisor) return null;
  const differs = (a: string, b: string) => compare(parseRational(a), parseRational(b)) !== 0;
  const isOtherRate = before.rateId !== null && after.rateId !== before.rateId;
  const isOtherCount = differs(after.quantity, before.quantity) || differs(after.units, before.units);
  const refuse = (what: string, field: string): Refusal => ({
    ...{ code: 'TERMS_NEED_SUPERVISOR', message: `A supervisor changes the ${what}`, pointer: `${pointer}/${field}` },
  });
  if (isOtherRate && approvalFor.includes('RATE')) return refuse('rate', 'rateCode');
  if (otherPriceTerms && approvalFor.includes('UNITS')) return refuse('attributes and measures', 'priceTerms');
  return isOtherCount && approvalFor.includes('UNITS') ? refuse('quantity and units', 'quantity') : null;
}
