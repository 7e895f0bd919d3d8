import { refuseQuote, type QuoteRequest } from './refuse-quote';

const asked: QuoteRequest = {
  ...{ accountStatus: 'ACTIVE', startOn: '2026-01-01', setStopOn: null, lastBilledThrough: '2026-06-10' },
  stopOn: '2026-06-20',
};
const codeOf = (more: Partial<QuoteRequest>) => refuseQuote({ ...asked, ...more })?.code ?? null;

describe('a final bill that is only asked about', () => {
  it('is for any day after the start and the last bill, however far ahead', () => {
    expect(codeOf({})).toBeNull();
    expect(codeOf({ stopOn: '2031-06-20' })).toBeNull();
    expect(codeOf({ stopOn: '2026-06-10' })).toBe('BILLED_PAST_STOP');
    expect(codeOf({ stopOn: '2026-01-01', lastBilledThrough: null })).toBe('STOP_BEFORE_START');
  });

  it('is for the day that is set once every service has stopped, and for none once it is billed', () => {
    const stopped = { accountStatus: 'FINAL_PENDING', setStopOn: '2026-06-20' } as const;
    expect(codeOf(stopped)).toBeNull();
    expect(codeOf({ ...stopped, lastBilledThrough: '2026-06-20' })).toBeNull();
    expect(codeOf({ ...stopped, stopOn: '2026-06-21' })).toBe('STOP_IS_SET');
    expect(codeOf({ accountStatus: 'PENDING_STOP', setStopOn: '2026-06-25' })).toBeNull();
    for (const accountStatus of ['PENDING_START', 'FINAL_BILLED', 'CLOSED', 'CANCELED'] as const)
      expect(codeOf({ accountStatus })).toBe('ACCOUNT_NOT_ACTIVE');
  });
});
