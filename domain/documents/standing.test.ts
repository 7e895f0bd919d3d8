import { draftStandingOf, standingOf, type StandingEntry } from './standing';

const entry = (kind: string, receivableCents: number, heldCents = 0, on = '2026-05-01'): StandingEntry => ({
  ...{ key: `${kind}/1`, kind, on, receivableCents, heldCents, method: kind.startsWith('PAYMENT') ? 'CASH' : null },
});

const BEFORE = [
  entry('REGULAR_BILL', 5000, 0, '2026-03-02'),
  entry('DEPOSIT_RECEIVED', 0, 10_000, '2026-03-03'),
  entry('REGULAR_BILL', 3000, 0, '2026-04-02'),
  entry('PAYMENT', -6000, 0, '2026-04-09'),
  entry('PAYMENT_REVERSED', 6000, 0, '2026-04-12'),
  entry('RETURNED_PAYMENT_FEE', 2500, 0, '2026-04-12'),
];

describe('where an account stands with a bill', () => {
  it('begins with what was left when it was billed last, and tells payments from everything else', () => {
    const own = [
      entry('FINAL_BILL', 1783),
      entry('DEPOSIT_INTEREST', 0, 20),
      entry('DEPOSIT_APPLIED', -10_020, -10_020),
    ];
    expect(standingOf({ before: BEFORE, own }, 0)).toEqual({
      last: { on: '2026-04-02', cents: 8000 },
      payments: [
        { on: '2026-04-09', method: 'CASH', cents: 6000, returned: false },
        { on: '2026-04-12', method: 'CASH', cents: -6000, returned: true },
      ],
      ...{ otherCents: 2500, depositUsedCents: 0, balanceBeforeCents: 10_500, replacedCents: 0, penaltyGoneCents: 0 },
      ...{ depositCents: 10_000, interestCents: 20, netCents: 10_500 + 1783 - 10_020 },
    });
  });

  it('takes what the replaced bill charged, and its penalty, off', () => {
    const before = [entry('FINAL_BILL', 1783), entry('DEPOSIT_APPLIED', -1000, -1000), entry('PENALTY', 150)];
    const own = [entry('BILL_CORRECTION', -300), entry('PENALTY_UNDONE', -150)];
    const standing = standingOf({ before, own }, 1783);
    expect(standing).toMatchObject({ depositUsedCents: 1000, otherCents: 150, balanceBeforeCents: 933 });
    expect(standing).toMatchObject({ replacedCents: 1783, penaltyGoneCents: 150, netCents: 933 - 300 - 150 + 1000 });
  });

  it('shows of a draft what its approver was shown', () => {
    const preview = { balanceBeforeCents: 10_500, interestCents: 20, netCents: 2263 };
    const standing = draftStandingOf(BEFORE, preview, { totalCents: 1783, replacedCents: 0 });
    expect(standing).toMatchObject({
      balanceBeforeCents: 10_500,
      depositCents: 10_000,
      penaltyGoneCents: 0,
      netCents: 2263,
    });
  });

  it('is a first bill without anything before', () => {
    const standing = standingOf({ before: [], own: [entry('FINAL_BILL', 1783)] }, 0);
    expect(standing).toMatchObject({ last: null, payments: [], otherCents: 0, balanceBeforeCents: 0, netCents: 1783 });
  });
});
