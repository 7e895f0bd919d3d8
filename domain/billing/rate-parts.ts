import { addDays, daysBetween, maxDate, minDate, type CivilDate } from '../dates';
import { ONE, rational, type Rational } from '../rational';
import type { Refusal } from '../refusal';
import type { RateVersion } from './rate-version';

/** The days of a period under one version, first and last included; share is its part of the period's days. */
export interface RatePart {
  version: RateVersion;
  from: CivilDate;
  through: CivilDate;
  days: number;
  share: Rational;
}

/** A period of billed days, the day after lastBilledThrough to through. */
export interface BilledPeriod {
  lastBilledThrough: CivilDate;
  through: CivilDate;
}

/**
 * Why sorted versions do not give every day of the period exactly one price, or null. Codes RATE_MISSING, RATE_OVERLAP,
 * RATE_GAP.
 */
export function refuseRateParts(versions: RateVersion[], period: BilledPeriod): Refusal | null {
  if (versions.length === 0) return { code: 'RATE_MISSING', message: 'The service has no rate' };
  for (const [i, { effectiveTo }] of versions.entries()) {
    const next = versions[i + 1];
    const start = versions[i]?.effectiveFrom ?? '';
    if (next && (next.effectiveFrom <= start || (effectiveTo && effectiveTo > next.effectiveFrom)))
      return {
        code: 'RATE_OVERLAP',
        message: `Two versions of the rate apply on ${next.effectiveFrom}`,
        pointer: `/${i + 1}/effectiveFrom`,
      };
  }
  const days = daysBetween(period.lastBilledThrough, period.through);
  const priced = rateParts(versions, period).reduce((total, part) => total + part.days, 0);
  return priced === days
    ? null
    : { code: 'RATE_GAP', message: `${days - priced} of the ${days} days have no version of the rate` };
}

/**
 * Splits the period by effective date (domain.md rule 11). Part days add up to the period's, so do the shares to 1. A
 * period without a day is one part of share 1 under the version in force on its last billed day, else the first: usage
 * may still be left to price. Needs a null refuseRateParts.
 */
export function rateParts(versions: RateVersion[], { lastBilledThrough, through }: BilledPeriod): RatePart[] {
  const total = daysBetween(lastBilledThrough, through);
  const first = addDays(lastBilledThrough, 1);
  if (total === 0) {
    const version = [...versions].reverse().find(({ effectiveFrom }) => effectiveFrom <= through) ?? versions[0];
    return version ? [{ version, from: first, through, days: 0, share: ONE }] : [];
  }
  return versions.flatMap((version, i) => {
    const from = maxDate(first, version.effectiveFrom);
    const end = version.effectiveTo ?? versions[i + 1]?.effectiveFrom;
    const last = end ? minDate(through, addDays(end, -1)) : through;
    const days = daysBetween(from, last) + 1;
    return days > 0 ? [{ version, from, through: last, days, share: rational(days, total) }] : [];
  });
}
