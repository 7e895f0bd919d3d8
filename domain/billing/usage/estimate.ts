import { addMonths, daysBetween, maxDate, minDate, type CivilDate } from '../../dates';
import {
  add,
  compare,
  div,
  mul,
  parseRational,
  rational,
  roundTo,
  sub,
  sum,
  toDecimalString,
  type Rational,
} from '../../rational';
import type { Refusal } from '../../refusal';
import type { Step } from '../../step';

/** A read at a date; the value in register units, a decimal string of up to 3 places. */
export interface DatedRead {
  readOn: CivilDate;
  value: string;
}

/** What was used between two reads, in register units times the multiplier, a decimal. */
export interface PastUsage {
  from: CivilDate;
  to: CivilDate;
  usage: string;
}

/** How far back the mean looks (domain.md rule 4). */
export type MeanMonths = 3 | 12;

/** What was used a day on average, and on how many days that rests. */
export interface DailyMean {
  perDay: Rational;
  days: number;
}

const PLACES = 3;

/**
 * The read of a day between two reads, along a straight line, to 3 places: r(d) = r0 + (r1 - r0) * (d - d0) / (d1 - d0)
 * (domain.md rule 4; its source is SYSTEM_PRORATED). Needs d0 <= d < d1; a rolled-over register adds 10^dials to r1.
 */
export function prorateRead(before: DatedRead, after: DatedRead, day: CivilDate, dials: number): string {
  const r0 = parseRational(before.value);
  const read = parseRational(after.value);
  const r1 = compare(read, r0) < 0 ? add(read, registerSize(dials)) : read;
  const share = div(rational(daysBetween(before.readOn, day)), rational(daysBetween(before.readOn, after.readOn)));
  return onRegister(add(r0, mul(sub(r1, r0), share)), dials);
}

/**
 * The mean usage of a day over the months that end on a day, by days: usage that began before them counts by its days
 * inside (domain.md rule 4). Null where no day of them is known.
 */
export function meanPerDay(past: readonly PastUsage[], until: CivilDate, months: MeanMonths): DailyMean | null {
  const since = addMonths(until, -months);
  const parts = past.flatMap(({ from, to, usage }) => {
    const days = daysBetween(maxDate(from, since), minDate(to, until));
    return days > 0 ? [{ days, usage: mul(parseRational(usage), rational(days, daysBetween(from, to))) }] : [];
  });
  const days = parts.reduce((total, part) => total + part.days, 0);
  return days === 0 ? null : { perDay: div(sum(parts.map(({ usage }) => usage)), rational(days)), days };
}

/** A last read that goes on by the mean to a day; multiplier as on the meter. */
export interface EstimateQuestion {
  last: DatedRead;
  day: CivilDate;
  mean: DailyMean;
  months: MeanMonths;
  dials: number;
  multiplier: string;
}

/** The read that a meter is taken to show, with its working. */
export interface EstimatedRead {
  value: string;
  rollover: boolean;
  steps: Step[];
}

/**
 * The read of a day after the last one, by the mean usage of a day, to 3 places (domain.md rule 4; its source is
 * ESTIMATED). Needs a null refuseEstimate.
 */
export function estimateRead(question: EstimateQuestion): EstimatedRead {
  const { last, day, mean, months, dials, multiplier } = question;
  const from = parseRational(last.value);
  const value = onRegister(add(from, registerUnits(question)), dials);
  const values = {
    ...{ lastRead: last.value, readOn: last.readOn, days: `${daysBetween(last.readOn, day)}` },
    ...{ months: `${months}`, knownDays: `${mean.days}`, perDay: toDecimalString(mean.perDay, 10), multiplier, value },
  };
  const text = 'No read: the last one and the mean usage of a day, times the days since';
  const steps = [{ rule: 'rule 4', text, values }];
  return { value, rollover: compare(parseRational(value), from) < 0, steps };
}

/** Why no read can be estimated, or null: a register that would turn more than once tells nothing. */
export function refuseEstimate(question: EstimateQuestion): Refusal | null {
  const isTooFar = compare(registerUnits(question), registerSize(question.dials)) >= 0;
  return isTooFar
    ? { code: 'ESTIMATE_TOO_FAR', message: `The meter would turn more than once by ${question.day}` }
    : null;
}

/** Usage between two reads beside the mean; bounds: how many times the mean it may at least and at most be, decimals. */
export interface UsageBesideMean {
  usage: string;
  days: number;
  mean: DailyMean;
  atLeast: string;
  atMost: string;
}

/**
 * What is to be said of a customer's own read, or null: usage far from the customer's average is most often a wrong
 * digit (domain.md rule 4). A warning: whoever was away used nothing.
 */
export function unusualUsage({ usage, days, mean, atLeast, atMost }: UsageBesideMean): Refusal | null {
  const used = parseRational(usage);
  const expected = mul(mean.perDay, rational(days));
  const isBelow = compare(used, mul(expected, parseRational(atLeast))) < 0;
  const isAbove = compare(used, mul(expected, parseRational(atMost))) > 0;
  if (!isBelow && !isAbove) return null;
  const beside = `${toDecimalString(expected, 1)} would be usual for ${days} days`;
  return { code: 'USAGE_UNUSUAL', message: `The read means a usage of ${usage}; ${beside}` };
}

const registerSize = (dials: number): Rational => rational(10n ** BigInt(dials));

const registerUnits = ({ last, day, mean, multiplier }: EstimateQuestion): Rational =>
  div(mul(mean.perDay, rational(daysBetween(last.readOn, day))), parseRational(multiplier));

/** Rounded first: what rounds up to the register's size shows 0. */
function onRegister(exact: Rational, dials: number): string {
  const rounded = roundTo(exact, PLACES, 'HALF_UP');
  const size = registerSize(dials);
  return toDecimalString(compare(rounded, size) >= 0 ? sub(rounded, size) : rounded, PLACES);
}
