import { addDays, daysBetween, type CivilDate } from '../dates';
import { min, ONE, rational, toFractionString, ZERO, type Rational } from '../rational';
import type { Step } from '../step';
import type { Proration } from './rate-version';

/** Who is billed for the day on which one holder stops and the next starts (domain.md rule 5, ours). */
export type HandoverDayTo = 'OUTGOING' | 'INCOMING';

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
 * days billed, the days of the cycle for ACTUAL, and the days between the reads (days unless given) for
 * PRORATE_BY_READ_DATE.
 */
export interface ProrationQuestion {
  days: number;
  periodDays: number;
  readDays?: number;
  proration: Proration;
  event: 'NEW_CONNECT' | 'FINAL_DISCONNECT';
}

/** factor is f of rule 8; base (also for flat charges) and minimum are what rule 7's method leaves to these charges. */
export interface ProrationFactors {
  factor: Rational;
  base: Rational;
  minimum: Rational;
  step: Step;
}

/**
 * The factors of a whole period (domain.md rules 7 and 8). Usage is never scaled by them, whatever the method. No day
 * billed means no fixed charge, even under BILL_FULL: the day was on another bill.
 */
export function prorationFactor({
  days,
  periodDays,
  readDays = days,
  proration,
  event,
}: ProrationQuestion): ProrationFactors {
  const method = event === 'NEW_CONNECT' ? proration.newConnect : proration.finalDisconnect;
  const divisor = { AVERAGE_DAYS: proration.normalDays, FIXED_30: 30, ACTUAL: periodDays }[proration.divisor];
  const factor = dayFactor(days, divisor, proration);
  const whole = days === 0 ? ZERO : ONE;
  const { base, minimum } = {
    BILL_FULL: { base: whole, minimum: whole },
    BILL_NOTHING: { base: ZERO, minimum: ZERO },
    PRORATE_BASE_AND_MIN: { base: factor, minimum: factor },
    PRORATE_BY_READ_DATE: { base: days === 0 ? ZERO : dayFactor(readDays, divisor, proration), minimum: whole },
    PRORATE_MIN: { base: whole, minimum: factor },
  }[method];
  const values = {
    method,
    days: `${days}`,
    divisor: `${divisor}`,
    factor: toFractionString(factor),
    base: toFractionString(base),
    minimum: toFractionString(minimum),
    ...(method === 'PRORATE_BY_READ_DATE' && { readDays: `${readDays}` }),
  };
  return {
    factor,
    base,
    minimum,
    step: { rule: 'rule 8', text: `${days} days billed over ${divisor}, by method ${method}`, values },
  };
}

function dayFactor(days: number, divisor: number, { tolerance, capAtOne }: Proration): Rational {
  if (tolerance && tolerance.fromDays <= days && days <= tolerance.toDays) return ONE;
  const factor = rational(days, divisor);
  return capAtOne ? min(factor, ONE) : factor;
}
