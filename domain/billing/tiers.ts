import { dollarsToCents } from '../money';
import { add, div, max, min, mul, parseRational, sub, toDecimalString, ZERO, type Rational } from '../rational';
import type { Step } from '../step';
import type { TiersCharge } from './charges';

/**
 * Prices a quantity of 0 or more in tiers whose bounds are multiplied by scale, in exact cents (domain.md rule 10:
 * scale is g, times the agreement's units by rule 9, times the part of the period by rule 11). One step per tier that
 * is touched. Needs a version without refusals.
 */
export function usageCharge(
  quantity: Rational,
  { per, tiers }: TiersCharge,
  scale: Rational,
): { exactCents: Rational; steps: Step[] } {
  let lower = ZERO;
  let exactCents = ZERO;
  const steps: Step[] = [];
  for (const { upTo, rate } of tiers) {
    const upper = upTo === null ? null : mul(parseRational(upTo), scale);
    const inTier = max(ZERO, sub(upper === null ? quantity : min(quantity, upper), lower));
    const cents = dollarsToCents(div(mul(inTier, parseRational(rate)), parseRational(per)));
    exactCents = add(exactCents, cents);
    if (inTier.num !== 0n) {
      const values = {
        above: decimal(lower),
        upTo: upper === null ? 'none' : decimal(upper),
        quantity: decimal(inTier),
        rate,
        per,
        exactCents: decimal(cents),
      };
      steps.push({ rule: 'rule 10', text: `${decimal(inTier)} units at $${rate} per ${per}`, values });
    }
    lower = upper ?? lower;
  }
  return { exactCents, steps };
}

const decimal = (value: Rational): string => toDecimalString(value, 10);
