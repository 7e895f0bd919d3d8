import fc from 'fast-check';
import { priceFinalBill } from '../price-final-bill';
import type { Charge, ShareOfUsage } from '../rate/charges';
import type { BillEvent, Measuring, RateVersion } from '../rate/rate-version';
import { centsByCode, finalBillFacts, unmeteredService, waterRate, waterService } from '../sample-facts';
import type { MeterSegment } from './usage';

const perUnit: Charge = { kind: 'TIERS', per: '1', tierProration: 'WHOLE', tiers: [{ upTo: null, rate: '1' }] };
const segment = (startValue: string, endValue: string, changes: Partial<MeterSegment> = {}): MeterSegment => ({
  ...{ meterSerial: 'M1', dials: 6, multiplier: '1', startValue, endValue, rollover: 'NONE' },
  ...changes,
});
function usageOf(measuring: Measuring, segments: MeterSegment[], event: BillEvent = 'FINAL_DISCONNECT', service = {}) {
  const version: RateVersion = waterRate({ taxes: [], charges: [perUnit], unit: 'unit', measuring });
  const facts = finalBillFacts({
    event,
    services: [waterService({ unit: measuring.meterUnit, segments, rateVersions: [version], ...service })],
  });
  return priceFinalBill(facts).services[0]?.usage;
}

describe('rule 22: measuring', () => {
  it('rule 22: volume becomes therms step by step, each with its own rounding', () => {
    const conversions = [
      { name: 'Pressure', factor: '1.0243', roundTo: '0.01' },
      { name: 'Heat', factor: { measure: 'BTU' }, roundTo: '1', mode: 'UP' as const },
    ];
    const service = { measures: { BTU: '1.031' } };
    expect(usageOf({ meterUnit: 'CCF', conversions }, [segment('0', '17')], 'REGULAR', service)).toBe('18');
    expect(usageOf({ meterUnit: 'CCF', conversions: [{ factor: '1.0243' }] }, [segment('0', '17')])).toBe('17.4131');
  });

  it('rule 3: Dover bills the nearest 100 gal', () => {
    const nearest = { meterUnit: 'gal', conversions: [{ roundTo: '100' }] };
    expect(usageOf(nearest, [segment('0', '3849')])).toBe('3800');
    expect(usageOf(nearest, [segment('0', '3850')])).toBe('3900');
  });

  it('rule 3: Miramar bills 3,859 as 3,000; the rest carries to the next bill, and a final bill bills or drops it', () => {
    const cut = (finalFraction?: 'BILL' | 'DROP'): Measuring => ({
      ...{ meterUnit: 'gal', truncateReadsTo: '1000', conversions: [] },
      ...(finalFraction && { finalFraction }),
    });
    expect(usageOf(cut(), [segment('0', '3859')], 'REGULAR')).toBe('3000');
    expect(usageOf(cut(), [segment('3859', '7142')], 'REGULAR')).toBe('4000');
    expect(usageOf(cut('DROP'), [segment('3859', '7142')])).toBe('4000');
    expect(usageOf(cut('BILL'), [segment('3859', '7142')])).toBe('4142');
    expect(usageOf(cut('BILL'), [segment('3859', '7142')], 'REGULAR')).toBe('4000');
  });

  it('rule 3: what consecutive bills carry adds up to the usage of the meter, whatever the reads', () => {
    const cut: Measuring = { meterUnit: 'gal', truncateReadsTo: '1000', finalFraction: 'BILL', conversions: [] };
    fc.assert(
      fc.property(fc.array(fc.nat(20_000), { minLength: 1, maxLength: 6 }), (uses) => {
        let read = 0;
        const billed = uses.map((use, i) => {
          const [start, end] = [read, (read += use)];
          const last = i === uses.length - 1;
          return Number(usageOf(cut, [segment(`${start}`, `${end}`)], last ? 'FINAL_DISCONNECT' : 'REGULAR'));
        });
        expect(billed.reduce((a, b) => a + b, 0)).toBe(read);
        billed.slice(0, -1).forEach((each) => expect(each % 1000).toBe(0));
      }),
    );
  });

  it('rule 22: a new meter that begins off the billing unit takes nothing off a final bill', () => {
    const cut: Measuring = { meterUnit: 'gal', truncateReadsTo: '1000', conversions: [] };
    const exchange = [segment('100000', '100010'), segment('900', '990', { meterSerial: 'M2' })];
    expect(usageOf(cut, exchange)).toBe('10');
  });

  it('rule 22: two meters of an exchange are one quantity, each with its own dials, multiplier and rollover', () => {
    const two = [
      segment('9990', '10', { dials: 4, rollover: 'ACCEPTED' }),
      segment('100', '105.5', { meterSerial: 'M2', multiplier: '10' }),
    ];
    expect(usageOf({ meterUnit: 'gal', conversions: [] }, two)).toBe('75');
  });

  it('refuses usage in another unit than the measuring begins with', () => {
    const measuring: Measuring = { meterUnit: 'CCF', conversions: [] };
    const version = waterRate({ taxes: [], charges: [perUnit], measuring });
    expect(() => centsByCode(finalBillFacts({ services: [waterService({ rateVersions: [version] })] }))).toThrow(
      'UNIT_MISMATCH',
    );
  });
});

