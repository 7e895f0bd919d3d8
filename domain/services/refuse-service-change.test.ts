import { APPROVAL_REASONS } from '../settings';
import { refuseAdd, refuseChange, refuseRemove, refuseTerms } from './refuse-service-change';

const pointer = '#/change/0';

it('S8 a service is added today or some days back, not before the account', () => {
  const add = (startOn: string, accountStartOn = '2026-01-01') =>
    refuseAdd({ startOn, accountStartOn, today: '2026-06-10', maxBackDays: 10, pointer })?.code ?? null;
  expect(['2026-06-10', '2026-05-31'].map((day) => add(day))).toEqual([null, null]);
  expect(add('2026-06-11')).toBe('CONNECT_IN_FUTURE');
  expect(add('2026-05-30')).toBe('START_TOO_FAR_BACK');
  expect(add('2026-06-01', '2026-06-02')).toBe('CONNECT_BEFORE_START');
});

it('S8 other terms hold as of the first day that is not billed', () => {
  const usual = { status: 'ACTIVE' as const, startOn: '2026-01-01', pointer };
  const change = (lastBilledThrough: string | null, effectiveOn: string) =>
    refuseChange({ ...usual, lastBilledThrough, effectiveOn })?.code ?? null;
  expect(change('2026-05-31', '2026-06-01')).toBeNull();
  expect(change(null, '2026-01-01')).toBeNull();
  expect(change('2026-05-31', '2026-06-02')).toBe('CHANGE_NEEDS_BILL');
  expect(change(null, '2026-06-01')).toBe('CHANGE_NEEDS_BILL');
  const stopping = { ...usual, status: 'PENDING_STOP' as const, lastBilledThrough: null, effectiveOn: '2026-01-01' };
  expect(refuseChange(stopping)?.code).toBe('SERVICE_NOT_ACTIVE');
});

it('S8 a service of several is taken back if it was never billed, else it stops on a day', () => {
  const usual = { status: 'ACTIVE' as const, metered: false, startOn: '2026-01-01', lastBilledThrough: null, pointer };
  const remove = (about: object) =>
    refuseRemove({ ...usual, isLast: false, stopDate: null, today: '2026-06-10', maxBackDays: 10, ...about })?.code ??
    null;
  expect(remove({})).toBeNull();
  expect(remove({ metered: true })).toBe('STOP_DATE_MISSING');
  expect(remove({ lastBilledThrough: '2026-05-31' })).toBe('STOP_DATE_MISSING');
  expect(remove({ metered: true, lastBilledThrough: '2026-05-31', stopDate: '2026-05-31' })).toBeNull();
  expect(remove({ lastBilledThrough: '2026-06-02', stopDate: '2026-06-01' })).toBe('BILLED_PAST_STOP');
  expect(remove({ stopDate: '2026-06-11' })).toBe('STOP_IN_FUTURE');
  expect(remove({ stopDate: '2026-05-30' })).toBe('STOP_TOO_FAR_BACK');
  expect(remove({ startOn: '2026-06-05', stopDate: '2026-06-04' })).toBe('STOP_BEFORE_START');
  expect(remove({ isLast: true })).toBe('LAST_SERVICE');
  expect(remove({ status: 'PENDING_STOP' })).toBe('SERVICE_NOT_ACTIVE');
});

it('S8 S20 terms that a set-up would need approval for are a supervisor’s', () => {
  const before = { rateId: 1, quantity: '1.0000', units: '1.0000' };
  const terms = (after: object, isSupervisor = false, approvalFor = [...APPROVAL_REASONS], otherPriceTerms = false) =>
    refuseTerms({
      ...{ before, otherPriceTerms },
      after: { rateId: 1, quantity: '1', units: '1', ...after },
      approvalFor,
      isSupervisor,
      pointer,
    });
  expect(terms({})).toBeNull();
  expect(terms({ rateId: 2 })).toMatchObject({ code: 'TERMS_NEED_SUPERVISOR', pointer: '#/change/0/rateCode' });
  expect(terms({ quantity: '2' })).toMatchObject({ pointer: '#/change/0/quantity' });
  expect(terms({ rateId: 2, quantity: '2' }, true)).toBeNull();
  expect(terms({ rateId: 2, quantity: '2' }, false, [])).toBeNull();
  const ofThePlace = (isSupervisor: boolean) => terms({}, isSupervisor, [...APPROVAL_REASONS], true);
  expect(ofThePlace(false)).toMatchObject({ code: 'TERMS_NEED_SUPERVISOR', pointer: '#/change/0/priceTerms' });
  expect(ofThePlace(true)).toBeNull();
});
