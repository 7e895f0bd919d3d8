import { addDays, daysBetween, minDate, monthDaysOf, yearOf, type CivilDate } from '../../dates';
import {
  add,
  div,
  min,
  mul,
  ONE,
  parseRational,
  rational,
  roundTo,
  toFractionString,
  ZERO,
  type Rational,
  type RoundingMode,
} from '../../rational';
import type { Step } from '../../step';
import { numberOf } from '../rate/figures';
import { methodOf, type BillEvent, type Proration, type ProrationMethod } from '../rate/rate-version';

/** Who is billed for the day on which one holder stops and the next starts (domain.md rule 5, ours). */
export type HandoverDayTo = 'OUTGOING' | 'INCOMING';

/** A period of billed days, the day after lastBilledThrough to through. */
export interface BilledPeriod {
  lastBilledThrough: CivilDate;
  through: CivilDate;
}

/**
 * The last day billed to a holder who stops on that date: the date itself, or the day before where the handover day is
 * the newcomer's (domain.md rule 5). Of a start date it is the last day NOT billed to that holder, the
 * lastBilledThrough of a first bill, so that no day is billed twice.
 */
export const billedThrough = (stopOn: CivilDate, handoverDayTo: HandoverDayTo): CivilDate =>
  handoverDayTo === 'OUTGOING' ? stopOn : addDays(stopOn, -1);

/**
 * Days after lastBilledThrough up to and including through; negative when more was already billed (domain.md rule 5).
 */
export const billedDays = (lastBilledThrough: CivilDate, through: CivilDate): number =>
  daysBetween(lastBilledThrough, through);

/**
 * days billed, the days of the cycle for ACTUAL and its months (1 unless given) for divisors of one month, the days
 * between the reads (days unless given) for PRORATE_BY_READ_DATE, the dates for MONTH_DAYS, and how a printed factor is
 * rounded (domain.md rule 21).
 */
export interface ProrationQuestion {
  days: number;
  periodDays: number;
  months?: string;
  readDays?: number;
  proration: Proration;
  event: BillEvent;
  period?: BilledPeriod;
  factorRounding?: { places: number; mode: RoundingMode };
}

/** factor is f of rule 8; base (also for flat charges) and minimum are what rule 7's method leaves to these charges. */
export interface ProrationFactors {
  factor: Rational;
  base: Rational;
  minimum: Rational;
  /** The days that are divided: those billed, without the first or last where it does not count (rule 25). */
  countedDays: number;
  /** The years that these days are (rules 23 and 24). */
  years: Rational;
  step: Step;
}

/**
 * The factors of a whole period (domain.md rules 6 to 8 and 25). Usage is never scaled by them, whatever the method. No
 * day billed means no fixed charge, even under BILL_FULL: the day was on another bill.
 */
export function prorationFactor(question: ProrationQuestion): ProrationFactors {
  const { days, readDays, proration, event } = question;
  const method = methodOf(proration, event);
  const countedDays = counted(days, proration);
  const factor = dayFactor(countedDays, question);
  const whole = days === 0 ? ZERO : ONE;
  const read = readDays ?? days;
  const scaled = (): Record<'base' | 'minimum', Rational> => {
    switch (method) {
      case 'BILL_FULL':
        return { base: whole, minimum: whole };
      case 'BILL_NOTHING':
        return { base: ZERO, minimum: ZERO };
      case 'PRORATE_BASE_AND_MIN':
        return { base: factor, minimum: factor };
      case 'PRORATE_BY_READ_DATE':
        return {
          base: days === 0 ? ZERO : dayFactor(counted(read, proration), { ...question, period: undefined }),
          minimum: whole,
        };
      case 'PRORATE_MIN':
        return { base: whole, minimum: factor };
      case 'STEP': {
        const step = days === 0 ? ZERO : stepFactor(countedDays, proration);
        return { base: step, minimum: step };
      }
    }
  };
  const { base, minimum } = scaled();
  return {
    factor,
    base,
    minimum,
    countedDays,
    years: yearsOf(countedDays, question),
    step: stepOf({ question, method, countedDays, read, factor, base, minimum }),
  };
}

