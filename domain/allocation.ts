import { fillInOrder } from './deposits/receive';
import { assertCents, sumCents, type Cents } from './money';
import { compare, div, floor, mul, rational, sub, sum, type Rational } from './rational';

/** What is owed for one service, in cents; a level with the lower priority number is paid first (domain.md rule 16). */
export interface Debt {
  serviceType: string;
  amountCents: Cents;
  priority: number;
}

/** Inside one level: pro rata, or one service after the other by code (domain.md rule 16). */
export const ALLOCATION_ORDERS = ['PRO_RATA', 'FIXED_ORDER'] as const;
export type AllocationOrder = (typeof ALLOCATION_ORDERS)[number];

/** What each debt received, in the order of the debts, and what nobody was owed; the two add up to the amount. */
export interface Allocation {
  allocated: { serviceType: string; cents: Cents }[];
  unallocatedCents: Cents;
}

/**
 * Spreads an amount over debts: level by level, inside a level in whole cents pro rata, or in the fixed order of their
 * services (domain.md rule 16). A debt of 0 or less receives 0. Throws RangeError when the amount is negative or a figure is not cents.
 */
export function allocate(amountCents: Cents, debts: Debt[], order: AllocationOrder = 'PRO_RATA'): Allocation {
  if (assertCents(amountCents) < 0) throw new RangeError('Cannot allocate a negative amount');
  const paid = debts.map(() => 0);
  let left = amountCents;
  for (const level of levelsOf(debts)) {
    const owed = sumCents(level.map(({ amountCents: cents }) => cents));
    const pay = Math.min(left, owed);
    const owedCents = level.map(({ amountCents: cents }) => cents);
    const shares =
      order === 'FIXED_ORDER'
        ? fillInOrder(pay, owedCents)
        : largestRemainder(
            pay,
            owedCents.map((cents) => rational(cents)),
          );
    level.forEach(({ index }, i) => (paid[index] = shares[i] ?? 0));
    left -= pay;
  }
  return {
    allocated: debts.map(({ serviceType }, i) => ({ serviceType, cents: paid[i] ?? 0 })),
    unallocatedCents: left,
  };
}

/**
 * Splits a total of 0 or more into whole cents in proportion to weights of 0 or more: every share rounded down, the
 * cents left over to the largest remainders, ties to the earlier entry (domain.md rule 16). The shares add up to the
 * total. Throws RangeError when the weights add up to 0.
 */
export function largestRemainder(total: Cents, weights: Rational[]): Cents[] {
  const whole = sum(weights);
  return roundTogether(
    total,
    weights.map((weight) => div(mul(rational(total), weight), whole)),
  );
}

/**
 * Whole cents for exact amounts that add up to a total which was rounded from their sum: every amount rounded down, the
 * cents left over to the largest remainders, ties to the earlier entry (domain.md rule 21). Amounts may be below 0.
 */
export function roundTogether(total: Cents, exact: Rational[]): Cents[] {
  const shares = exact.map((amount) => Number(floor(amount)));
  const byRemainder = exact
    .map((amount, index) => ({ index, remainder: sub(amount, rational(floor(amount))) }))
    .sort((a, b) => compare(b.remainder, a.remainder) || a.index - b.index);
  const leftOver = total - sumCents(shares);
  byRemainder.slice(0, leftOver).forEach(({ index }) => (shares[index] = (shares[index] ?? 0) + 1));
  return shares;
}

/** The debts above 0 by rising priority, inside a level by service code, which is what decides ties. */
function levelsOf(debts: Debt[]): (Debt & { index: number })[][] {
  const open = debts
    .map((debt, index) => ({ ...debt, index }))
    .filter(({ amountCents }) => assertCents(amountCents) > 0);
  const priorities = [...new Set(open.map(({ priority }) => priority))].sort((a, b) => a - b);
  return priorities.map((priority) =>
    open
      .filter((debt) => debt.priority === priority)
      .sort((a, b) => compareCodes(a.serviceType, b.serviceType) || a.index - b.index),
  );
}

/** Order of codes by character, the same on every machine: never by locale. */
export const compareCodes = (a: string, b: string): -1 | 0 | 1 => (a < b ? -1 : a > b ? 1 : 0);
