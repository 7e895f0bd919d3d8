import {
  compare,
  mul,
  ONE,
  parseRational,
  rational,
  toDecimalString,
  toFractionString,
  ZERO,
  type Rational,
} from '../../rational';
import { dollarsToCents } from '../../money';
import { decimal, type Step } from '../../step';
import type { Amount, BaseCharge, FlatCharge, MaximumCharge, MinimumCharge } from '../rate/charges';
import { valueOf, type Given } from '../rate/figures';
import type { ChargeContext, ExactCharge } from './charge-context';
import { within } from './limits';
import { figureSteps, partSteps } from './part-steps';
import { dayShareOf } from './rate-parts';
import { productOf } from './tier-terms';

const NAMES = {
  BASE: 'Base charge',
  FLAT: 'Flat charge',
  MINIMUM: 'Minimum charge',
  MAXIMUM: 'Maximum charge',
} as const;

/** One amount beside usage, whatever the units. */
export const baseCharge = (charge: BaseCharge, context: ChargeContext): ExactCharge =>
  limited(charge, fixedCharge(charge, context.factors.base, '1', context), context);

/** So many of the service, each for so many units: two cans of three dwellings are six times the amount (rule 9). */
export function flatCharge(charge: FlatCharge, context: ChargeContext): ExactCharge {
  const { units, quantity = '1' } = context.service;
  const { base } = context.factors;
  if (compare(parseRational(quantity), ONE) === 0)
    return limited(charge, { ...fixedCharge(charge, base, units, context), quantity: units }, context);
  const times = toDecimalString(mul(parseRational(quantity), parseRational(units)), 8);
  const flat = fixedCharge(charge, base, times, context);
  const values = { quantity, units, times };
  const counted: Step = { rule: 'rule 9', text: 'Quantity times units', values };
  return limited(charge, { ...flat, quantity: times, steps: [counted, ...flat.steps] }, context);
}

/** The floor or ceiling of other charges, before they are compared. */
export const limitCharge = (charge: MinimumCharge | MaximumCharge, context: ChargeContext): ExactCharge =>
  fixedCharge(charge, context.factors.minimum, context.service.units, context);

function limited(charge: BaseCharge | FlatCharge, exact: ExactCharge, { given, part }: ChargeContext): ExactCharge {
  const { exactCents, steps } = within(exact.exactCents, charge, given, part.share);
  return { ...exact, exactCents, steps: [...exact.steps, ...steps] };
}

function fixedCharge(
  charge: BaseCharge | FlatCharge | MinimumCharge | MaximumCharge,
  methodFactor: Rational,
  units: string,
  context: ChargeContext,
): ExactCharge {
  const { part, given } = context;
  const isByDays = charge.per === 'DAY' || charge.per === 'YEAR';
  const factor = mul(scaleOf(charge, methodFactor, context), isByDays ? dayShareOf(part) : part.share);
  const amountCents = amountOf(charge, given);
  const exactCents = mul(mul(amountCents, parseRational(units)), factor);
  const name = charge.name ?? NAMES[charge.kind];
  const values = {
    amountCents: decimal(amountCents),
    units,
    factor: toFractionString(factor),
    exactCents: decimal(exactCents),
  };
  const scaled: Step = { rule: 'rule 7', text: `${name} times units times the factor`, values };
  return {
    kind: charge.isTax ? 'TAX' : charge.kind,
    code: charge.code ?? charge.kind,
    name,
    quantity: null,
    unit: null,
    exactCents,
    taxed: charge.taxed ?? true,
    steps: [
      ...daysSteps(context),
      ...figureSteps([charge.amount, ...(charge.times ?? [])], given),
      ...perSteps(charge, context),
      scaled,
    ],
  };
}

/** The amount in cents, times what it is multiplied by (domain.md rule 24). */
function amountOf({ amountCents, amount, times }: Amount, given: Given): Rational {
  const once = amount === undefined ? rational(amountCents ?? 0) : dollarsToCents(valueOf(amount, given));
  return mul(once, productOf(times, given));
}

/** What the amount of the whole period is scaled by: the method's factor, or the days (domain.md rules 7, 8 and 24). */
function scaleOf(
  { per = 'PERIOD', prorated = true }: Amount,
  methodFactor: Rational,
  context: ChargeContext,
): Rational {
  const { days, factors, service } = context;
  const factor = prorated ? methodFactor : days === 0 ? ZERO : ONE;
  switch (per) {
    case 'PERIOD':
      return factor;
    case 'MONTH':
      return mul(factor, parseRational(service.months ?? '1'));
    case 'DAY':
      return rational(factors.countedDays);
    case 'YEAR':
      return factors.years;
  }
}

function perSteps({ per = 'PERIOD' }: Amount, { factors, service }: ChargeContext): Step[] {
  if (per === 'PERIOD') return [];
  const values = { per, days: `${factors.countedDays}`, months: service.months ?? '1' };
  return [{ rule: 'rule 24', text: `The amount is for each ${per.toLowerCase()}`, values }];
}

function daysSteps({ part, days, factors }: ChargeContext): Step[] {
  const values = { from: part.from, through: part.through, days: `${part.days}`, totalDays: `${days}` };
  const billed: Step = { rule: 'rule 5', text: `${part.days} days are billed here, ${days} in all`, values };
  return [billed, factors.step, ...partSteps(part, days)];
}
