import { dollarsToCents } from '../../money';
import { compare, max, min, mul, type Rational } from '../../rational';
import type { Limits } from '../rate/charges';
import { valueOf, type Given } from '../rate/figures';
import { decimal, type Step } from '../../step';

/** A line's cents inside its floor and ceiling, which have the part's share of their amount (domain.md rule 9). */
export function within(
  exactCents: Rational,
  { atLeast, atMost }: Limits,
  given: Given,
  share: Rational,
): { exactCents: Rational; steps: Step[] } {
  let cents = exactCents;
  const steps: Step[] = [];
  const bound = (figure: NonNullable<Limits['atLeast']>, choose: typeof max, text: string) => {
    const limit = mul(dollarsToCents(valueOf(figure, given)), share);
    const bounded = choose(cents, limit);
    if (compare(bounded, cents) !== 0)
      steps.push({ rule: 'rule 9', text, values: { exactCents: decimal(cents), limitCents: decimal(limit) } });
    cents = bounded;
  };
  if (atLeast !== undefined) bound(atLeast, max, 'Raised to the least');
  if (atMost !== undefined) bound(atMost, min, 'Lowered to the most');
  return { exactCents: cents, steps };
}