describe('rule 27: sewer from water', () => {
  const sewer = (share: Partial<ShareOfUsage>, service = {}) => {
    const follows: ShareOfUsage = { kind: 'SHARE_OF_USAGE', ofService: 'WATER', share: '1', ...share };
    const rateVersions = [waterRate({ taxes: [], charges: [follows, { ...perUnit, code: 'SEWER' }] })];
    const water = waterService({
      rateVersions: [waterRate({ taxes: [], charges: [{ kind: 'BASE', amountCents: 0 }] })],
    });
    const services = [water, unmeteredService({ serviceType: 'SEWER', unit: 'gal', rateVersions, ...service })];
    return (centsByCode(finalBillFacts({ services }))['SEWER'] ?? 0) / 100;
  };

  it('rule 12: is a share of the water, at least and at most so much', () => {
    expect(sewer({ share: '0.80' })).toBe(4800);
    expect(sewer({ share: '0.80', atMost: '4000' })).toBe(4000);
    expect(sewer({ share: '0.80', atLeast: '5000' })).toBe(5000);
  });

  it('rule 27: is the winter average as a volume, for a bill, a month or a day', () => {
    expect(sewer({ average: { as: 'VOLUME' } }, { averageUsage: '4500' })).toBe(4500);
    expect(sewer({ average: { as: 'VOLUME', per: 'DAY' } }, { averageUsage: '150' })).toBe(1500);
    expect(sewer({ average: { as: 'VOLUME', per: 'MONTH' } }, { averageUsage: '4500', months: '2' })).toBe(9000);
    expect(sewer({ average: { as: 'VOLUME', otherwise: '8000' } })).toBe(8000);
    expect(sewer({ average: { as: 'VOLUME' } })).toBe(6000);
  });

  it('rule 27: has a share of the average, or the average on the share, by days where it is prorated', () => {
    const averageUsage = { averageUsage: '4500' };
    expect(sewer({ share: '0.9', average: { as: 'CAP' } }, averageUsage)).toBe(4050);
    expect(sewer({ share: '0.9', average: { as: 'CAP', caps: 'SHARE' } }, averageUsage)).toBe(4500);
    expect(sewer({ share: '0.9', average: { as: 'CAP', caps: 'SHARE' } })).toBe(5400);
    expect(sewer({ average: { as: 'VOLUME', prorated: true } }, averageUsage)).toBe(1500);
  });

  it('rule 27: is the water, with the winter average as its cap', () => {
    expect(sewer({ average: { as: 'CAP' } }, { averageUsage: '4500' })).toBe(4500);
    expect(sewer({ average: { as: 'CAP' } }, { averageUsage: '9000' })).toBe(6000);
    expect(sewer({ average: { as: 'CAP' } })).toBe(6000);
  });
});
