import { addDays, type CivilDate } from '../dates';
import type { ServiceOrderType } from '../states';

/**
 * The kinds of order that an account can have beside its cases: a read between the rounds, supply on or off for a while.
 * Shutting off for debt is no order of a clerk's alone, and a meter exchange is work of its own.
 */
export const ACCOUNT_ORDERS = ['READ_IN', 'TURN_ON', 'TURN_OFF'] as const satisfies readonly ServiceOrderType[];

/** A calendar without a workday for this long is a mistake, not a holiday. */
const LONGEST_CLOSED_DAYS = 366;

/**
 * When an order for a start is due by the office's calendar (domain.md row S15): so many workdays from today, but never
 * after a start that is still to come; for a start further ahead on that day, or on the last workday before it.
 */
export function orderDueOn(asked: {
  today: CivilDate;
  /** Null: it is for no start. */
  startOn: CivilDate | null;
  /** How many workdays after today; 0 is today, or the next workday where the office is closed. */
  workdays: number;
  isOpen: (day: CivilDate) => boolean;
}): CivilDate {
  const { today, startOn, workdays, isOpen } = asked;
  const soonest = nthWorkday(today, workdays, isOpen);
  if (startOn === null || startOn < today) return soonest;
  if (startOn <= soonest) return startOn;
  let due = startOn;
  while (!isOpen(due) && due > soonest) due = addDays(due, -1);
  return due;
}

function nthWorkday(today: CivilDate, n: number, isOpen: (day: CivilDate) => boolean): CivilDate {
  let day = n === 0 ? today : addDays(today, 1);
  for (let [left, closed] = [Math.max(n, 1), 0]; closed <= LONGEST_CLOSED_DAYS; day = addDays(day, 1)) {
    if (!isOpen(day)) closed += 1;
    else if (--left === 0) return day;
    else closed = 0;
  }
  // The office is closed for good: the field is not.
  return addDays(today, n);
}
