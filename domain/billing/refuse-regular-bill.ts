import { compareDates, maxDate, type CivilDate } from '../dates';
import type { Refusal } from '../refusal';
import type { AccountStatus } from '../states';
import { billedThrough, type HandoverDayTo } from './price/proration';

/** One service of the account that a periodic bill may bill. */
export interface BillableService {
  serviceCode: string;
  startOn: CivilDate;
  endOn: CivilDate | null;
  lastBilledThrough: CivilDate | null;
}

/** A periodic bill as the city's billing sends it, beside what the office knows of the account. */
export interface RegularBillFacts {
  accountStatus: AccountStatus;
  today: CivilDate;
  handoverDayTo: HandoverDayTo;
  services: BillableService[];
  /** The open move-out whose final bill is drafted already, or null. */
  draftedIn: string | null;
  bill: {
    billedThrough: CivilDate;
    dueOn: CivilDate;
    lines: { serviceCode: string; amountCents: number; taxCents: number }[];
  };
}

const BILLED: readonly AccountStatus[] = ['ACTIVE', 'PENDING_STOP', 'FINAL_PENDING'];

/** The last day that was billed of a service; before its first bill, the day before its first billed day (rule 5). */
export function lastBilledDay({ startOn, lastBilledThrough }: BillableService, to: HandoverDayTo): CivilDate {
  const beforeFirstDay = billedThrough(startOn, to);
  return lastBilledThrough === null ? beforeFirstDay : maxDate(lastBilledThrough, beforeFirstDay);
}

/**
 * Why a periodic bill cannot be taken, or null. While a final bill waits for approval it is blocked: a supervisor may be
 * looking at its days. Codes: ACCOUNT_NOT_BILLED, FINAL_BILL_DRAFTED, BILLED_IN_FUTURE, DUE_BEFORE_BILLED, SERVICE_TWICE,
 * SERVICE_UNKNOWN, DAY_BILLED_TWICE, BILLED_PAST_STOP, BILL_BELOW_ZERO.
 */
export function refuseRegularBill(facts: RegularBillFacts): Refusal | null {
  const { accountStatus, today, draftedIn, bill } = facts;
  if (!BILLED.includes(accountStatus))
    return { code: 'ACCOUNT_NOT_BILLED', message: `The account is ${accountStatus}`, pointer: '#/accountNumber' };
  if (draftedIn !== null)
    return {
      code: 'FINAL_BILL_DRAFTED',
      message: `The final bill is drafted in ${draftedIn}; the days since the last bill are on it`,
      pointer: '#/accountNumber',
    };
  if (compareDates(bill.billedThrough, today) > 0)
    return { code: 'BILLED_IN_FUTURE', message: `Today is ${today}`, pointer: '#/billedThrough' };
  if (compareDates(bill.dueOn, bill.billedThrough) < 0)
    return { code: 'DUE_BEFORE_BILLED', message: 'The bill is due before its last day', pointer: '#/dueOn' };
  for (const i of bill.lines.keys()) {
    const refusal = refuseLine(facts, i);
    if (refusal) return refusal;
  }
  const totalCents = bill.lines.reduce((sum, line) => sum + line.amountCents + line.taxCents, 0);
  if (totalCents < 0)
    return { code: 'BILL_BELOW_ZERO', message: `The lines sum to ${totalCents} cents`, pointer: '#/lines' };
  return null;
}

function refuseLine({ bill, services, handoverDayTo }: RegularBillFacts, i: number): Refusal | null {
  const serviceCode = bill.lines[i]?.serviceCode;
  const pointer = `#/lines/${i}/serviceCode`;
  if (bill.lines.findIndex((line) => line.serviceCode === serviceCode) !== i)
    return { code: 'SERVICE_TWICE', message: 'The bill has this service twice', pointer };
  const billed = services.filter((service) => service.serviceCode === serviceCode);
  if (billed.length === 0)
    return { code: 'SERVICE_UNKNOWN', message: 'The account does not have this service', pointer };
  for (const service of billed) {
    const last = lastBilledDay(service, handoverDayTo);
    if (compareDates(bill.billedThrough, last) <= 0)
      return {
        code: 'DAY_BILLED_TWICE',
        message: `${service.serviceCode} is billed through ${last} already`,
        pointer: '#/billedThrough',
      };
    if (service.endOn !== null && compareDates(bill.billedThrough, billedThrough(service.endOn, handoverDayTo)) > 0)
      return {
        code: 'BILLED_PAST_STOP',
        message: `${service.serviceCode} stops on ${service.endOn}`,
        pointer: '#/billedThrough',
      };
  }
  return null;
}
