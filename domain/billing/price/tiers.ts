import { dollarsToCents } from '../../money';
import {
  add,
  compare,
  div,
  max,
  min,
  mul,
  ONE,
  parseRational,
  roundTo,
  sub,
  sum,
  ZERO,
  type Rational,
  type RoundingMode,
} from '../../rational';
import { decimal, type Step } from '../../step';
import type { Tier, TiersCharge } from '../rate/charges';
import { valueOf, type Given } from '../rate/figures';

/** How tiers are priced beside their own terms; each has a value that changes nothing. */
export interface TierTerms {
  given: Given;
  /** What every rate is multiplied by. */
  rateFactor: Rational;
  /** What the fixed amounts of tiers are multiplied by. */
  amountFactor: Rational;
  /** Usage up to here costs nothing. */
  free: Rational;
  ratePlaces?: number;
  boundPlaces?: number;
  mode: RoundingMode;
}

const PLAIN: TierTerms = {
  given: { attributes: {}, measures: {} },
  rateFactor: ONE,
  amountFactor: ONE,
  free: ZERO,
  mode: 'HALF_UP',
};

/** What lies in one tier and costs there, in exact cents; index is the tier's. */
export interface PricedTier {
  index: number;
  quantity: Rational;
  exactCents: Rational;
  steps: Step[];
}

/**
 * Prices a quantity in tiers whose bounds are multiplied by scale, in exact cents (domain.md rules 10 and
 * 23: scale is g, times the agreement's units by rule 9, times the part of the period by rule 11). One step per tier that
 * is touched. Needs a version without refusals.
 */
export function usageCharge(
  quantity: Rational,
  charge: Pick<TiersCharge, 'per' | 'tiers' | 'pricing'>,
  scale: Rational,
  terms: TierTerms = PLAIN,
): { exactCents: Rational; steps: Step[]; tiers: PricedTier[] } {
  const price = charge.pricing === 'REACHED' ? reachedTier : eachTier;
  const tiers = price(quantity, charge, scale, terms);
  return {
    exactCents: sum(tiers.map(({ exactCents }) => exactCents)),
    steps: tiers.flatMap(({ steps }) => steps),
    tiers,
  };
}

type Priced = (
  quantity: Rational,
  charge: Pick<TiersCharge, 'per' | 'tiers'>,
  scale: Rational,
  terms: TierTerms,
) => PricedTier[];

const eachTier: Priced = (quantity, { per, tiers }, scale, terms) => {
  const [first] = tiers;
  // A quantity below 0, given back, lies in the first tier.
  if (first && compare(quantity, ZERO) < 0)
    return [
      {
        index: 0,
        quantity,
        ...tierPrice(first, { lower: ZERO, upper: null, inTier: quantity, per, isReached: true }, terms),
      },
    ];
  const priced: PricedTier[] = [];
  let lower = ZERO;
  for (const [index, tier] of tiers.entries()) {
    const upper = upperOf(tier, scale, terms);
    const above = max(lower, terms.free);
    const inTier = max(ZERO, sub(upper === null ? quantity : min(quantity, upper), above));
    const isReached = index === 0 || compare(quantity, lower) > 0;
    priced.push({ index, quantity: inTier, ...tierPrice(tier, { lower, upper, inTier, per, isReached }, terms) });
    lower = upper ?? lower;
  }
  return priced;
};

/** The whole quantity at the rate of the tier that it lies in. */
const reachedTier: Priced = (quantity, { per, tiers }, scale, terms) => {
  let lower = ZERO;
  for (const [index, tier] of tiers.entries()) {
    const upper = upperOf(tier, scale, terms);
    if (upper === null || compare(quantity, upper) <= 0) {
      const inTier = compare(quantity, ZERO) < 0 ? quantity : max(ZERO, sub(quantity, terms.free));
      return [{ index, quantity: inTier, ...tierPrice(tier, { lower, upper, inTier, per, isReached: true }, terms) }];
    }
    lower = upper;
  }
  return [];
};

function upperOf({ upTo }: Tier, scale: Rational, { given, boundPlaces, mode }: TierTerms): Rational | null {
  if (upTo === null) return null;
  const exact = mul(valueOf(upTo, given), scale);
  return boundPlaces === undefined ? exact : roundTo(exact, boundPlaces, mode);
}

interface InTier {
  lower: Rational;
  upper: Rational | null;
  inTier: Rational;
  per: string;
  isReached: boolean;
}

function tierPrice(
  tier: Tier,
  { lower, upper, inTier, per, isReached }: InTier,
  { given, rateFactor, amountFactor, ratePlaces, mode }: TierTerms,
): { exactCents: Rational; steps: Step[] } {
  const product = mul(valueOf(tier.rate, given), rateFactor);
  const rate = ratePlaces === undefined ? product : roundTo(product, ratePlaces, mode);
  const cents = dollarsToCents(div(mul(inTier, rate), parseRational(per)));
  const printed =
    typeof tier.rate === 'string' && compare(rate, valueOf(tier.rate, given)) === 0 ? tier.rate : decimal(rate);
  const values = {
    above: decimal(lower),
    upTo: upper === null ? 'none' : decimal(upper),
    quantity: decimal(inTier),
    rate: printed,
    per,
    exactCents: decimal(cents),
  };
  const amount =
    tier.amount === undefined || !isReached ? ZERO : mul(dollarsToCents(valueOf(tier.amount, given)), amountFactor);
  const steps: Step[] = [];
  if (inTier.num !== 0n)
    steps.push({ rule: 'rule 10', text: `${decimal(inTier)} units at $${printed} per ${per}`, values });
  if (amount.num !== 0n) {
    const fixed = { above: decimal(lower), exactCents: decimal(amount) };
    steps.push({ rule: 'rule 10', text: 'The fixed amount of the tier that is reached', values: fixed });
  }
  return { exactCents: add(cents, amount), steps };
}
