import { max, mul, sub, sum, toDecimalString, ZERO, type Rational } from '../../rational';
import { decimal, type Step } from '../../step';
import { ownQuantity, type TiersCharge } from '../rate/charges';
import { sourcesOfFigure, valueOf, type Given } from '../rate/figures';
import { codeOf, tierCodeOf } from '../rate/line-codes';
import type { Quantity } from '../usage/billed-quantity';
import { averagedOf, timesAverage } from './averaged';
import type { ChargeContext, ExactCharge } from './charge-context';
import { within } from './limits';
import { figureSteps, partSteps } from './part-steps';
import { tierScale } from './tier-scale';
import { figuresOfTiers, tierTerms } from './tier-terms';
import { usageCharge, type PricedTier } from './tiers';

/** A quantity in tiers, as one line or one for each tier (domain.md rules 10 and 23). */
export function tieredCharges(charge: TiersCharge, context: ChargeContext): ExactCharge[] {
  const { part, given } = context;
  const billed = quantityOf(charge, context);
  const { scale, scaling } = tierScale(charge, context);
  const average = averagedOf(charge, billed.total, context);
  const { quantity, free, steps: included } = afterIncluded(charge, average.quantity, scale, given);
  const priced = usageCharge(quantity, charge, scale, { ...tierTerms(charge, context), free });
  // Lines of their own are rounded by themselves, else the price of the whole is.
  const isEach = charge.lines === 'EACH_TIER';
  const tiers = timesAverage(isEach ? priced.tiers : [{ index: 0, quantity, ...priced }], charge, average, context);
  const found = figureSteps([...figuresOfTiers(charge), ...(charge.boundsTimes ?? [])], given);
  const whole = {
    kind: charge.isTax ? ('TAX' as const) : ('USAGE' as const),
    code: codeOf(charge),
    name: charge.name ?? 'Usage',
    quantity: toDecimalString(billed.total, 6),
    unit: charge.unit ?? charge.measure ?? part.version.unit,
    taxed: charge.taxed ?? true,
  };
  const before = [...billed.steps, ...average.steps, ...found, ...scaling, ...included];
  if (isEach) return tiers.flatMap((tier) => tierLine(charge, tier, whole, before));
  const limited = within(sum(tiers.map(({ exactCents }) => exactCents)), charge, given, part.share);
  return [
    {
      ...whole,
      exactCents: limited.exactCents,
      steps: [...before, ...tiers.flatMap(({ steps }) => steps), ...limited.steps],
    },
  ];
}

/** A tier that nothing lies in has no line. */
function tierLine(
  charge: TiersCharge,
  { index, quantity, exactCents, steps }: PricedTier,
  whole: Omit<ExactCharge, 'exactCents' | 'steps'>,
  before: Step[],
): ExactCharge[] {
  if (quantity.num === 0n && exactCents.num === 0n) return [];
  return [
    {
      ...whole,
      code: tierCodeOf(charge, index),
      chargeCode: codeOf(charge),
      name: charge.tiers[index]?.name ?? `${whole.name} tier ${index + 1}`,
      quantity: toDecimalString(quantity, 6),
      exactCents,
      steps: [...before, ...steps],
    },
  ];
}

/** The usage of this part, or a quantity of its own, which the part has a share of. */
function quantityOf(charge: TiersCharge, { quantity, given, part, days }: ChargeContext): Quantity {
  const figure = ownQuantity(charge);
  if (figure === undefined) return quantity ?? { total: ZERO, steps: [] };
  const whole = valueOf(figure, given);
  const values = { ...sourcesOfFigure(figure, given), quantity: decimal(whole) };
  const own: Step = { rule: 'rule 27', text: 'A quantity of its own beside the usage', values };
  return { total: mul(whole, part.share), steps: [own, ...partSteps(part, days)] };
}

/** What the included usage leaves to pay (domain.md rule 23). */
function afterIncluded(
  { included }: TiersCharge,
  total: Rational,
  scale: Rational,
  given: Given,
): { quantity: Rational; free: Rational; steps: Step[] } {
  if (!included) return { quantity: total, free: ZERO, steps: [] };
  const allowed = mul(valueOf(included.quantity, given), scale);
  const values = { included: decimal(allowed), from: included.from, usage: decimal(total) };
  const steps: Step[] = [{ rule: 'rule 23', text: 'Usage that the fixed charge has paid for', values }];
  return included.from === 'IN_TIERS'
    ? { quantity: total, free: allowed, steps }
    : { quantity: max(ZERO, sub(total, allowed)), free: ZERO, steps };
}
