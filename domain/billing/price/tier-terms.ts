import { mul, ONE, parseRational, ZERO, type Rational } from '../../rational';
import type { DemandCharge, TiersCharge } from '../rate/charges';
import { valueOf, type Figure, type Given } from '../rate/figures';
import type { ChargeContext } from './charge-context';
import type { TierTerms } from './tiers';

/** How the tiers of a charge are priced in this part of the period, without included usage. */
export function tierTerms(
  charge: TiersCharge | DemandCharge,
  { service, part, factors, given }: ChargeContext,
): TierTerms {
  const { mode, ratePlaces, boundPlaces } = part.version.rounding;
  return {
    given,
    rateFactor: productOf(charge.times, given),
    amountFactor: mul(mul(factors.base, part.share), parseRational(service.units)),
    free: ZERO,
    ...(ratePlaces !== undefined && { ratePlaces }),
    ...(boundPlaces !== undefined && { boundPlaces }),
    mode,
  };
}

/** The product of figures, one without any. */
export const productOf = (figures: Figure[] | undefined, given: Given): Rational =>
  (figures ?? []).reduce((product: Rational, figure) => mul(product, valueOf(figure, given)), ONE);

/** All figures that the tiers of a charge are priced with. */
export const figuresOfTiers = ({ tiers, times = [] }: TiersCharge | DemandCharge): Figure[] => [
  ...tiers.flatMap(({ upTo, rate, amount }) =>
    [upTo ?? undefined, rate, amount].filter((figure) => figure !== undefined),
  ),
  ...times,
];