function stepOf({
  question: { periodDays, months, proration, factorRounding },
  method,
  countedDays,
  read,
  factor,
  base,
  minimum,
}: {
  question: ProrationQuestion;
  method: ProrationMethod;
  countedDays: number;
  read: number;
  factor: Rational;
  base: Rational;
  minimum: Rational;
}): Step {
  const divisor =
    proration.divisor === 'MONTH_DAYS'
      ? 'the days of each month'
      : toFractionString(divisorOf(proration, periodDays, months));
  const values = {
    method,
    days: `${countedDays}`,
    divisor,
    factor: toFractionString(factor),
    base: toFractionString(base),
    minimum: toFractionString(minimum),
    ...(method === 'PRORATE_BY_READ_DATE' && { readDays: `${read}` }),
    ...(factorRounding && { factorPlaces: `${factorRounding.places}`, mode: factorRounding.mode }),
  };
  return { rule: 'rule 8', text: `${countedDays} days billed over ${divisor}, by method ${method}`, values };
}

/** The days that count: a day that does not count is never more than there is (domain.md rule 25). */
function counted(days: number, { countFirst = true, countLast = true }: Proration): number {
  const left = days - (countFirst ? 0 : 1) - (countLast ? 0 : 1);
  return days === 0 ? 0 : Math.max(left, 0);
}

function dayFactor(days: number, question: ProrationQuestion): Rational {
  const { tolerance, capAtOne } = question.proration;
  if (tolerance && tolerance.fromDays <= days && days <= tolerance.toDays) return ONE;
  const exact = exactFactor(days, question);
  const { factorRounding } = question;
  const factor = factorRounding ? roundTo(exact, factorRounding.places, factorRounding.mode) : exact;
  return capAtOne ? min(factor, ONE) : factor;
}

/** MONTH_DAYS needs the dates: between reads, which have none here, the cycle's days stand for the month's. */
function exactFactor(days: number, { proration, periodDays, months = '1', period }: ProrationQuestion): Rational {
  if (proration.divisor === 'MONTH_DAYS' && period) return div(monthsIn(period, proration), parseRational(months));
  return div(rational(days), divisorOf(proration, periodDays, months));
}

/** The days that are one cycle: a month's times the months, where the divisor is of one month. */
function divisorOf({ divisor, normalDays }: Proration, periodDays: number, months = '1'): Rational {
  return {
    AVERAGE_DAYS: rational(normalDays),
    FIXED_30: mul(rational(30), parseRational(months)),
    ACTUAL: rational(periodDays),
    YEAR_TWELFTH: mul(rational(365n, 12n), parseRational(months)),
    MONTH_DAYS: rational(periodDays),
  }[divisor];
}

function yearsOf(countedDays: number, { proration, period }: ProrationQuestion): Rational {
  if (proration.yearDays !== 'ACTUAL' || !period) return rational(countedDays, 365);
  return partsOf(period, proration, (day) => ({ days: yearOf(day).days, end: `${day.slice(0, 4)}-12-31` }));
}

/** Each day counts as its part of its calendar month: 15 June to 14 July is 16/30 + 14/31. */
const monthsIn = (period: BilledPeriod, proration: Proration): Rational =>
  partsOf(period, proration, (day) => {
    const days = monthDaysOf(day);
    return { days, end: addDays(day, days - Number(day.slice(8))) };
  });

/** The days that count, each as its part of the month or year that it lies in and that ends on `end`. */
function partsOf(
  { lastBilledThrough, through }: BilledPeriod,
  { countFirst = true, countLast = true }: Proration,
  spanOf: (day: CivilDate) => { days: number; end: CivilDate },
): Rational {
  const last = countLast ? through : addDays(through, -1);
  let parts = ZERO;
  for (let day = addDays(lastBilledThrough, countFirst ? 1 : 2); day <= last;) {
    const span = spanOf(day);
    const end = minDate(span.end, last);
    parts = add(parts, rational(daysBetween(day, end) + 1, span.days));
    day = addDays(end, 1);
  }
  return parts;
}

/** The factor of the first step that these days do not pass; needs a version without refusals (domain.md rule 6). */
function stepFactor(days: number, { steps = [] }: Proration): Rational {
  const step = steps.find(({ throughDays }) => throughDays === null || days <= throughDays);
  return step ? numberOf(step.factor) : ONE;
}
