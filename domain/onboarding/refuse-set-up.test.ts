import { refuseSetUp, type SetUpRequest } from './refuse-set-up';

const water = { serviceCode: 'WATER', position: 1 };
const usual: SetUpRequest = {
  startDate: '2026-06-10',
  services: [{ ...water, connectDate: null }],
  deposits: [{ serviceCode: 'WATER' }],
  meters: [{ ...water, serial: 'M-1', action: 'INSTALL', readOn: '2026-06-01' }],
  orders: [{ ...water, dueOn: '2026-06-10' }],
  ...{ today: '2026-06-10', maxBackDays: 10, maxFutureDays: 20 },
};
const said = (change: Partial<SetUpRequest>) =>
  refuseSetUp({ ...usual, ...change }).map(({ code, pointer }) => `${code} ${pointer}`);
const other = { serviceCode: 'REFUSE', position: 1 };

describe('a set-up form', () => {
  it('that is right has nothing against it', () => {
    expect(said({})).toEqual([]);
    expect(said({ startDate: '2026-05-31' })).toEqual([]);
    expect(said({ startDate: '2026-06-30' })).toEqual([]);
    expect(said({ services: [...usual.services, { ...water, position: 2, connectDate: '2026-06-15' }] })).toEqual([]);
  });

  it.each<[string, Partial<SetUpRequest>]>([
    ['START_TOO_FAR_BACK #/startDate', { startDate: '2026-05-30' }],
    [
      'START_TOO_FAR_AHEAD #/startDate',
      { startDate: '2026-07-01', services: [{ ...water, connectDate: '2026-06-30' }] },
    ],
    ['SERVICE_TWICE #/services/1', { services: [...usual.services, ...usual.services] }],
    ['CONNECT_BEFORE_START #/services/0/connectDate', { services: [{ ...water, connectDate: '2026-06-09' }] }],
    ['START_TOO_FAR_AHEAD #/services/0/connectDate', { services: [{ ...water, connectDate: '2026-07-01' }] }],
    ['DEPOSIT_TWICE #/deposits/1', { deposits: [...usual.deposits, ...usual.deposits] }],
    ['DEPOSIT_WITHOUT_SERVICE #/deposits/0/serviceCode', { deposits: [{ serviceCode: 'REFUSE' }] }],
    ['METER_TWICE #/meters/1', { meters: [...usual.meters, ...usual.meters] }],
    ['METER_WITHOUT_SERVICE #/meters/0', { meters: [{ ...other, serial: 'M-2', action: 'INSTALL', readOn: null }] }],
    [
      'READ_IN_FUTURE #/meters/0/beginRead/readOn',
      { meters: [{ ...water, serial: 'M-1', action: 'INSTALL', readOn: '2026-06-11' }] },
    ],
    [
      'READ_IN_FUTURE #/meters/0/removalRead/readOn',
      { meters: [{ ...water, serial: 'M-1', action: 'REMOVE', readOn: '2026-06-11' }] },
    ],
    ['ORDER_WITHOUT_SERVICE #/serviceOrders/0', { orders: [{ ...other, dueOn: null }] }],
    ['ORDER_IN_PAST #/serviceOrders/0/dueOn', { orders: [{ ...water, dueOn: '2026-06-09' }] }],
  ])('has against it: %s', (expected, change) => {
    expect(said(change)).toContain(expected);
  });

  it('says all at once', () => {
    expect(said({ services: [], startDate: '2027-01-01' })).toEqual([
      'START_TOO_FAR_AHEAD #/startDate',
      'NO_SERVICES #/services',
      'DEPOSIT_WITHOUT_SERVICE #/deposits/0/serviceCode',
      'METER_WITHOUT_SERVICE #/meters/0',
      'ORDER_WITHOUT_SERVICE #/serviceOrders/0',
    ]);
  });
});
