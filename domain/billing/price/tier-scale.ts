import { compare, mul, ONE, parseRational, rational, toFractionString, type Rational } from '../../rational';
import type { Step } from '../../step';
import type { TiersCharge } from '../rate/charges';
import type { ChargeContext } from './charge-context';
import { dayShareOf } from './rate-parts';
import { productOf } from './tier-terms';

/**
 * What tier bounds are multiplied by: g, the units, the allowance and the part of the period. g is 1 or the period's f, times the months or days they are for; a period without a day keeps whole bounds,
 * or all its usage would fall in the top tier (domain.md rules 10 and 23).
 */
export function tierScale(
  charge: TiersCharge,
  { service, part, days, factors, given, change }: ChargeContext,
): { scale: Rational; scaling: Step[] } {
  const { boundsPer = 'PERIOD', unscaledDays: window, boundsTimesUnits = true } = charge;
  const isUnscaled = days === 0 || (window !== undefined && window.fromDays <= days && days <= window.toDays);
  // Bounds for a day or a year follow the days already.
  const follows = boundsPer === 'PERIOD' || boundsPer === 'MONTH';
  const f = follows && charge.tierProration === 'SCALED' && !isUnscaled ? factors.factor : ONE;
  const g = mul(
    f,
    perPeriod(boundsPer, {
      isUnscaled,
      months: service.months ?? '1',
      countedDays: factors.countedDays,
      years: factors.years,
      normalDays: part.version.proration.normalDays,
    }),
  );
  const units = boundsTimesUnits ? parseRational(service.units) : ONE;
  const times = productOf(charge.boundsTimes, given);
  // The tiers of an average day or month are whole in each part.
  const isWhole = change.bounds === 'WHOLE' || charge.averaged !== undefined;
  const scale = mul(mul(mul(g, units), times), isWhole ? ONE : follows ? part.share : dayShareOf(part));
  const values = {
    tierProration: charge.tierProration,
    g: toFractionString(g),
    units: service.units,
    ...(boundsPer !== 'PERIOD' && { boundsPer }),
    ...(charge.boundsTimes && { times: toFractionString(times) }),
    scale: toFractionString(scale),
  };
  const step: Step = { rule: 'rule 10', text: 'Tier bounds are multiplied by the scale', values };
  return { scale, scaling: compare(scale, ONE) === 0 ? [] : [step] };
}

function perPeriod(
  boundsPer: NonNullable<TiersCharge['boundsPer']>,
  {
    isUnscaled,
    months,
    countedDays,
    years,
    normalDays,
  }: { isUnscaled: boolean; months: string; countedDays: number; years: Rational; normalDays: number },
): Rational {
  const days = isUnscaled ? normalDays : countedDays;
  switch (boundsPer) {
    case 'PERIOD':
      return ONE;
    case 'MONTH':
      return parseRational(months);
    case 'DAY':
      return rational(days);
    case 'YEAR':
      return isUnscaled ? rational(normalDays, 365) : years;
  }
}
