import { waterRate } from '../sample-facts';
import type { Charge } from './charges';
import { refuseUnit, type MeasuredService } from './refuse-unit';

const water: MeasuredService = { code: 'WATER', metered: true, unit: 'gal' };
const sewer: MeasuredService = { code: 'SEWER', metered: false, unit: null };
const services = [water, sewer];
const followsWater = (ofService = 'WATER'): Charge[] => [
  { kind: 'SHARE_OF_USAGE', ofService, share: '0.8' },
  ...waterRate().charges,
];
const faults = (...asked: Parameters<typeof refuseUnit>) =>
  refuseUnit(...asked).map(({ code, pointer }) => [code, pointer]);

describe('the unit of a version', () => {
  it('is that of its service, before any conversion', () => {
    expect(faults(waterRate(), water, services)).toEqual([]);
    expect(faults(waterRate({ unit: 'CCF' }), water, services)).toEqual([['RATE_UNIT', '/unit']]);
    const converted = (meterUnit: string) => waterRate({ unit: 'CCF', measuring: { meterUnit, conversions: [] } });
    expect(faults(converted('gal'), water, services)).toEqual([]);
    expect(faults(converted('CCF'), water, services)).toEqual([['RATE_UNIT', '/measuring/meterUnit']]);
  });

  it('is that of the service whose usage it follows', () => {
    expect(faults(waterRate({ charges: followsWater() }), sewer, services)).toEqual([]);
    const wrong = waterRate({ unit: 'CCF', charges: followsWater() });
    expect(faults(wrong, sewer, services)).toEqual([['RATE_UNIT', '/unit']]);
    const unknown = waterRate({ charges: followsWater('STEAM') });
    expect(faults(unknown, sewer, services)).toEqual([['SERVICE_UNKNOWN', '/charges/0/ofService']]);
  });

  it('matters only where usage is priced, which needs a meter', () => {
    expect(faults(waterRate(), sewer, services)).toEqual([['RATE_NEEDS_METER', '/charges']]);
    const flat = waterRate({ unit: null, charges: [{ kind: 'FLAT', amountCents: 1200 }] });
    expect(faults(flat, sewer, services)).toEqual([]);
    expect(faults(flat, water, services)).toEqual([]);
  });
});
