import { refuseExchange, type ExchangeRequest } from './refuse-exchange';

const usual: ExchangeRequest = {
  ...{ exchangedOn: '2026-06-10', today: '2026-06-10', billedThrough: '2026-06-10', stopsOn: '2026-06-10' },
  ...{ oldMeter: { serial: 'M-1', unit: 'gal' }, newMeter: { serial: 'M-2', unit: 'gal' } },
};
const said = (change: Partial<ExchangeRequest>) =>
  refuseExchange({ ...usual, ...change }).map(({ code, pointer }) => `${code} ${pointer}`);

describe('S10 an exchange', () => {
  it('goes ahead on the day of the last bill or of the stop', () => {
    expect(said({})).toEqual([]);
    expect(said({ billedThrough: null, stopsOn: null })).toEqual([]);
  });

  it.each<[string, Partial<ExchangeRequest>]>([
    ['EXCHANGE_IN_FUTURE #/exchangedOn', { exchangedOn: '2026-06-11', stopsOn: null }],
    ['EXCHANGE_BEFORE_BILLED #/exchangedOn', { exchangedOn: '2026-06-09' }],
    ['EXCHANGE_AFTER_STOP #/exchangedOn', { stopsOn: '2026-06-09' }],
    ['METER_SAME #/newMeter/serial', { newMeter: { serial: 'M-1', unit: 'gal' } }],
    ['METER_UNIT #/newMeter/unit', { newMeter: { serial: 'M-2', unit: 'cf' } }],
  ])('is refused: %s', (refusal, change) => expect(said(change)).toEqual([refusal]));
});
