import { div, mul, ONE, parseRational, rational, roundTo, type Rational } from '../../rational';
import { decimal, type Step } from '../../step';
import type { TiersCharge } from '../rate/charges';
import type { ChargeContext } from './charge-context';
import { dayShareOf } from './rate-parts';
import type { PricedTier } from './tiers';

/** A quantity for an average day or month, and how many of them the period has. */
export interface Averaged {
  quantity: Rational;
  times: Rational;
  steps: Step[];
}

/** The quantity of an average day or month of this part, rounded; all of it, once, unless the charge says so (rule 23). */
export function averagedOf(
  { averaged }: TiersCharge,
  total: Rational,
  { part, service, factors, days }: ChargeContext,
): Averaged {
  if (!averaged) return { quantity: total, times: ONE, steps: [] };
  const { per, quantityPlaces } = averaged;
  const whole = per === 'DAY' ? rational(factors.countedDays) : parseRational(service.months ?? '1');
  // A period without a day is one day.
  const times = days === 0 || whole.num === 0n ? ONE : mul(whole, per === 'DAY' ? dayShareOf(part) : part.share);
  const exact = div(total, times);
  const quantity = quantityPlaces === undefined ? exact : roundTo(exact, quantityPlaces, part.version.rounding.mode);
  const values = { usage: decimal(total), times: decimal(times), quantity: decimal(quantity) };
  return {
    quantity,
    times,
    steps: [{ rule: 'rule 23', text: `The usage of an average ${per.toLowerCase()}`, values }],
  };
}

/** The price of all days or months from that of one, which is rounded first where it is printed so. */
export function timesAverage(
  tiers: PricedTier[],
  { averaged }: TiersCharge,
  { times }: Averaged,
  { part }: ChargeContext,
): PricedTier[] {
  if (!averaged) return tiers;
  const { amountPlaces, per } = averaged;
  return tiers.map((tier) => {
    // Dollars have two places more than cents.
    const one =
      amountPlaces === undefined
        ? tier.exactCents
        : mul(roundTo(div(tier.exactCents, HUNDRED), amountPlaces, part.version.rounding.mode), HUNDRED);
    const exactCents = mul(one, times);
    const values = { exactCents: decimal(one), times: decimal(times), cents: decimal(exactCents) };
    const step: Step = { rule: 'rule 23', text: `Times the ${per.toLowerCase()}s`, values };
    const isUsed = tier.steps.length > 0;
    return { ...tier, quantity: mul(tier.quantity, times), exactCents, steps: isUsed ? [...tier.steps, step] : [] };
  });
}

const HUNDRED = rational(100n);
