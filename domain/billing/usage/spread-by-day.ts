import { daysBetween, maxDate, minDate, type CivilDate } from '../../dates';
import { add, div, mul, parseRational, rational, sum, ZERO, type Rational } from '../../rational';
import { usageOf, type MeterSegment } from './usage';

/** Some days of a period and their share of all its days. */
export interface Days {
  from: CivilDate;
  through: CivilDate;
  share: Rational;
}

/**
 * The share of the usage that falls in each part of the period; the shares add up to 1 as the parts' do. Where every read
 * is dated, a meter's usage is spread evenly over its own days; else all usage over the days of the period (domain.md
 * rules 11 and 26).
 */
export function usageShares(segments: MeterSegment[], parts: Days[]): Rational[] {
  const byDays = parts.map(({ share }) => share);
  const dated = segments.flatMap((segment) =>
    segment.from !== undefined && segment.through !== undefined
      ? [{ from: segment.from, through: segment.through, usage: parseRational(usageOf([segment]).usage) }]
      : [],
  );
  if (dated.length < segments.length) return byDays;
  const weights = parts.map((part) => dated.reduce((total, segment) => add(total, usageIn(part, segment)), ZERO));
  const whole = sum(weights);
  return whole.num === 0n ? byDays : weights.map((weight) => div(weight, whole));
}

function usageIn({ from, through }: Days, segment: { from: CivilDate; through: CivilDate; usage: Rational }): Rational {
  const here = daysBetween(maxDate(from, segment.from), minDate(through, segment.through)) + 1;
  const all = daysBetween(segment.from, segment.through) + 1;
  return mul(segment.usage, rational(Math.max(here, 0), all));
}
