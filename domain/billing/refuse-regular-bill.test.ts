import { lastBilledDay, refuseRegularBill, type RegularBillFacts } from './refuse-regular-bill';

const water = { serviceCode: 'WATER', startOn: '2025-01-01', endOn: null, lastBilledThrough: '2026-09-30' };
const refuse = { serviceCode: 'REFUSE', startOn: '2026-10-10', endOn: null, lastBilledThrough: null };
const line = { serviceCode: 'WATER', amountCents: 2500, taxCents: 125 };
const facts = (
  more: Partial<RegularBillFacts> = {},
  bill: Partial<RegularBillFacts['bill']> = {},
): RegularBillFacts => ({
  ...{ accountStatus: 'ACTIVE', today: '2026-11-01', handoverDayTo: 'OUTGOING', draftedIn: null },
  services: [water, refuse],
  ...more,
  bill: { billedThrough: '2026-10-31', dueOn: '2026-11-20', lines: [line], ...bill },
});
const codeOf = (...given: Parameters<typeof facts>) => refuseRegularBill(facts(...given))?.code ?? null;

describe('refuseRegularBill', () => {
  it('takes a bill of the days since the last one', () => {
    expect(codeOf()).toBeNull();
    expect(codeOf({}, { billedThrough: '2026-10-01' })).toBeNull();
    expect(codeOf({}, { lines: [line, { ...line, serviceCode: 'REFUSE' }] })).toBeNull();
  });

  it('takes no day twice, a first bill from the first billed day on', () => {
    expect(codeOf({}, { billedThrough: '2026-09-30' })).toBe('DAY_BILLED_TWICE');
    const first = { lines: [{ ...line, serviceCode: 'REFUSE' }] };
    expect(codeOf({}, { ...first, billedThrough: '2026-10-10' })).toBe('DAY_BILLED_TWICE');
    expect(codeOf({}, { ...first, billedThrough: '2026-10-11' })).toBeNull();
    expect(codeOf({ handoverDayTo: 'INCOMING' }, { ...first, billedThrough: '2026-10-10' })).toBeNull();
    expect(lastBilledDay(refuse, 'INCOMING')).toBe('2026-10-09');
  });

  it('bills a leaver up to the last day that is the leaver’s', () => {
    const services = [{ ...water, endOn: '2026-10-20' }];
    expect(codeOf({ services }, { billedThrough: '2026-10-20' })).toBeNull();
    expect(codeOf({ services }, { billedThrough: '2026-10-21' })).toBe('BILLED_PAST_STOP');
    expect(codeOf({ services, handoverDayTo: 'INCOMING' }, { billedThrough: '2026-10-20' })).toBe('BILLED_PAST_STOP');
  });

  it('is blocked by a drafted final bill, which it names', () => {
    expect(refuseRegularBill(facts({ draftedIn: 'moveout-1' }))).toMatchObject({
      code: 'FINAL_BILL_DRAFTED',
      message: expect.stringContaining('moveout-1'),
    });
  });

  it.each<[string, Parameters<typeof facts>]>([
    ['ACCOUNT_NOT_BILLED', [{ accountStatus: 'FINAL_BILLED' }]],
    ['ACCOUNT_NOT_BILLED', [{ accountStatus: 'PENDING_START' }]],
    ['BILLED_IN_FUTURE', [{ today: '2026-10-30' }]],
    ['DUE_BEFORE_BILLED', [{}, { dueOn: '2026-10-30' }]],
    ['SERVICE_TWICE', [{}, { lines: [line, line] }]],
    ['SERVICE_UNKNOWN', [{}, { lines: [{ ...line, serviceCode: 'GAS' }] }]],
    ['BILL_BELOW_ZERO', [{}, { lines: [{ ...line, amountCents: -126 }] }]],
  ])('refuses with %s', (code, given) => {
    expect(codeOf(...given)).toBe(code);
  });
});
