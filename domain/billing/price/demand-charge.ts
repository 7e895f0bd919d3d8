import { max, mul, ONE, toDecimalString, toFractionString, ZERO, type Rational } from '../../rational';
import { decimal, type Step } from '../../step';
import { demandOf, type DemandCharge } from '../rate/charges';
import { sourcesOfFigure, valueOf, type Given } from '../rate/figures';
import { codeOf } from '../rate/line-codes';
import type { ChargeContext, ExactCharge } from './charge-context';
import { within } from './limits';
import { figureSteps, partSteps } from './part-steps';
import { figuresOfTiers, tierTerms } from './tier-terms';
import { usageCharge } from './tiers';

/** The measured demand in tiers of whole bounds: the quantity is never prorated, its price is (domain.md rule 10). */
export function demandCharge(charge: DemandCharge, context: ChargeContext): ExactCharge {
  const { part, days, factors, given } = context;
  const { billed, steps: demandSteps } = billedDemand(charge, given);
  const prorated = charge.prorated ?? true;
  const factor = mul(prorated ? factors.base : days === 0 ? ZERO : ONE, part.share);
  // The factor is that of the whole price, fixed amounts included.
  const terms = { ...tierTerms(charge, context), amountFactor: ONE };
  const priced = usageCharge(billed, { per: '1', tiers: charge.tiers }, ONE, terms);
  const exact = mul(priced.exactCents, factor);
  const values = { factor: toFractionString(factor), exactCents: toDecimalString(exact, 10) };
  const scaled: Step = { rule: 'rule 10', text: 'The price of the demand times the factor', values };
  const limited = within(exact, charge, given, part.share);
  return {
    kind: charge.isTax ? 'TAX' : 'DEMAND',
    code: codeOf(charge),
    name: charge.name ?? 'Demand',
    quantity: toDecimalString(billed, 6),
    unit: charge.unit ?? charge.measure ?? null,
    exactCents: limited.exactCents,
    taxed: charge.taxed ?? true,
    steps: [
      ...demandSteps,
      ...figureSteps(figuresOfTiers(charge), given),
      factors.step,
      ...partSteps(part, days),
      ...priced.steps,
      scaled,
      ...limited.steps,
    ],
  };
}

/** The largest of the measure, the share of an earlier peak and the least (domain.md rule 27). */
function billedDemand(charge: DemandCharge, given: Given): { billed: Rational; steps: Step[] } {
  const { ratchet, least, unit = charge.measure ?? '' } = charge;
  const quantity = demandOf(charge);
  const measured = valueOf(quantity, given);
  const fromRatchet = ratchet ? mul(valueOf(ratchet, given), valueOf(ratchet.share, given)) : ZERO;
  const atLeast = least === undefined ? ZERO : valueOf(least, given);
  const billed = max(max(measured, fromRatchet), atLeast);
  const values = {
    ...sourcesOfFigure(quantity, given),
    measured: decimal(measured),
    ...(ratchet && { ratchet: decimal(fromRatchet) }),
    ...(least !== undefined && { least: decimal(atLeast) }),
    billed: decimal(billed),
  };
  return { billed, steps: [{ rule: 'rule 27', text: `The demand billed is ${decimal(billed)} ${unit}`, values }] };
}
