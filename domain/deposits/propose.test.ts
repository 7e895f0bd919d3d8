import { proposeDeposit, type DepositQuestion } from './propose';

const asked = (more: Partial<DepositQuestion> = {}) =>
  proposeDeposit({
    ...{ policy: { kind: 'AVERAGE_BILL', times: '2', fallbackCents: 15_000 }, role: 'TENANT', percent: 100 },
    ...{ billed: { cents: 54_750, days: 365 }, monthsInGoodCredit: null, waivedAfterMonths: 12, ...more },
  });

describe('S9 a deposit is proposed', () => {
  it('as so many average bills of a month, in whole dollars', () => {
    // 547.50 in a year is 45.625 a month, and two of them are 91.25.
    expect(asked()).toEqual({ amountCents: 9_100, why: 'AVERAGE_BILL', averageBillCents: 4_563 });
    expect(asked({ policy: { kind: 'AVERAGE_BILL', times: '2.5', fallbackCents: 0 } }).amountCents).toBe(11_400);
  });

  it('as the amount for a place without a history, or with too short a one', () => {
    const fallback = { amountCents: 15_000, why: 'NO_HISTORY', averageBillCents: null };
    expect(asked({ billed: { cents: 0, days: 0 } })).toEqual(fallback);
    expect(asked({ billed: { cents: 4_500, days: 29 } })).toEqual(fallback);
    expect(asked({ billed: { cents: 4_500, days: 30 } }).why).toBe('AVERAGE_BILL');
  });

  it('as a fixed amount, times the percent of the customer type, rounded half up', () => {
    const policy = { kind: 'FIXED', amountCents: 10_001 } as const;
    expect(asked({ policy })).toEqual({ amountCents: 10_001, why: 'FIXED', averageBillCents: null });
    expect(asked({ policy, percent: 50 }).amountCents).toBe(5_001);
    expect(asked({ percent: 150 }).amountCents).toBe(13_700);
    expect(asked({ percent: 0 })).toMatchObject({ amountCents: 0, why: 'CUSTOMER_TYPE' });
  });

  it('as nothing: of no policy, of owners and landlords, and after months of good credit', () => {
    expect(asked({ policy: { kind: 'NONE' } })).toMatchObject({ amountCents: 0, why: 'NOT_ASKED' });
    expect(asked({ role: 'OWNER' })).toMatchObject({ amountCents: 0, why: 'NOT_A_TENANT' });
    expect(asked({ monthsInGoodCredit: 12 })).toMatchObject({ amountCents: 0, why: 'GOOD_CREDIT' });
    expect(asked({ monthsInGoodCredit: 11 }).why).toBe('AVERAGE_BILL');
    expect(asked({ monthsInGoodCredit: 500, waivedAfterMonths: null }).why).toBe('AVERAGE_BILL');
  });
});
