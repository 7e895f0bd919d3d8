import { collectionsFrom, refuseAmountSince, refuseHandOver, refuseWait } from './collections';

describe('a balance that stays unpaid', () => {
  const policy = { afterReminders: 3, afterDays: 30 };
  const dueOn = '2026-03-01';

  it('is for collections after so many reminders, and so many days after it was due', () => {
    expect(collectionsFrom(policy, { reminders: 2, dueOn, waitUntil: null })).toBeNull();
    expect(collectionsFrom(policy, { reminders: 3, dueOn, waitUntil: null })).toBe('2026-03-31');
    expect(collectionsFrom(policy, { reminders: 3, dueOn, waitUntil: '2026-03-15' })).toBe('2026-03-31');
    expect(collectionsFrom(policy, { reminders: 3, dueOn, waitUntil: '2026-05-01' })).toBe('2026-05-01');
  });

  it('is not handed over below the least amount', () => {
    expect(refuseHandOver({ minCents: 2000 }, 1999)?.code).toBe('BELOW_COLLECTIONS');
    expect(refuseHandOver({ minCents: 2000 }, 2000)).toBeNull();
  });

  it('is not handed over when it was paid meanwhile, or is more than whoever decided has seen', () => {
    expect(refuseAmountSince(1783, 1783)).toBeNull();
    expect(refuseAmountSince(1783, 783)).toBeNull();
    expect(refuseAmountSince(1783, 0)?.code).toBe('AMOUNT_CHANGED');
    expect(refuseAmountSince(1783, -217)?.code).toBe('AMOUNT_CHANGED');
    expect(refuseAmountSince(1783, 4283)?.code).toBe('AMOUNT_CHANGED');
  });

  it('is waited for until a day to come, within a year', () => {
    expect(refuseWait('2026-03-01', '2026-03-01')?.code).toBe('WAIT_IN_PAST');
    expect(refuseWait('2026-03-02', '2026-03-01')).toBeNull();
    expect(refuseWait('2027-03-02', '2026-03-01')).toBeNull();
    expect(refuseWait('2027-03-03', '2026-03-01')?.code).toBe('WAIT_TOO_LONG');
  });
});
