import fc from 'fast-check';
import { allocate, largestRemainder } from './allocation';
import { rational } from './rational';

const debt = (serviceType: string, amountCents: number, priority = 1) => ({ serviceType, amountCents, priority });
const cents = (amount: number, debts: ReturnType<typeof debt>[]) =>
  allocate(amount, debts).allocated.map((row) => row.cents);

describe('rule 16: allocation', () => {
  it('rule 16: pays the first priority in full before the second gets anything', () => {
    expect(cents(7000, [debt('SEWER', 5000, 2), debt('WATER', 6000, 1)])).toEqual([1000, 6000]);
  });

  it('rule 16: shares a level pro rata, the leftover cent to the largest remainder', () => {
    // 100 * 1/6 = 16.67, 100 * 2/6 = 33.33, 100 * 3/6 = 50: the one cent left goes to 16.67
    expect(cents(100, [debt('A', 1000), debt('B', 2000), debt('C', 3000)])).toEqual([17, 33, 50]);
  });

  it('rule 16: ties go by service code, whatever the order of the debts', () => {
    expect(cents(100, [debt('WATER', 1000), debt('SEWER', 1000), debt('REFUSE', 1000)])).toEqual([33, 33, 34]);
    expect(cents(101, [debt('WATER', 1000), debt('SEWER', 1000), debt('REFUSE', 1000)])).toEqual([33, 34, 34]);
  });

  it('rule 16: fills one service after the other by code where the order is fixed, still level by level', () => {
    const debts = [debt('WATER', 1000), debt('SEWER', 1000), debt('REFUSE', 500, 0)];
    const paid = (amount: number) => allocate(amount, debts, 'FIXED_ORDER').allocated.map((row) => row.cents);
    expect([paid(400), paid(1700), paid(2500)]).toEqual([
      [0, 0, 400],
      [200, 1000, 500],
      [1000, 1000, 500],
    ]);
    expect(allocate(2600, debts, 'FIXED_ORDER').unallocatedCents).toBe(100);
  });

  it('returns what nobody is owed, and gives nothing to a service in credit', () => {
    expect(allocate(5000, [debt('WATER', 3000), debt('SEWER', -700), debt('REFUSE', 0)])).toEqual({
      allocated: [
        { serviceType: 'WATER', cents: 3000 },
        { serviceType: 'SEWER', cents: 0 },
        { serviceType: 'REFUSE', cents: 0 },
      ],
      unallocatedCents: 2000,
    });
    expect(allocate(5000, [])).toEqual({ allocated: [], unallocatedCents: 5000 });
  });

  it('refuses to spread a negative amount or half cents', () => {
    expect(() => allocate(-1, [])).toThrow(RangeError);
    expect(() => allocate(1, [debt('WATER', 0.5)])).toThrow(RangeError);
  });

  it('loses and creates no cent, never pays more than a debt, and never pays out of turn', () => {
    const debts = fc.array(
      fc.record({
        serviceType: fc.constantFrom('A', 'B', 'C', 'D'),
        amountCents: fc.integer({ min: -5000, max: 10 ** 12 }),
        priority: fc.nat(3),
      }),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(fc.nat(2 ** 31 - 1), debts, (amount, list) => {
        const { allocated, unallocatedCents } = allocate(amount, list);
        expect(allocated.reduce((total, row) => total + row.cents, unallocatedCents)).toBe(amount);
        const open = list.map(({ amountCents }, i) => Math.max(0, amountCents) - (allocated[i]?.cents ?? 0));
        expect(Math.min(0, ...open)).toBe(0);
        const unpaid = list.filter((_, i) => (open[i] ?? 0) > 0).map(({ priority }) => priority);
        const paid = list.filter((_, i) => (allocated[i]?.cents ?? 0) > 0).map(({ priority }) => priority);
        if (unpaid.length > 0) expect(unallocatedCents).toBe(0);
        if (unpaid.length > 0 && paid.length > 0) expect(Math.max(...paid)).toBeLessThanOrEqual(Math.min(...unpaid));
      }),
    );
  });

  it('splits a total so that every share is within a cent of its exact part', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), fc.array(fc.nat(1000), { minLength: 1, maxLength: 6 }), (total, weights) => {
        const whole = weights.reduce((a, b) => a + b, 0);
        fc.pre(whole > 0);
        const shares = largestRemainder(
          total,
          weights.map((weight) => rational(weight)),
        );
        expect(shares.reduce((a, b) => a + b, 0)).toBe(total);
        shares.forEach((share, i) => expect(Math.abs(share * whole - total * (weights[i] ?? 0))).toBeLessThan(whole));
      }),
    );
  });
});
