import { penaltyOn, penaltyOnFinal, type LateBill, type PenaltyPolicy } from './penalty-on-final';

const percent: PenaltyPolicy = { kind: 'PERCENT', percent: '1.5', amountCents: 0, graceDays: 0 };
const amount: PenaltyPolicy = { kind: 'AMOUNT', percent: '0', amountCents: 500, graceDays: 0 };
const bill = (more: Partial<LateBill> = {}): LateBill => ({
  ...{ balanceCents: 1783, billTotalCents: 1783, dueOn: '2026-06-30', exempt: false, ...more },
});
const centsOf = (policy: PenaltyPolicy, of: LateBill, today = '2026-07-01') => penaltyOnFinal(policy, of, today).cents;

describe('rule 13: the penalty on a final bill', () => {
  it('rule 13: is a percent of what is unpaid, rounded once half up', () => {
    expect(centsOf(percent, bill())).toBe(27);
    expect(centsOf(percent, bill({ balanceCents: 100 }))).toBe(2);
    expect(centsOf({ ...percent, percent: '10' }, bill({ balanceCents: 4 }))).toBe(0);
  });

  it('rule 13: or an amount, whatever is unpaid', () => {
    expect(centsOf(amount, bill())).toBe(500);
    expect(centsOf(amount, bill({ balanceCents: 1 }))).toBe(500);
  });

  it('rule 13: begins on the day after the due date, and after the days of grace', () => {
    expect(penaltyOn(percent, bill())).toBe('2026-07-01');
    expect(centsOf(percent, bill(), '2026-06-30')).toBe(0);
    const late = { ...percent, graceDays: 10 };
    expect([centsOf(late, bill(), '2026-07-10'), centsOf(late, bill(), '2026-07-11')]).toEqual([0, 27]);
  });

  it('rule 28: is on the last bill only, not on what was owed before it', () => {
    expect(penaltyOnFinal(percent, bill({ balanceCents: 90_000 }), '2026-07-01')).toEqual({
      baseCents: 1783,
      cents: 27,
    });
  });

  it('rule 13: is nothing where nothing is owed, for an exempt account, and where the office has none', () => {
    expect(centsOf(amount, bill({ balanceCents: 0 }))).toBe(0);
    expect(centsOf(amount, bill({ balanceCents: -5 }))).toBe(0);
    expect(centsOf(amount, bill({ billTotalCents: 0 }))).toBe(0);
    expect(centsOf(percent, bill({ exempt: true }))).toBe(0);
    expect(centsOf({ ...percent, kind: 'NONE' }, bill())).toBe(0);
    expect(penaltyOn(amount, bill({ exempt: true }))).toBeNull();
  });

  it('rule 13: is never due where it comes to nothing, or its step would be taken again without end', () => {
    expect(penaltyOn({ ...percent, percent: '10' }, bill({ balanceCents: 4 }))).toBeNull();
    expect(penaltyOn(percent, bill({ billTotalCents: 0, balanceCents: 5000 }))).toBeNull();
    expect(penaltyOn({ ...percent, percent: '0' }, bill())).toBeNull();
    expect(penaltyOn({ ...amount, amountCents: 0 }, bill())).toBeNull();
  });
});
