import { assertCents, type Cents } from '../money';

/**
 * Spreads money over what is asked for in the order of the asking: each is filled before the next gets a cent. Shares in
 * the order of `asked`; they add up to the amount, which must not be above the sum asked for.
 */
export function fillInOrder(amountCents: Cents, asked: Cents[]): Cents[] {
  let left = assertCents(amountCents);
  const shares = asked.map((cents) => {
    const share = Math.min(left, cents);
    left -= share;
    return share;
  });
  if (left !== 0) throw new RangeError('More money than is asked for');
  return shares;
}
