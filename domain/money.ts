import { mul, rational, roundToInteger, type Rational, type RoundingMode } from './rational';

/** Money: a whole number of cents, exact in JSON as a safe integer (domain.md rule 19). */
export type Cents = number;

/** The value itself when it is a safe integer; throws RangeError otherwise, which is a bug of the caller. */
export function assertCents(value: number): Cents {
  if (!Number.isSafeInteger(value)) throw new RangeError('Not a whole number of cents');
  return value;
}

/**
 * An exact amount in cents (dollars go through dollarsToCents first), rounded once to whole cents (domain.md rule 19).
 * Throws RangeError beyond safe integers.
 */
export function roundToCents(exactCents: Rational, mode: RoundingMode): Cents {
  return assertCents(Number(roundToInteger(exactCents, mode)));
}

/** An exact amount in dollars as an exact amount in cents, not rounded. */
export const dollarsToCents = (dollars: Rational): Rational => mul(dollars, rational(100n));

/** The sum of cents; throws RangeError beyond safe integers. */
export const sumCents = (amounts: Cents[]): Cents =>
  assertCents(Number(amounts.reduce((total, amount) => total + BigInt(assertCents(amount)), 0n)));

/** For people: 123456 as '$1,234.56', -500 as '-$5.00'. Throws RangeError on anything but cents. */
export function formatCents(cents: Cents): string {
  const digits = Math.abs(assertCents(cents)).toString().padStart(3, '0');
  const dollars = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ',');
  return `${cents < 0 ? '-' : ''}$${dollars}.${digits.slice(-2)}`;
}
