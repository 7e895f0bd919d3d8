import { addDays, daysBetween, inSeason, maxDate, minDate, type CivilDate } from '../../dates';
import { ONE, rational, roundTo, sub, type Rational } from '../../rational';
import type { Refusal } from '../../refusal';
import type { Change, RateVersion } from '../rate/rate-version';
import type { BilledPeriod } from './proration';

export type { BilledPeriod } from './proration';

/**
 * The days of a period under one version and in one season (null: in none), first and last included; share is its part
 * of the period's days.
 */
export interface RatePart {
  version: RateVersion;
  season: string | null;
  from: CivilDate;
  through: CivilDate;
  days: number;
  share: Rational;
  /** The share as it is, where `share` is one that is printed rounded: amounts for a day are for whole days. */
  dayShare?: Rational;
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
  const priced = versionParts(versions, period).reduce((total, part) => total + part.days, 0);
  return priced === days
    ? null
    : { code: 'RATE_GAP', message: `${days - priced} of the ${days} days have no version of the rate` };
}

/** What a version that says nothing about changes means. */
const BY_DAYS = { by: 'DAYS', bounds: 'SHARE', lines: 'EACH' } as const;

/** How the period is divided: as its last version says (domain.md rule 26). */
export const changeOf = (parts: RatePart[]): Required<Change> => ({ ...BY_DAYS, ...parts.at(-1)?.version.change });

/**
 * Splits the period by effective date and season (domain.md rules 11 and 26). Part days add up to the period's, so do the
 * shares to 1. A period without a day is one part of share 1 under the version in force on its last billed day, else the
 * first: usage may still be left to price. Needs a null refuseRateParts.
 */
export function rateParts(versions: RateVersion[], period: BilledPeriod): RatePart[] {
  const parts = withPrintedShares(versionParts(versions, period).flatMap((part) => seasonParts(part, period)));
  const { by } = changeOf(parts);
  const ruling = by === 'FIRST_DAY' ? parts[0] : parts.at(-1);
  if (by === 'DAYS' || parts.length < 2 || !ruling) return parts;
  const { lastBilledThrough, through } = period;
  const days = daysBetween(lastBilledThrough, through);
  return [{ ...ruling, from: addDays(lastBilledThrough, 1), through, days, share: ONE }];
}

/** What the days of a part are of all days. */
export const dayShareOf = ({ share, dayShare = share }: RatePart): Rational => dayShare;

/** Shares rounded as the last version prints factors; the last part has the rest (domain.md rule 21). */
function withPrintedShares(parts: RatePart[]): RatePart[] {
  const { factorPlaces, mode } = parts.at(-1)?.version.rounding ?? {};
  if (parts.length < 2 || factorPlaces === undefined || mode === undefined) return parts;
  let left = ONE;
  return parts.map((part, i) => {
    const share = i === parts.length - 1 ? left : roundTo(part.share, factorPlaces, mode);
    left = sub(left, share);
    return { ...part, share, dayShare: part.share };
  });
}

function versionParts(versions: RateVersion[], { lastBilledThrough, through }: BilledPeriod): RatePart[] {
  const total = daysBetween(lastBilledThrough, through);
  const first = addDays(lastBilledThrough, 1);
  if (total === 0) {
    const version = [...versions].reverse().find(({ effectiveFrom }) => effectiveFrom <= through) ?? versions[0];
    return version ? [{ version, season: seasonOn(version, through), from: first, through, days: 0, share: ONE }] : [];
  }
  return versions.flatMap((version, i) => {
    const from = maxDate(first, version.effectiveFrom);
    const end = version.effectiveTo ?? versions[i + 1]?.effectiveFrom;
    const last = end ? minDate(through, addDays(end, -1)) : through;
    const days = daysBetween(from, last) + 1;
    return days > 0
      ? [{ version, season: seasonOn(version, from), from, through: last, days, share: rational(days, total) }]
      : [];
  });
}

/** A version's days, split where a season begins or ends that a charge of it names. */
function seasonParts(part: RatePart, { lastBilledThrough, through }: BilledPeriod): RatePart[] {
  const { version } = part;
  if (part.days === 0 || !version.charges.some(({ seasons }) => seasons)) return [part];
  const total = daysBetween(lastBilledThrough, through);
  const parts: RatePart[] = [];
  for (let from = part.from; from <= part.through;) {
    const season = seasonOn(version, from);
    let last = from;
    while (last < part.through && seasonOn(version, addDays(last, 1)) === season) last = addDays(last, 1);
    const days = daysBetween(from, last) + 1;
    parts.push({ version, season, from, through: last, days, share: rational(days, total) });
    from = addDays(last, 1);
  }
  return parts;
}

const seasonOn = ({ seasons = [] }: RateVersion, day: CivilDate): string | null =>
  seasons.find(({ from, to }) => inSeason(day, from, to))?.code ?? null;
