import { compare } from '../../rational';
import { problem, type Problem } from '../problem';
import type { DemandCharge, Tier, TiersCharge } from './charges';
import { figureProblems, isPositive, isSigned, isUnsigned, refuseLimits, refuseTimes } from './figure-problems';
import { numberOf, type Figure } from './figures';

/** Problems of tiers of usage or of another quantity (domain.md rules 10 and 23). */
export function refuseTiers(charge: TiersCharge, at: string): Problem[] {
  const { per, tierProration, tiers, unscaledDays, included } = charge;
  return [
    problem(isPositive(per), 'RATE_PER', 'The quantity a rate is for is a decimal above 0', `${at}/per`),
    problem(
      tierProration === 'WHOLE' || tierProration === 'SCALED',
      'RATE_TIER_PRORATION',
      'Tier bounds are WHOLE or SCALED',
      `${at}/tierProration`,
    ),
    problem(
      charge.measure === undefined || charge.quantity === undefined,
      'RATE_QUANTITY',
      'Tiers price a measured quantity or a quantity of their own, not both',
      `${at}/quantity`,
    ),
    ...figureProblems(charge.quantity, `${at}/quantity`, 'RATE_QUANTITY', 'The quantity is a decimal of 0 or more'),
    ...refuseEachTier(tiers, at),
    problem(
      charge.averaged === undefined || (charge.boundsPer ?? 'PERIOD') === 'PERIOD',
      'RATE_AVERAGED',
      'Tiers of an average day or month have bounds for it: boundsPer is not given',
      `${at}/boundsPer`,
    ),
    problem(
      charge.averaged === undefined || tierProration === 'WHOLE',
      'RATE_AVERAGED',
      'Tiers of an average day or month are WHOLE',
      `${at}/tierProration`,
    ),
    ...refuseTimes(charge.boundsTimes, `${at}/boundsTimes`),
    ...refuseTimes(charge.times, `${at}/times`),
    problem(
      unscaledDays === undefined || (unscaledDays.fromDays >= 0 && unscaledDays.fromDays <= unscaledDays.toDays),
      'RATE_TIER_PRORATION',
      'The days without scaling are a range',
      `${at}/unscaledDays`,
    ),
    ...figureProblems(
      included?.quantity,
      `${at}/included/quantity`,
      'RATE_INCLUDED',
      'Included is a quantity of 0 or more',
    ),
    ...refuseLimits(charge, at),
  ];
}

function refuseEachTier(tiers: Tier[], at: string): Problem[] {
  const last = tiers.length - 1;
  return [
    problem(tiers.length > 0, 'RATE_TIERS', 'There is no tier', `${at}/tiers`),
    ...tiers.flatMap(({ upTo, rate, amount }, i) => [
      ...figureProblems(
        rate,
        `${at}/tiers/${i}/rate`,
        'RATE_TIER_RATE',
        'The rate is dollars like 2.5000, with a minus for a credit and at most 10 decimal places',
        isSigned,
      ),
      ...figureProblems(amount, `${at}/tiers/${i}/amount`, 'RATE_AMOUNT', 'The amount is dollars like 12.50', isSigned),
      ...(i === last
        ? [
            problem(
              upTo === null,
              'RATE_TIERS_END',
              'The last tier has no upper bound, or usage above it would have no price',
              `${at}/tiers/${i}/upTo`,
            ),
          ]
        : refuseBound(upTo, tiers[i - 1]?.upTo ?? '0', `${at}/tiers/${i}/upTo`)),
    ]),
  ];
}

/** Bounds that are looked up may be equal for one customer, whose tier between them is then empty. */
function refuseBound(upTo: Figure | null, lower: Figure, at: string): Problem[] {
  const [code, what] = ['RATE_TIER_BOUND', 'The bound is a decimal above that of the tier before'] as const;
  if (upTo === null) return [problem(false, code, what, at)];
  if (typeof upTo !== 'string' || typeof lower !== 'string') return figureProblems(upTo, at, code, what);
  const rises = isUnsigned(upTo) && (!isUnsigned(lower) || compare(numberOf(upTo), numberOf(lower)) > 0);
  return [problem(rises, code, what, at)];
}

/** Problems of a demand (domain.md rule 27). */
export function refuseDemand(
  { measure, quantity, ratchet, least, tiers, times, ...limits }: DemandCharge,
  at: string,
): Problem[] {
  return [
    problem(
      measure !== '' && (measure !== undefined || quantity !== undefined),
      'RATE_DEMAND',
      'A demand needs the measured quantity that it prices, or a quantity worked out',
      `${at}/measure`,
    ),
    ...figureProblems(
      ratchet?.otherwise,
      `${at}/ratchet/otherwise`,
      'RATE_DEMAND',
      'The peak is a decimal of 0 or more',
    ),
    ...figureProblems(ratchet?.share, `${at}/ratchet/share`, 'RATE_DEMAND', 'The share is a decimal of 0 or more'),
    ...figureProblems(least, `${at}/least`, 'RATE_DEMAND', 'The least demand is a decimal of 0 or more'),
    ...figureProblems(quantity, `${at}/quantity`, 'RATE_DEMAND', 'The demand is a decimal of 0 or more'),
    ...refuseEachTier(tiers, at),
    ...refuseTimes(times, `${at}/times`),
    ...refuseLimits(limits, at),
  ];
}
