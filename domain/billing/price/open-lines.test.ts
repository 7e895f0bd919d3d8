import fc from 'fast-check';
import { roundTogether } from '../../allocation';
import { rational, roundToInteger, sum } from '../../rational';
import { priceFinalBill } from '../price-final-bill';
import type { Charge } from '../rate/charges';
import type { Rounding } from '../rate/rate-version';
import {
  centsByCode,
  centsOfCharges,
  finalBillFacts,
  unmeteredService,
  waterRate,
  waterService,
} from '../sample-facts';

const thirds: Charge[] = ['A', 'B', 'C'].map((code) => ({ kind: 'BASE', code, amount: '1.01' }));
const rounded = (rounding: Partial<Rounding>, charges = thirds) =>
  centsOfCharges(charges, { version: { rounding: { mode: 'HALF_UP', place: 'LINE', ...rounding } } });

describe('rule 21: rounding', () => {
  it('rule 21: is at each line, or once at the total', () => {
    expect(rounded({})).toEqual({ A: 34, B: 34, C: 34 });
    expect(rounded({ place: 'TOTAL' })).toEqual({ A: 34, B: 34, C: 33 });
    expect(rounded({ place: 'TOTAL', mode: 'DOWN' })).toEqual({ A: 34, B: 34, C: 33 });
    expect(rounded({ mode: 'UP' })).toEqual({ A: 34, B: 34, C: 34 });
    expect(rounded({ mode: 'DOWN' })).toEqual({ A: 33, B: 33, C: 33 });
  });

  it("rule 21: once for the bill, whatever its services' totals are", () => {
    const half = (amount: string) =>
      waterRate({
        unit: null,
        taxes: [],
        charges: [{ kind: 'FLAT', amount }],
        rounding: { mode: 'HALF_UP', place: 'BILL' },
      });
    const bill = (place: 'BILL' | 'TOTAL') => {
      const rate = { ...half('0.015'), rounding: { mode: 'HALF_UP' as const, place } };
      return centsByCode(
        finalBillFacts({
          services: [
            waterService({ metered: false, segments: [], unit: null, rateVersions: [rate] }),
            unmeteredService({ rateVersions: [rate] }),
          ],
        }),
      );
    };
    expect(bill('TOTAL')).toEqual({ FLAT: 2 });
    expect(bill('BILL')).toEqual({ FLAT: 1 });
  });

  it('rule 21: quantities of parts are rounded too, and the last part has the rest', () => {
    const tiers: Charge = { kind: 'TIERS', per: '1', tierProration: 'WHOLE', tiers: [{ upTo: null, rate: '1' }] };
    const version = {
      rounding: { mode: 'HALF_UP' as const, place: 'LINE' as const, quantityPlaces: 0 },
      taxes: [],
      charges: [tiers],
    };
    const rateVersions = [waterRate(version), waterRate({ ...version, effectiveFrom: '2026-06-06' })];
    const segments = [
      { meterSerial: 'M', dials: 4, multiplier: '1', startValue: '0', endValue: '15', rollover: 'NONE' as const },
    ];
    const { lines } = priceFinalBill(finalBillFacts({ services: [waterService({ rateVersions, segments })] }));
    expect(lines.map(({ quantity }) => quantity)).toEqual(['8', '7']);
  });

  it('rule 21: to a coin of five cents', () => {
    expect(rounded({ toCents: 5 })).toEqual({ A: 35, B: 35, C: 35 });
    expect(rounded({ place: 'TOTAL', toCents: 5 })).toEqual({ A: 34, B: 34, C: 33, ROUNDING: -1 });
    expect(rounded({ place: 'BILL', toCents: 5, mode: 'UP' })).toEqual({ A: 34, B: 34, C: 33, ROUNDING: 4 });
  });

  it('rule 21: of a charge of its own: a levy down to ten cents, the total down to a dollar', () => {
    const charges: Charge[] = [
      { kind: 'BASE', amount: '58.28', prorated: false },
      { kind: 'PERCENT', code: 'VAT', percent: '10', rounding: { mode: 'HALF_UP' } },
      { kind: 'PERCENT', code: 'FUND', percent: '3.7', rounding: { mode: 'DOWN', toCents: 10 } },
    ];
    expect(rounded({ place: 'TOTAL', mode: 'DOWN', toCents: 100 }, charges)).toEqual({
      ...{ BASE: 5828, VAT: 583, FUND: 210, ROUNDING: -21 },
    });
    expect(rounded({}, charges)).toEqual({ BASE: 5828, VAT: 583, FUND: 210 });
  });

  it('rule 21: a printed factor, bound, rate and quantity is rounded before it is used', () => {
    expect(rounded({ factorPlaces: 2 }, [{ kind: 'BASE', amount: '10.00' }])).toEqual({ BASE: 330 });
    const usage: Charge = {
      kind: 'TIERS',
      per: '1000',
      tierProration: 'SCALED',
      tiers: [
        { upTo: '4000', rate: '1' },
        { upTo: null, rate: '3' },
      ],
      times: ['1.005'],
    };
    expect(rounded({}, [usage])).toEqual({ USAGE: 1541 });
    expect(rounded({ ratePlaces: 2 }, [usage])).toEqual({ USAGE: 1544 });
    expect(rounded({ boundPlaces: 0 }, [{ ...usage, times: [] }])).toEqual({ USAGE: 1533 });
    const third: Charge = { ...usage, tierProration: 'WHOLE', tiers: [{ upTo: null, rate: '1000' }], times: [] };
    const service = {
      metered: true,
      segments: [
        {
          meterSerial: 'M',
          dials: 4,
          multiplier: '0.001',
          startValue: '0',
          endValue: '1549',
          rollover: 'NONE' as const,
        },
      ],
    };
    expect(
      centsOfCharges([third], {
        service,
        version: { rounding: { mode: 'HALF_UP', place: 'LINE', quantityPlaces: 1 } },
      }),
    ).toEqual({ USAGE: 150 });
  });

  it('rule 21: cents spread over lines add up to their rounded total, each within a cent of its own amount', () => {
    const amounts = fc.array(fc.tuple(fc.integer({ min: -9999, max: 9999 }), fc.integer({ min: 1, max: 97 })), {
      minLength: 1,
    });
    fc.assert(
      fc.property(amounts, fc.constantFrom('HALF_UP' as const, 'UP' as const, 'DOWN' as const), (fractions, mode) => {
        const exact = fractions.map(([num, den]) => rational(num, den));
        const total = Number(roundToInteger(sum(exact), mode));
        const shares = roundTogether(total, exact);
        expect(shares.reduce((a, b) => a + b, 0)).toBe(total);
        shares.forEach((share, i) => {
          const [num, den] = fractions[i] as [number, number];
          expect(Math.abs(share * den - num)).toBeLessThanOrEqual(2 * den);
        });
      }),
    );
  });
});
