import fc from 'fast-check';
import type { HeldDeposit, SettlementFacts } from './settle';
import { settleDeposits } from './settle';

const deposit = (
  depositId: number,
  serviceType: string | null,
  amountCents: number,
  changes: Partial<HeldDeposit> = {},
): HeldDeposit => ({
  depositId,
  serviceType,
  amountCents,
  paidOn: '2025-06-10',
  lastInterestOn: null,
  ...changes,
});
const settle = (deposits: HeldDeposit[], owed: [string, number][], changes: Partial<SettlementFacts> = {}) =>
  settleDeposits({
    deposits,
    owed: owed.map(([serviceType, amountCents]) => ({ serviceType, amountCents })),
    interestStop: '2026-06-10',
    interest: { enabled: false, rateTable: [], dayBasis: 365, minHoldDays: 0 },
    priorities: { WATER: 1, SEWER: 2, REFUSE: 3 },
    ...changes,
  });
const threePercent = {
  enabled: true,
  rateTable: [{ from: '2020-01-01', percent: '3' }],
  dayBasis: 365 as const,
  minHoldDays: 0,
};

describe('rule 15: deposits at settlement', () => {
  it('rule 15: a deposit pays its own service first, then the others by priority, and the rest remains', () => {
    const { applied, remaining } = settle(
      [deposit(1, 'REFUSE', 10000)],
      [
        ['WATER', 3000],
        ['SEWER', 2000],
        ['REFUSE', 4000],
      ],
    );
    expect(applied).toEqual([
      { depositId: 1, serviceType: 'REFUSE', cents: 4000 },
      { depositId: 1, serviceType: 'WATER', cents: 3000 },
      { depositId: 1, serviceType: 'SEWER', cents: 2000 },
    ]);
    expect(remaining).toEqual([{ depositId: 1, cents: 1000 }]);
  });

  it('rule 15: no deposit pays for another service while a deposit of that service could', () => {
    const { applied, remaining } = settle(
      [deposit(1, 'WATER', 5000), deposit(2, 'SEWER', 5000)],
      [
        ['WATER', 1000],
        ['SEWER', 4000],
      ],
    );
    expect(applied).toEqual([
      { depositId: 1, serviceType: 'WATER', cents: 1000 },
      { depositId: 2, serviceType: 'SEWER', cents: 4000 },
    ]);
    expect(remaining).toEqual([
      { depositId: 1, cents: 4000 },
      { depositId: 2, cents: 1000 },
    ]);
  });

  it('rule 15: interest is added to the deposit before it is applied', () => {
    const { interest, applied, remaining } = settle([deposit(1, 'WATER', 10000)], [['WATER', 10200]], {
      interest: threePercent,
    });
    expect(interest).toMatchObject([{ depositId: 1, cents: 300 }]);
    expect(applied).toEqual([{ depositId: 1, serviceType: 'WATER', cents: 10200 }]);
    expect(remaining).toEqual([{ depositId: 1, cents: 100 }]);
  });

  it('rule 14: interest runs from the later of payment and last interest', () => {
    const posted = deposit(1, 'WATER', 36500, { lastInterestOn: '2026-05-31' });
    expect(settle([posted], [], { interest: threePercent }).interest[0]?.cents).toBe(30);
    expect(
      settle([{ ...posted, lastInterestOn: '2025-01-01' }], [], { interest: threePercent }).interest[0]?.cents,
    ).toBe(1095);
    expect(settle([posted], [], { interest: { ...threePercent, minHoldDays: 365 } }).interest[0]?.cents).toBe(30);
  });

  it('rule 16: services of one priority, or of none, share what the others leave', () => {
    const owed: [string, number][] = [
      ['B', 300],
      ['WATER', 200],
      ['A', 300],
    ];
    expect(settle([deposit(1, null, 301)], owed).applied).toEqual([
      { depositId: 1, serviceType: 'WATER', cents: 200 },
      { depositId: 1, serviceType: 'A', cents: 51 },
      { depositId: 1, serviceType: 'B', cents: 50 },
    ]);
  });

  it("rule 15: the account's own credit goes before the deposit", () => {
    const { offsets, applied, remaining } = settle(
      [deposit(1, 'WATER', 10000)],
      [
        ['WATER', 8000],
        ['SEWER', -3000],
      ],
    );
    expect(offsets).toEqual([
      { serviceType: 'WATER', cents: -3000 },
      { serviceType: 'SEWER', cents: 3000 },
    ]);
    expect(applied).toEqual([{ depositId: 1, serviceType: 'WATER', cents: 5000 }]);
    expect(remaining).toEqual([{ depositId: 1, cents: 5000 }]);
  });

  it('rule 15: the oldest deposit is used first', () => {
    const { applied } = settle(
      [deposit(1, 'WATER', 1000), deposit(2, 'WATER', 1000, { paidOn: '2024-01-01' })],
      [['WATER', 1500]],
    );
    expect(applied).toEqual([
      { depositId: 2, serviceType: 'WATER', cents: 1000 },
      { depositId: 1, serviceType: 'WATER', cents: 500 },
    ]);
  });

  it('rule 15: without a debt everything remains', () => {
    expect(settle([deposit(1, 'WATER', 5000)], [])).toMatchObject({
      offsets: [],
      applied: [],
      remaining: [{ depositId: 1, cents: 5000 }],
    });
    expect(settle([], [['WATER', 5000]])).toEqual({ interest: [], offsets: [], applied: [], remaining: [] });
  });

  it('rule 15: loses and creates no cent, and never applies more than the account owes', () => {
    const service = fc.constantFrom('WATER', 'SEWER', 'REFUSE', 'ELECTRIC');
    const deposits = fc.array(
      fc.tuple(fc.option(service), fc.nat(100_000), fc.constantFrom('2024-01-01', '2025-06-10', '2026-06-10')),
      { maxLength: 4 },
    );
    const total = (amounts: number[]) => amounts.reduce((a, b) => a + b, 0);
    fc.assert(
      fc.property(
        deposits,
        fc.array(fc.tuple(service, fc.integer({ min: -50_000, max: 200_000 })), { maxLength: 5 }),
        (list, owed) => {
          const held = list.map(([type, amount, paidOn], i) => deposit(i + 1, type, amount, { paidOn }));
          const { interest, offsets, applied, remaining } = settle(held, owed, { interest: threePercent });
          const appliedCents = total(applied.map(({ cents }) => cents));
          const owedCents = total(owed.map(([, cents]) => cents));
          const heldCents =
            total(held.map(({ amountCents }) => amountCents)) + total(interest.map(({ cents }) => cents));
          expect(appliedCents + total(remaining.map(({ cents }) => cents))).toBe(heldCents);
          expect(appliedCents).toBe(Math.max(0, Math.min(heldCents, owedCents)));
          expect(total(offsets.map(({ cents }) => cents))).toBe(0);
          for (const { depositId, cents } of remaining) {
            const used = total(applied.filter((row) => row.depositId === depositId).map((row) => row.cents));
            const added = interest.find((row) => row.depositId === depositId)?.cents ?? 0;
            expect([cents >= 0, used + cents]).toEqual([true, (held[depositId - 1]?.amountCents ?? 0) + added]);
          }
          for (const type of ['WATER', 'SEWER', 'REFUSE', 'ELECTRIC']) {
            const of = (rows: { serviceType: string; cents: number }[]) =>
              total(rows.filter((row) => row.serviceType === type).map((row) => row.cents));
            const before = total(owed.filter(([each]) => each === type).map(([, cents]) => cents));
            const after = before + of(offsets) - of(applied);
            expect(before >= 0 ? after >= 0 && after <= before : after <= 0 && after >= before).toBe(true);
          }
        },
      ),
    );
  });
});
