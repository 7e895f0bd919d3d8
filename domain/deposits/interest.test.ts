import fc from 'fast-check';
import { addDays } from '../dates';
import { add, toDecimalString } from '../rational';
import {
  depositInterest,
  exactInterest,
  refuseInterestPolicy,
  type InterestPolicy,
  type InterestQuestion,
} from './interest';

const policy = (changes: Partial<InterestPolicy> = {}): InterestPolicy => ({
  enabled: true,
  rateTable: [{ from: '2020-01-01', percent: '3.00' }],
  dayBasis: 365,
  minHoldDays: 0,
  ...changes,
});
const ask = (changes: Partial<InterestQuestion> = {}): InterestQuestion => ({
  ...policy(),
  depositCents: 15000,
  from: '2025-01-01',
  to: '2026-01-01',
  ...changes,
});
const exact = (changes: Partial<InterestQuestion>) => toDecimalString(exactInterest(ask(changes)), 6);

describe('rule 14: interest on deposits', () => {
  it('rule 14: Murray, 3 percent not compounded: $150.00 earn $4.50 a year, $9.00 in two', () => {
    expect(depositInterest(ask()).cents).toBe(450);
    expect(depositInterest(ask({ to: '2027-01-01' })).cents).toBe(900);
  });

  it('rule 14: Lake Wales, a part of a year earns its days', () => {
    expect(depositInterest(ask({ to: '2025-01-31' })).cents).toBe(37);
    expect(exact({ to: '2025-01-31' })).toBe('36.986301');
  });

  it('rule 14: each rate earns its own days, none before the first', () => {
    const rateTable = [
      { from: '2025-07-01', percent: '6' },
      { from: '2025-03-01', percent: '3' },
    ];
    const { cents, steps } = depositInterest(ask({ depositCents: 36500, rateTable, to: '2025-07-11' }));
    expect(cents).toBe(366 + 60);
    expect(steps.map(({ values }) => values.days)).toEqual(['122', '10', undefined]);
  });

  it('rule 14: the year has 365, 360 or its actual days', () => {
    expect(exact({ depositCents: 36000, from: '2024-02-01', to: '2024-02-11', dayBasis: 360 })).toBe('30');
    expect(exact({ depositCents: 36600, from: '2024-02-01', to: '2024-02-11', dayBasis: 'ACTUAL' })).toBe('30');
    expect(exact({ depositCents: 36500, from: '2025-02-01', to: '2025-02-11', dayBasis: 'ACTUAL' })).toBe('30');
    const rateTable = [{ from: '2020-01-01', percent: '10' }];
    expect(exact({ depositCents: 10000, from: '2023-07-01', to: '2025-07-01', dayBasis: 'ACTUAL', rateTable })).toBe(
      '2000',
    );
    expect(exact({ depositCents: 10000, from: '2023-07-01', to: '2025-07-01', rateTable })).toBe('2002.739726');
  });

  it('rule 14: Albemarle, only if held 6 months, counted from the day it was paid', () => {
    expect(depositInterest(ask({ minHoldDays: 183, to: '2025-06-01' })).cents).toBe(0);
    expect(depositInterest(ask({ minHoldDays: 183, to: '2025-07-03' })).cents).toBe(226);
    expect(depositInterest(ask({ minHoldDays: 183, heldFrom: '2023-01-01', to: '2025-01-31' })).cents).toBe(37);
  });

  it('rule 14: Hoonah pays none, and no days earn nothing', () => {
    expect(depositInterest(ask({ enabled: false })).cents).toBe(0);
    expect(depositInterest(ask({ to: '2025-01-01' })).cents).toBe(0);
    expect(depositInterest(ask({ to: '2024-12-01' })).cents).toBe(0);
  });

  it('rule 19: rounds once, at the end', () => {
    const rateTable = [
      { from: '2025-01-01', percent: '1' },
      { from: '2025-01-02', percent: '1' },
      { from: '2025-01-03', percent: '1' },
    ];
    expect(depositInterest(ask({ depositCents: 36500 / 2, rateTable, to: '2025-01-04' })).cents).toBe(2);
    expect(
      depositInterest(ask({ depositCents: 36500 / 2, rateTable, to: '2025-01-04', roundingMode: 'DOWN' })).cents,
    ).toBe(1);
  });

  it('rule 14: is additive over a stretch cut anywhere, before rounding', () => {
    const start = '2022-06-01';
    const rates = fc.uniqueArray(
      fc.record({
        from: fc.integer({ min: -100, max: 1500 }).map((n) => addDays(start, n)),
        percent: fc.nat(1200).map((n) => `${n / 100}`),
      }),
      { maxLength: 5, selector: (row) => row.from },
    );
    fc.assert(
      fc.property(
        rates,
        fc.constantFrom(365 as const, 360 as const, 'ACTUAL' as const),
        fc.nat(10 ** 7),
        fc.nat(1500),
        fc.nat(1500),
        (rateTable, dayBasis, depositCents, a, b) => {
          const [cut, end] = [addDays(start, Math.min(a, b)), addDays(start, Math.max(a, b))];
          const over = (from: string, to: string) =>
            exactInterest(ask({ rateTable, dayBasis, depositCents, from, to }));
          expect(add(over(start, cut), over(cut, end))).toEqual(over(start, end));
        },
      ),
    );
  });

  it('takes a sound policy and reports every problem of another', () => {
    expect(refuseInterestPolicy(policy())).toEqual([]);
    const rateTable = [
      { from: '2025-02-30', percent: '-1' },
      { from: '2025-01-01', percent: '1' },
      { from: '2025-01-01', percent: '2' },
    ];
    expect(
      refuseInterestPolicy(policy({ rateTable, dayBasis: 364 as never, minHoldDays: 0.5 })).map(
        ({ pointer }) => pointer,
      ),
    ).toEqual(['/rateTable/0/from', '/rateTable/0/percent', '/rateTable/2/from', '/dayBasis', '/minHoldDays']);
  });
});
