import { addDays, compareDates, daysBetween, isCivilDate, maxDate, minDate, yearOf, type CivilDate } from '../dates';
import { assertCents, roundToCents, type Cents } from '../money';
import {
  compare,
  div,
  isDecimal,
  mul,
  parseRational,
  rational,
  RoundingMode,
  sum,
  toDecimalString,
  ZERO,
  type Rational,
} from '../rational';
import type { Refusal } from '../refusal';
import type { Step } from '../step';

/** Days of a year of interest: a fixed number, or those of the calendar year each day lies in. */
export type DayBasis = 365 | 360 | 'ACTUAL';

/**
 * How deposits earn interest (domain.md rule 14): yearly percents, each from its date on (none before the first), and
 * the days a deposit must be held to earn any.
 */
export interface InterestPolicy {
  enabled: boolean;
  rateTable: { from: CivilDate; percent: string }[];
  dayBasis: DayBasis;
  minHoldDays: number;
  /** HALF_UP unless given. */
  roundingMode?: RoundingMode;
}

/**
 * A deposit's stretch of interest: the days from `from` to the day before `to`; heldFrom is when it was paid, if that
 * is earlier than `from`.
 */
export interface InterestQuestion extends InterestPolicy {
  depositCents: Cents;
  from: CivilDate;
  to: CivilDate;
  heldFrom?: CivilDate;
}

/**
 * Every problem of an interest policy, with JSON pointers; none means that depositInterest cannot fail for it
 * (domain.md rule 14).
 */
export function refuseInterestPolicy(policy: InterestPolicy): Refusal[] {
  const problems: Refusal[] = [];
  const refuse = (code: string, message: string, pointer: string) => problems.push({ code, message, pointer });
  policy.rateTable.forEach(({ from, percent }, i) => {
    if (!isCivilDate(from)) refuse('INTEREST_DATE', 'The rate needs a date it applies from', `/rateTable/${i}/from`);
    if (!isDecimal(percent))
      refuse('INTEREST_PERCENT', 'The rate is a percent of 0 or more, like 3.00', `/rateTable/${i}/percent`);
    if (policy.rateTable.findIndex((row) => row.from === from) < i)
      refuse('INTEREST_DATE_TWICE', 'Two rates apply from the same date', `/rateTable/${i}/from`);
  });
  if (![365, 360, 'ACTUAL'].includes(policy.dayBasis))
    refuse('INTEREST_DAY_BASIS', 'The day basis is 365, 360 or ACTUAL', '/dayBasis');
  if (!Number.isSafeInteger(policy.minHoldDays) || policy.minHoldDays < 0)
    refuse('INTEREST_MIN_HOLD', 'The days a deposit must be held are a whole number of 0 or more', '/minHoldDays');
  return problems;
}

/**
 * Simple interest in cents, each rate's days apart, rounded once at the end (domain.md rule 14). Needs a policy without
 * refusals and dates of the calendar.
 */
export function depositInterest(question: InterestQuestion): { cents: Cents; steps: Step[] } {
  const { depositCents, from, to, heldFrom, enabled, minHoldDays, roundingMode = RoundingMode.HALF_UP } = question;
  if (!enabled) return { cents: 0, steps: [step('Deposits earn no interest here', {})] };
  const heldDays = daysBetween(heldFrom ? minDate(heldFrom, from) : from, to);
  if (heldDays < minHoldDays) {
    const values = { heldDays: `${heldDays}`, minHoldDays: `${minHoldDays}` };
    return { cents: 0, steps: [step('Not held long enough to earn interest', values)] };
  }
  const segments = interestSegments(question);
  const exact = sum(segments.map(({ exactCents }) => exactCents));
  const cents = roundToCents(exact, roundingMode);
  const steps = segments.map(({ from: start, to: end, days, yearDays, percent, exactCents }) =>
    step(`Deposit times ${percent} percent a year for ${days} of ${yearDays} days`, {
      depositCents: `${depositCents}`,
      from: start,
      to: end,
      days: `${days}`,
      yearDays: `${yearDays}`,
      percent,
      exactCents: toDecimalString(exactCents, 10),
    }),
  );
  const rounding = { exactCents: toDecimalString(exact, 10), cents: `${cents}`, mode: roundingMode };
  return { cents, steps: [...steps, { rule: 'rule 19', text: `Rounded once, ${roundingMode}`, values: rounding }] };
}

/**
 * The interest before rounding, in cents, whatever the minimum holding time: additive over a stretch cut in two
 * (domain.md rule 14).
 */
export const exactInterest = (question: InterestQuestion): Rational =>
  question.enabled ? sum(interestSegments(question).map(({ exactCents }) => exactCents)) : ZERO;

interface Segment {
  from: CivilDate;
  to: CivilDate;
  days: number;
  yearDays: number;
  percent: string;
  exactCents: Rational;
}

/** One segment per rate, and on the ACTUAL basis per calendar year; stretches at 0 percent are left out. */
function interestSegments({ depositCents, from, to, rateTable, dayBasis }: InterestQuestion): Segment[] {
  const rates = [...rateTable].sort((a, b) => compareDates(a.from, b.from));
  return rates.flatMap(({ from: rateFrom, percent }, i) => {
    const next = rates[i + 1];
    const stretch = { from: maxDate(from, rateFrom), to: next ? minDate(to, next.from) : to };
    if (stretch.from >= stretch.to || compare(parseRational(percent), ZERO) === 0) return [];
    return (dayBasis === 'ACTUAL' ? byCalendarYear(stretch) : [stretch]).map((part) => {
      const days = daysBetween(part.from, part.to);
      const yearDays = dayBasis === 'ACTUAL' ? yearOf(part.from).days : dayBasis;
      const yearly = div(mul(rational(assertCents(depositCents)), parseRational(percent)), rational(100n));
      return { ...part, days, yearDays, percent, exactCents: mul(yearly, rational(days, yearDays)) };
    });
  });
}

function byCalendarYear({ from, to }: { from: CivilDate; to: CivilDate }): { from: CivilDate; to: CivilDate }[] {
  const newYear = addDays(`${from.slice(0, 4)}-12-31`, 1);
  return newYear < to ? [{ from, to: newYear }, ...byCalendarYear({ from: newYear, to })] : [{ from, to }];
}

const step = (text: string, values: Record<string, string>): Step => ({ rule: 'rule 14', text, values });
